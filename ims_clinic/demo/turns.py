"""What does not go by plan: missed visits, records left unsigned, answers that ask for a call."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from ims_clinic.demo.case import Case
from ims_clinic.demo.replies import CLOSED_REPLIES, OPEN_REPLIES, Reply
from scheduling.choices import AppointmentStatus

FIRST_PRACTITIONER = 0
REASSESSED_AT = 4
FOUND = "The needle lay under the couch sheet. Shown to the patient and put into the sharps box."
SAFE = timedelta(days=1)


def with_turns(cases: Iterable[Case], today: date) -> list[Case]:
    """The same cases with their turns; deterministic."""
    turned = [_missing(case, number) for number, case in enumerate(cases)]
    turned = [_reassessed(case, today) for case in turned]
    turned = _left_unsigned(_with_news(turned, today), today)
    turned = _one_needle_short(turned, today)
    return _replying(turned, today)


def _missing(case: Case, number: int) -> Case:
    """Who is not cleared does not come; of the others every fourth misses one visit."""
    if not case.intake.is_cleared:
        return replace(case, missed={0: AppointmentStatus.NO_SHOW})
    if number % 4 or len(case.slots) < 3:
        return case
    status = AppointmentStatus.CANCELLED if number % 8 else AppointmentStatus.NO_SHOW
    return replace(case, missed={1 + number % (len(case.slots) - 1): status})


def _reassessed(case: Case, today: date) -> Case:
    is_long = REASSESSED_AT in case.seen_before(today)
    return replace(case, assessed=frozenset({0, REASSESSED_AT})) if is_long else case


def _with_news(cases: list[Case], today: date) -> list[Case]:
    """One patient in treatment tells of a new medicine at the third visit."""
    plain = (n for n, case in enumerate(cases) if not case.intake.yes)
    found = next((n for n in plain if len(cases[n].seen_before(today)) > 3), None)
    return [
        replace(case, changed=frozenset({case.seen_before(today)[2]})) if n == found else case
        for n, case in enumerate(cases)
    ]


def _one_needle_short(cases: list[Case], today: date) -> list[Case]:
    """One count that was explained and closed, and a newer one that is still open."""
    long = [case for case in cases if len(case.seen_before(today)) > 2 and not case.unsigned]
    if len(long) < 2:
        return cases
    closed, still_open = long[0], long[-1]
    short = {
        id(closed): {closed.seen_before(today)[1]: FOUND},
        id(still_open): {still_open.seen_before(today)[-1]: ""},
    }
    return [replace(case, short=short.get(id(case), {})) for case in cases]


def _left_unsigned(cases: list[Case], today: date) -> list[Case]:
    """The newest first visit of the first practitioner waits to be signed."""
    begun = [
        case
        for case in cases
        if case.seen_before(today) == [0] and case.slots[0].practitioner == FIRST_PRACTITIONER
    ]
    newest = max(begun, key=lambda case: case.slots[0], default=None)
    return [replace(case, unsigned=frozenset({0})) if case is newest else case for case in cases]


def _replying(cases: list[Case], today: date) -> list[Case]:
    """Open alerts after the newest visits, one with the first practitioner; closed ones before."""
    replies: dict[int, dict[int, Reply]] = {}
    for reply in OPEN_REPLIES:
        newest = max(
            (number for number in range(len(cases)) if number not in replies),
            key=lambda number: _freshness(cases[number], reply, today, prefer=not replies),
        )
        replies[newest] = {cases[newest].seen_before(today)[-1]: reply}
    closed = list(CLOSED_REPLIES)
    for number, case in enumerate(cases):
        seen = case.seen_before(today)
        if closed and number not in replies and len(seen) > 2:
            replies[number] = {seen[1]: closed.pop(0)}
    return [replace(case, replies=replies.get(n, {})) for n, case in enumerate(cases)]


def _freshness(case: Case, reply: Reply, today: date, *, prefer: bool) -> tuple[bool, date]:
    """How late the last visit was whose check is certainly answered by now."""
    seen = case.seen_before(today)
    if not seen or seen[-1] in case.unsigned:
        return False, date.min
    last = case.slots[seen[-1]]
    if today - last.day < timedelta(hours=reply.hours) + SAFE:
        return False, date.min
    return prefer and last.practitioner == FIRST_PRACTITIONER, last.day
