"""The physiotherapist's decision on a submitted intake, reason by reason and as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.choices import Action
from audit.models import AuditEvent
from audit.services import record
from clinical.review_rules import (
    Overall,
    ReasonDecision,
    Refusal,
    is_weighing,
    refusals,
    weighed,
)
from clinical.screening import ALERT_WORDS
from intake.choices import IntakeStatus, RescreenDecision, ReviewDecision
from intake.models import Intake, IntakeReview, ScreeningResult
from intake.questions import shortened
from intake.services import FINISHED, locked_intake
from people.models import User

OVERALL: Mapping[str, Overall] = {
    ReviewDecision.SUITABLE: Overall.SUITABLE,
    ReviewDecision.WITH_PRECAUTIONS: Overall.WITH_PRECAUTIONS,
    ReviewDecision.POSTPONE: Overall.DEFERRED,
    ReviewDecision.NOT_SUITABLE: Overall.NOT_SUITABLE,
    RescreenDecision.DEFER: Overall.DEFERRED,
    RescreenDecision.NOT_TODAY: Overall.NOT_SUITABLE,
}
HISTORY = ("decision", "note", "deferred_until", "reviewed_by_id", "reviewed_at")


@dataclass(frozen=True)
class Decided:
    """What was decided about one reason, and how it is mitigated."""

    question: str
    decision: ReasonDecision
    how: str = ""


@dataclass(frozen=True)
class EarlierDecision:
    """A decision that a later one replaced."""

    words: str
    note: str
    by: str
    decided_at: datetime
    changed_at: datetime
    changed_by: str


class DecisionRefused(Exception):
    """The decision is incomplete or contradicts itself; ``refusals`` say where and why."""

    def __init__(self, found: Sequence[Refusal]) -> None:
        super().__init__("; ".join(one.sentence for one in found))
        self.refusals = found


class ReviewedMeanwhile(Exception):
    """Somebody else decided since the page was read; ``review`` is what stands now."""

    def __init__(self, review: IntakeReview) -> None:
        super().__init__("Another physiotherapist has decided meanwhile.")
        self.review = review


def today() -> date:
    """The day at the clinic."""
    return timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))


def reasons_to_decide(intake: Intake) -> list[dict[str, Any]]:
    """The stored reasons that weigh, gravest first."""
    stored: ScreeningResult | None = getattr(intake, "screening", None)
    return [reason for reason in stored.reasons if is_weighing(reason)] if stored else []


def short_words(reason: Mapping[str, Any]) -> str:
    """A reason in few words: those of the banner, else its question shortened."""
    return ALERT_WORDS.get(reason["question_id"]) or shortened(reason["text"])


def refusals_of(
    reasons: Iterable[Mapping[str, Any]],
    decided: Iterable[Decided],
    overall: Overall,
    note: str,
    until: date | None,
) -> list[Refusal]:
    """Everything that stands against a decision, with the day of a deferral."""
    known = {one.question: one for one in decided}
    rows = [
        weighed(reason, one.decision, one.how)
        if (one := known.get(reason["question_id"]))
        else weighed(reason, None)
        for reason in reasons
    ]
    found = refusals(rows, overall, note)
    if overall is Overall.DEFERRED and (until is None or until <= today()):
        found.append(
            Refusal("deferred_until", "Enter the day needling is deferred to, after today")
        )
    return found


def as_stored(
    reasons: Iterable[Mapping[str, Any]], decided: Iterable[Decided]
) -> list[dict[str, str]]:
    """The decisions on these reasons as the record keeps them."""
    words = {reason["question_id"]: short_words(reason) for reason in reasons}
    return [
        {
            "question": one.question,
            "words": words[one.question],
            "decision": one.decision.value,
            "how": one.how.strip() if one.decision is ReasonDecision.MITIGATED else "",
        }
        for one in decided
        if one.question in words
    ]


@transaction.atomic
def review_intake(
    *,
    intake: Intake,
    decision: ReviewDecision,
    note: str,
    by: User,
    decided: Sequence[Decided] = (),
    deferred_until: date | None = None,
    seen: int | None = None,
) -> IntakeReview:
    """Record the decision on a submitted intake; a later decision replaces it (history kept).

    ``seen`` is the version of the review the decision was made on, 0 for none; None does not ask.
    Raises ValueError before the patient has submitted, DecisionRefused, and ReviewedMeanwhile.
    One audit line.
    """
    locked = locked_intake(intake)
    if locked.status not in FINISHED:
        raise ValueError("Only a submitted intake can be reviewed.")
    held: IntakeReview | None = IntakeReview.objects.filter(intake=locked).first()
    if held is not None and seen is not None and seen != held.version:
        raise ReviewedMeanwhile(held)
    until = deferred_until if decision == ReviewDecision.POSTPONE else None
    reasons = reasons_to_decide(locked)
    found = refusals_of(reasons, decided, OVERALL[decision], note, until)
    if found:
        raise DecisionRefused(found)
    review = held or IntakeReview(intake=locked, version=0)
    review.decision, review.note, review.deferred_until = decision, note.strip(), until
    review.reasons = as_stored(reasons, decided)
    review.reviewed_by, review.reviewed_at = by, timezone.now()
    review.version += 1
    review.save()
    locked.status = IntakeStatus.REVIEWED
    locked.save(update_fields=["status"])
    record(Action.SIGN, review, patient_id=locked.patient_id, detail=decision)
    return review


def earlier_decisions(review: IntakeReview) -> list[EarlierDecision]:
    """What the review said before, newest first, from the row history; two queries."""
    lines = AuditEvent.objects.filter(
        subject=IntakeReview._meta.db_table, subject_id=str(review.pk), action="update"
    )
    state = {name: getattr(review, name) for name in HISTORY}
    states = [dict(state)]
    for line in lines.order_by("-id"):
        state |= {k: v[0] for k, v in (line.changes or {}).items() if k in HISTORY}
        states.append(dict(state))
    names = User.objects.in_bulk({one["reviewed_by_id"] for one in states})
    return [
        EarlierDecision(
            words=ReviewDecision(then["decision"]).label,
            note=then["note"],
            by=f"{names[then['reviewed_by_id']]}",
            decided_at=_instant(then["reviewed_at"]),
            changed_at=_instant(after["reviewed_at"]),
            changed_by=f"{names[after['reviewed_by_id']]}",
        )
        for after, then in pairwise(states)
    ]


def _instant(value: datetime | str) -> datetime:
    """Row history keeps instants as text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
