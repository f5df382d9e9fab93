"""Outcome scores: recorded once, corrected only by a newer version, read for pages and charts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from clinical.outcome_measures import Form, Measure, measures
from intake.models import IntakeAnswer
from people.models import Patient, User
from sessions.models import OutcomeScore

GOALS = ("goal_1", "goal_2", "goal_3")


@dataclass(frozen=True)
class Taken:
    """What was measured: the score, the day, and the answers it was made of."""

    score: Decimal
    taken_on: date
    answers: tuple[tuple[str, int], ...] = ()

    def columns(self) -> dict[str, Any]:
        """The columns of the row."""
        answers = [{"item": item, "value": value} for item, value in self.answers]
        return {"score": self.score, "taken_on": self.taken_on, "answers": answers}


class AlreadyCorrected(Exception):
    """Somebody was faster; ``str()`` is the sentence for the user."""

    def __init__(self) -> None:
        super().__init__("This score was corrected meanwhile. Look at the newest version first.")


@transaction.atomic
def record_score(*, patient: Patient, measure: Measure, taken: Taken, by: User) -> OutcomeScore:
    """Store a new measurement and its audit line. Raises ValidationError for a day to come."""
    _require_past(taken.taken_on)
    score = OutcomeScore.objects.create(
        patient=patient,
        measure=measure.id,
        low=measure.scoring.low,
        high=measure.scoring.high,
        recorded_by=by,
        **taken.columns(),
    )
    record(Action.CREATE, score, patient_id=patient.pk, detail=measure.id)
    return score


@transaction.atomic
def correct_score(
    *, score: OutcomeScore, taken: Taken | None, reason: str, by: User
) -> OutcomeScore:
    """Put a newer version over ``score``; without ``taken`` the measurement is taken out.

    The older version stays as it was. One audit line. Raises AlreadyCorrected, and ValidationError
    for an empty reason or a day to come.
    """
    held = OutcomeScore.objects.select_for_update().get(pk=score.pk)
    if OutcomeScore.objects.filter(replaces=held).exists():
        raise AlreadyCorrected
    if taken is not None:
        _require_past(taken.taken_on)
    columns = taken.columns() if taken else {"score": None, "taken_on": held.taken_on}
    newer = OutcomeScore(
        patient_id=held.patient_id,
        measure=held.measure,
        low=held.low,
        high=held.high,
        replaces=held,
        reason=reason.strip(),
        recorded_by=by,
        **columns,
    )
    newer.validate_constraints()
    newer.save()
    record(Action.CHANGE, newer, patient_id=held.patient_id, detail=f"corrects {held.pk}")
    return newer


def clinic_day() -> date:
    """Today where the clinic is."""
    return timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))


def _require_past(day: date) -> None:
    if day > clinic_day():
        raise ValidationError("The day of the score is still to come.")


def scores_of(patient: Patient) -> list[OutcomeScore]:
    """The current scores of a patient, oldest first, with who recorded them; one query."""
    known = OutcomeScore.objects.filter(patient=patient).current()
    return list(known.select_related("recorded_by", "replaces"))


def by_measure(scores: Iterable[OutcomeScore]) -> dict[str, list[OutcomeScore]]:
    """Scores of measures that are known, in the order of the registry."""
    found: dict[str, list[OutcomeScore]] = {name: [] for name in measures()}
    for score in scores:
        if score.measure in found:
            found[score.measure].append(score)
    return {name: rows for name, rows in found.items() if rows}


def activities_for(patient: Patient, measure: Measure) -> tuple[str, ...]:
    """The patient's own activities: those rated last time, else the goals of the newest intake."""
    if measure.scoring.form is not Form.ACTIVITIES:
        return ()
    rated = OutcomeScore.objects.filter(patient=patient, measure=measure.id).current()
    last = rated.order_by("-taken_on", "-id").first()
    return last.activities if last else tuple(_goals(patient).values())


def _goals(patient: Patient) -> Mapping[str, str]:
    """The goals as the newest submitted intake has them, in their order."""
    known = IntakeAnswer.objects.filter(
        intake__patient=patient, intake__submitted_at__isnull=False, question__in=GOALS
    )
    newest: dict[str, str] = {}
    for answer in known.order_by("intake__submitted_at", "intake_id", "question"):
        if answer.question == GOALS[0]:
            newest.clear()
        if answer.detail.strip():
            newest[answer.question] = answer.detail.strip()
    return newest
