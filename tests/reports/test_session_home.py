"""What goes home with the patient, as the document of the session says it."""

from django.test import Client
from django.urls import reverse

from sessions.advice import tick_advice
from sessions.care import change_plan, start_plan
from sessions.programme import prescribe
from tests import factories
from tests.reports.conftest import text_of


def test_the_session_note_says_advice_exercises_and_plan(physio_client: Client) -> None:
    factories.make_location()
    treatment = factories.make_treatment(plan="Swim again", exercises="Walk each day")
    user = treatment.practitioner.user
    tick_advice(treatment=treatment, advice="heat", is_told=True)
    exercise = factories.make_exercise(user, name="Heel raises", sets=3, times_a_day=2)
    prescribe(treatment=treatment, exercise=exercise)
    start_plan(treatment=treatment, problem="Left calf", by=user)
    change_plan(planned=treatment.planned, sessions_proposed=8, number_reason="Pain for a year")
    answer = physio_client.get(reverse("reports:session-pdf", args=[treatment.pk]))
    text = text_of(answer.content)
    for words in (
        "Heat: Heat or ice are both fine",
        "Heel raises",
        "Do it slowly.",
        "3 sets of 10, 2 times a day",
        "Walk each day",
        "Left calf: Session 1 of 8, reassessment due at 6. Every 7 days.",
        "Why this number: Pain for a year.",
        "Swim again",
    ):
        assert words in text
