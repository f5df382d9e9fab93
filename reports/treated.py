"""Signed sessions and how long the pain had lasted, as plain numbers of many patients."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Prefetch

from clinical.pain_duration import Duration, duration_of
from intake.models import IntakeAnswer
from sessions.choices import Twitch
from sessions.models import AdverseEvent, TreatmentSession

STRONGEST = (Twitch.STRONG, Twitch.WEAK, Twitch.NONE, Twitch.NOT_NOTED)


@dataclass(frozen=True)
class Treated:
    """One signed session as numbers. ``next_change``: pain before the next one minus before this.

    ``twitch`` is the strongest that was noted, ``events`` are the grades of its adverse events.
    What was not answered is None.
    """

    patient: int
    insertions: int
    twitch: str
    muscles: frozenset[str]
    pain_before: float | None
    change: float | None
    next_change: float | None
    soreness_24: float | None
    soreness_48: float | None
    events: tuple[str, ...] | None


def treated_between(since: datetime, until: datetime) -> Iterator[Treated]:
    """The sessions of each patient in order of time, as recorded ``until`` then; four queries."""
    signed = TreatmentSession.objects.filter(signed_at__isnull=False)
    known = signed.filter(started_at__gte=since, started_at__lt=until)
    events = Prefetch("adverse_events", AdverseEvent.objects.filter(recorded_at__lt=until))
    read = known.prefetch_related("muscles", "follow_ups", events)
    sessions = read.order_by("patient_id", "started_at")
    for one, following in pairwise([*sessions, None]):
        if one is not None:
            is_same = following is not None and following.patient_id == one.patient_id
            yield _numbers(one, following if is_same else None)


def _numbers(session: TreatmentSession, following: TreatmentSession | None) -> Treated:
    rows = list(session.muscles.all())
    soreness = {check.hours: check.soreness for check in session.follow_ups.all()}
    noted = {row.twitch for row in rows}
    return Treated(
        patient=session.patient_id,
        insertions=sum(row.insertions for row in rows),
        twitch=next((one for one in STRONGEST if one in noted), Twitch.NOT_NOTED),
        muscles=frozenset(row.muscle for row in rows),
        pain_before=session.pain_before,
        change=_minus(session.pain_after, session.pain_before),
        next_change=_minus(following.pain_before if following else None, session.pain_before),
        soreness_24=soreness.get(24),
        soreness_48=soreness.get(48),
        events=_events(session),
    )


def _events(session: TreatmentSession) -> tuple[str, ...] | None:
    """The grades recorded; None where nobody was asked and nothing came up later."""
    grades = tuple(event.grade for event in session.adverse_events.all())
    return grades if grades or session.adverse_answer else None


def _minus(later: int | None, earlier: int | None) -> int | None:
    return None if later is None or earlier is None else later - earlier


def durations_of(patients: Iterable[int]) -> dict[int, Duration]:
    """How long the pain had lasted, by the newest submitted intake of each patient; one query."""
    answers = IntakeAnswer.objects.filter(
        question="problem_start",
        intake__patient__in=list(patients),
        intake__submitted_at__isnull=False,
    ).order_by("intake__submitted_at", "intake_id")
    pairs = answers.values_list("intake__patient_id", "detail")
    return {patient: duration_of(words) for patient, words in pairs}
