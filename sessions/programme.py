"""The home programme of an open session: suggested, prescribed, changed, put in order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from clinical.exercises import suits
from sessions.drafts import locked_session
from sessions.models import Exercise, NeedledMuscle, PrescribedExercise, TreatmentSession
from sessions.sources import last_session

DOSE = ("sets", "repetitions", "hold_seconds", "times_a_day")
GIVEN = ("name", "instructions", "figure", "version")
OWNERS = {"treatment", "exercise"}
MOST_SUGGESTED = 6


@transaction.atomic
def prescribe(
    *, treatment: TreatmentSession, exercise: Exercise, **dose: int
) -> PrescribedExercise:
    """Add an exercise at the end, in the library's words of now and its dose unless one is given.

    Row history keeps it. Raises AlreadySigned, and ValidationError for a retired exercise, one
    that is in the programme already, or a dose out of range.
    """
    locked = locked_session(treatment)
    known = Exercise.objects.active().filter(pk=exercise.pk).first()
    if known is None:
        raise ValidationError(f"{exercise.name} is retired and cannot be prescribed.")
    held = list(locked.home_exercises.all())
    if any(one.exercise_id == known.pk for one in held):
        raise ValidationError(f"{known.name} is in the programme already.")
    row = _row(locked, known, {"position": _end(held) + 1, **dose})
    row.clean_fields(exclude=OWNERS)
    row.save()
    return row


def _row(
    treatment: TreatmentSession, exercise: Exercise, own: Mapping[str, int]
) -> PrescribedExercise:
    """The exercise in the library's words and dose of now, but for what is this patient's own."""
    values = {name: getattr(exercise, name) for name in (*GIVEN, *DOSE)}
    return PrescribedExercise(treatment=treatment, exercise=exercise, **{**values, **own})


def _end(rows: Iterable[PrescribedExercise]) -> int:
    return max((one.position for one in rows), default=0)


@transaction.atomic
def change_dose(*, row: PrescribedExercise, **dose: int) -> PrescribedExercise:
    """Change the parts of the dose given. Raises AlreadySigned and ValidationError."""
    unknown = sorted(set(dose) - set(DOSE))
    if unknown:
        raise TypeError(f"Not a part of the dose: {', '.join(unknown)}")
    locked = _locked(row)
    for name, value in dose.items():
        setattr(locked, name, value)
    locked.clean_fields(exclude=OWNERS)
    locked.save(update_fields=list(dose))
    return locked


@transaction.atomic
def take_out(*, row: PrescribedExercise) -> dict[str, Any]:
    """Take an exercise out; returns what puts it back. Raises AlreadySigned."""
    locked = _locked(row)
    values = {name: getattr(locked, name) for name in ("exercise_id", "position", *DOSE)}
    locked.delete()
    return values


@transaction.atomic
def move_up(*, row: PrescribedExercise) -> None:
    """Change places with the exercise before it, where there is one. Raises AlreadySigned."""
    locked = _locked(row)
    rows = list(locked.treatment.home_exercises.select_for_update())
    place = [one.pk for one in rows].index(locked.pk)
    rows.insert(max(place - 1, 0), rows.pop(place))
    for position, one in enumerate(rows, start=1):
        one.position = position
    PrescribedExercise.objects.bulk_update(rows, ["position"])


@transaction.atomic
def repeat_last(*, treatment: TreatmentSession) -> list[str]:
    """Prescribe what the last session had, with its doses; returns the names left out as retired.

    The text beside the list comes along while this session has none. Raises AlreadySigned.
    """
    locked = locked_session(treatment)
    last = last_session(locked)
    if last is None:
        return []
    held = list(locked.home_exercises.all())
    known = {one.exercise_id for one in held}
    rows = [r for r in last.home_exercises.select_related("exercise") if r.exercise_id not in known]
    PrescribedExercise.objects.bulk_create(
        _row(
            locked, row.exercise, {"position": place, **{name: getattr(row, name) for name in DOSE}}
        )
        for place, row in enumerate(rows, start=_end(held) + 1)
        if row.exercise.retired_at is None
    )
    if last.exercises and not locked.exercises:
        locked.exercises = last.exercises
        locked.save(update_fields=["exercises"])
    return [row.name for row in rows if row.exercise.retired_at is not None]


def _locked(row: PrescribedExercise) -> PrescribedExercise:
    locked_session(row.treatment)
    return PrescribedExercise.objects.select_for_update().get(pk=row.pk)


def suggested(
    exercises: Sequence[Exercise], rows: Sequence[NeedledMuscle], held: Collection[int]
) -> list[Exercise]:
    """Exercises for the needled muscles, then for their roots; without those held."""
    needled = [(row.muscle, row.segment) for row in rows]
    rated = [(suits(one.muscles, needled), one) for one in exercises if one.pk not in held]
    fitting = [(fit, one) for fit, one in rated if any(fit)]
    fitting.sort(key=lambda pair: pair[0], reverse=True)
    return [one for _fit, one in fitting[:MOST_SUGGESTED]]
