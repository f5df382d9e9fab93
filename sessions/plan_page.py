"""What the session page shows of advice, home programme, plan and next appointment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clinical.aftercare import Advice, standard_advice
from clinical.care_course import HOW_MANY, CareCourse
from sessions.care import course_of
from sessions.library import MOST_FOUND, matching
from sessions.models import (
    CarePlan,
    Exercise,
    NeedledMuscle,
    PlannedSession,
    PrescribedExercise,
    TreatmentSession,
)
from sessions.next_visit import follow_up_type, next_booked, offered
from sessions.programme import suggested


@dataclass(frozen=True)
class HomeNote:
    """What goes home with the patient, and the place in the plan, as the record says it."""

    advice: tuple[str, ...]
    exercises: tuple[PrescribedExercise, ...]
    planned: PlannedSession | None
    course: CareCourse | None


def home_note(treatment: TreatmentSession) -> HomeNote:
    """Read for review, record and document."""
    planned = planned_of(treatment)
    return HomeNote(
        advice=tuple(treatment.advice_given.values_list("words", flat=True)),
        exercises=tuple(treatment.home_exercises.all()),
        planned=planned,
        course=course_of(planned) if planned else None,
    )


def planned_of(treatment: TreatmentSession) -> PlannedSession | None:
    """The session's place in a plan, read anew."""
    known = PlannedSession.objects.select_related("plan", "treatment")
    return known.filter(treatment=treatment).first()


def advice_part(treatment: TreatmentSession, _rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """Each piece of the standard advice, and whether it was told."""
    told = set(treatment.advice_given.values_list("advice", flat=True))
    pieces: list[tuple[Advice, bool]] = [(one, one.id in told) for one in standard_advice()]
    return {"pieces": pieces, "is_all_told": all(is_told for _one, is_told in pieces)}


def text_part(_treatment: TreatmentSession, _rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """A text stands in the session itself."""
    return {}


def exercises_part(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The programme, and what suits the needled muscles."""
    programme = list(treatment.home_exercises.all())
    library = list(Exercise.objects.active())
    held = {one.exercise_id for one in programme}
    return {
        "programme": programme,
        "suggested": suggested(library, rows, held),
        "has_library": bool(library),
    }


def care_part(treatment: TreatmentSession, _rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The plan of this session, or the open plans that it could join."""
    planned = planned_of(treatment)
    plans = CarePlan.objects.open().filter(patient=treatment.patient_id)
    if planned:
        plans = plans.exclude(pk=planned.plan_id)
    return {
        "planned": planned,
        "course": course_of(planned) if planned else None,
        "other_plans": list(plans),
        "how_many": HOW_MANY,
    }


def next_part(treatment: TreatmentSession, _rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The next appointment, or the times that could be it."""
    booked = next_booked(treatment)
    return {
        "next_booked": booked,
        "next_times": [] if booked else offered(treatment),
        "next_kind": follow_up_type(treatment),
    }


def plan_context(
    treatment: TreatmentSession, rows: Sequence[NeedledMuscle], words: str = ""
) -> dict[str, Any]:
    """All parts of an open session."""
    parts = (advice_part, exercises_part, care_part, next_part)
    found = list(find_exercises(treatment, words)) if words else []
    context: dict[str, Any] = {"exercise_words": words, "exercises_found": found}
    for part in parts:
        context |= part(treatment, rows)
    return context


def note_context(treatment: TreatmentSession) -> dict[str, Any]:
    """What review and record show; the next appointment is that of now."""
    return {"note": home_note(treatment), **next_part(treatment, ())}


def find_exercises(treatment: TreatmentSession, words: str) -> Iterator[tuple[Exercise, bool]]:
    """Active exercises that hold every word, each with whether it is prescribed already."""
    held = set(treatment.home_exercises.values_list("exercise_id", flat=True))
    for one in matching(words, list(Exercise.objects.active()))[:MOST_FOUND]:
        yield one, one.pk in held
