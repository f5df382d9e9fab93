"""The clinic's own exercises: written, changed, retired, found, and the starters to begin with."""

from django.db import transaction
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from clinical.exercises import starter_exercises
from people.models import User
from sessions.counting import muscle_name
from sessions.models import Exercise

WORDS = ("name", "instructions", "figure")
MOST_FOUND = 8


@transaction.atomic
def save_exercise(*, exercise: Exercise, by: User) -> Exercise:
    """Add or change an exercise; new words make a new version; audits.

    What was prescribed before keeps its own words. Raises ValidationError.
    """
    exercise.changed_by, exercise.changed_at = by, timezone.now()
    is_new = exercise._state.adding
    if not is_new:
        before = Exercise.objects.select_for_update().get(pk=exercise.pk)
        is_same = all(getattr(before, name) == getattr(exercise, name) for name in WORDS)
        exercise.version = before.version + (not is_same)
    exercise.full_clean()
    exercise.save()
    record(Action.CREATE if is_new else Action.CHANGE, exercise, patient_id=None)
    return exercise


@transaction.atomic
def retire_exercise(*, exercise: Exercise, by: User) -> Exercise:
    """Offer it no more; audits. Programmes that have it keep it."""
    return _set_retired(exercise, by, is_retired=True)


@transaction.atomic
def bring_back_exercise(*, exercise: Exercise, by: User) -> Exercise:
    """Offer a retired exercise again; audits. Raises ValidationError when its name is taken."""
    return _set_retired(exercise, by, is_retired=False)


def _set_retired(exercise: Exercise, by: User, *, is_retired: bool) -> Exercise:
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    locked.changed_by, locked.changed_at = by, timezone.now()
    locked.retired_at = timezone.now() if is_retired else None
    locked.full_clean()
    locked.save(update_fields=["changed_by", "changed_at", "retired_at"])
    detail = "retired" if is_retired else "brought back"
    record(Action.CHANGE, locked, patient_id=None, detail=detail)
    return locked


@transaction.atomic
def add_starters(*, by: User) -> list[Exercise]:
    """Add the starter exercises that the library never had; audits each.

    A starter whose name the clinic uses already is left out.
    """
    known = Exercise.objects.values_list("starter", "name")
    ids, names = {one for one, _ in known}, {name for _, name in known}
    missing = [s for s in starter_exercises() if s.id not in ids and s.name not in names]
    return [
        save_exercise(
            exercise=Exercise(
                starter=one.id,
                name=one.name,
                instructions=one.instructions,
                figure=one.figure,
                sets=one.sets,
                repetitions=one.repetitions,
                hold_seconds=one.hold_seconds,
                times_a_day=one.times_a_day,
                muscles=list(one.muscles),
                source=one.source,
            ),
            by=by,
        )
        for one in missing
    ]


def matching(words: str, exercises: list[Exercise]) -> list[Exercise]:
    """Those whose name, words or muscles hold every word, the name's beginning first."""
    wanted = words.casefold().split()
    hits = [one for one in exercises if all(word in _searched(one) for word in wanted)]
    if not wanted:
        return hits
    return sorted(hits, key=lambda one: not one.name.casefold().startswith(wanted[0]))


def _searched(exercise: Exercise) -> str:
    muscles = " ".join(muscle_name(muscle) for muscle in exercise.muscles)
    return f"{exercise.name} {exercise.instructions} {muscles}".casefold()
