"""The answers of a check as staff read them."""

import pytest
from django.test import Client
from django.utils import translation

from sessions.check_words import in_words, notes_of, words_of
from sessions.follow_up import answer_check, questions_of
from sessions.models import SorenessFollowUp, TreatmentSession
from tests.checks import calm_answers


@pytest.fixture
def check(signed: TreatmentSession) -> SorenessFollowUp:
    return SorenessFollowUp.objects.get(treatment=signed, hours=24)


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("soreness_sites", "ubackR,chestL", "Upper back, right, Chest, left"),
        ("soreness_sites", "yes", "over the chest, not needled"),
        ("bruising", "medium", "2 to 5 cm"),
        ("heat_used", "heat,movement", "Heat, Gentle movement"),
        ("soreness_start_end", "still_later", "Started later, still there"),
        ("free_text", "heat, ice", "heat, ice"),
        ("soreness_now", "4", "4"),
        ("chest_pain", "yes", "yes"),
    ],
)
def test_a_stored_answer_in_words_stays_english(question: str, value: str, words: str) -> None:
    with translation.override("fr"):
        assert words_of(question, value) == words


def test_warnings_come_first_then_what_was_noted_and_the_gaps(check: SorenessFollowUp) -> None:
    answers = calm_answers(
        questions_of(check),
        infection_local="yes",
        bruising="small",
        soreness_sites="shldrR",
        heat_used="ice",
        free_text="Call me",
    )
    del answers["soreness_worst"]
    answer_check(follow_up=check, answers=answers)
    assert notes_of(check)[0].startswith("A needle place that is red")
    assert notes_of(check)[1:] == [
        "usual activities, 10 as before: 9",
        "change, −5 to +5: 2",
        "sore: Shoulder, right",
        "bruise: smaller than 2 cm",
        "used: Ice",
        "soreness: I was not sore",
        "sleep: Better",
        "worst soreness: not given",
        "“Call me”",
    ]


def test_gaps_are_left_out_of_the_answers(check: SorenessFollowUp) -> None:
    answer_check(follow_up=check, answers={"soreness_now": "0"})
    assert in_words(check.answers.all()) == [("How sore are the needled muscles right now?", "0")]


def test_the_signed_session_shows_the_notes(
    check: SorenessFollowUp, signed: TreatmentSession, physio: Client
) -> None:
    answers = calm_answers(questions_of(check), heat_used="heat,other")
    answer_check(follow_up=check, answers=answers)
    page = physio.get(f"/sessions/{signed.pk}/").content.decode()
    assert "Checks after the session" in page
    assert "used: Heat, Something else" in page
