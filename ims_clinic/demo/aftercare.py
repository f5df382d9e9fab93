"""What goes home with a demo patient: advice, exercises, and the course that counts the visits."""

from ims_clinic.demo.case import Case
from sessions.advice import tick_all_advice
from sessions.care import start_plan
from sessions.library import add_starters
from sessions.models import Exercise, TreatmentSession
from sessions.plan_page import planned_of
from sessions.programme import prescribe, repeat_last, suggested

PROPOSED, REASSESS_EVERY, EXERCISES = 8, 4, 2


def send_home(case: Case, treatment: TreatmentSession) -> None:
    """Tell the standard advice; exercises and the course begin with the first visit."""
    tick_all_advice(treatment=treatment)
    if planned_of(treatment) is not None:
        repeat_last(treatment=treatment)
        return
    for exercise in _fitting(treatment):
        prescribe(treatment=treatment, exercise=exercise)
    _start_course(case, treatment)


def _fitting(treatment: TreatmentSession) -> list[Exercise]:
    """The first that suit the needled muscles, from a library that the first visit fills."""
    if not Exercise.objects.exists():
        add_starters(by=treatment.practitioner.user)
    return suggested(list(Exercise.objects.active()), list(treatment.muscles.all()), ())[:EXERCISES]


def _start_course(case: Case, treatment: TreatmentSession) -> None:
    start_plan(
        treatment=treatment,
        problem=case.story.complaint,
        by=treatment.practitioner.user,
        sessions_proposed=PROPOSED,
        number_reason="The length of the pain, and how many muscles are tight",
        reassess_every=REASSESS_EVERY,
    )
