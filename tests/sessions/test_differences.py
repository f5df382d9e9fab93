from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from sessions.adverse import answer_none, record_event
from sessions.advice import tick_advice, tick_all_advice
from sessions.differences import Differences, Fact, Note, differences, note_of
from sessions.models import CautionReason, TreatmentSession
from sessions.needling import save_details
from sessions.programme import prescribe
from sessions.review import review_context
from tests import factories
from tests.sessions.conftest import needle

THEN = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
WORDS = (
    "segment C5",
    "0.30 × 40 mm",
    "2 insertions",
    "twitch none",
    "felt not noted",
    "without a note",
)


def compare(now: dict, before: dict) -> Differences:
    return differences(Note(NOW, {}, now), Note(THEN, {}, before))


def test_a_muscle_that_was_not_needled_is_new_also_on_the_other_side() -> None:
    found = compare(
        {("deltoid", "right"): WORDS, ("deltoid", "left"): WORDS}, {("deltoid", "right"): WORDS}
    )
    assert (found.rows, found.new_rows) == ({("deltoid", "left"): ("new",)}, 1)


def test_a_muscle_that_is_left_out_is_named() -> None:
    found = compare({}, {("deltoid", "right"): WORDS})
    assert found.gone == ("Deltoid, right",)


def test_a_change_says_what_it_was() -> None:
    now = (
        "segment C6",
        "0.25 × 40 mm",
        "2 insertions",
        "twitch strong (3)",
        "felt deep ache",
        "noted “sore”",
    )
    found = compare({("deltoid", "right"): now}, {("deltoid", "right"): WORDS})
    said = (
        "was segment C5",
        "was 0.30 × 40 mm",
        "was twitch none",
        "was felt not noted",
        "was without a note",
    )
    assert (found.rows, found.changed_rows) == ({("deltoid", "right"): said}, 1)


def test_a_text_that_changed_is_shown_with_what_it_was() -> None:
    now, before = (
        Note(NOW, {"Site": "", "Plan": "x"}, {}),
        Note(THEN, {"Site": "Neck", "Plan": "x"}, {}),
    )
    assert differences(now, before).facts == (Fact("Site", "", "Neck"),)


PLACES = st.tuples(st.sampled_from(["deltoid", "soleus"]), st.sampled_from(["right", "left"]))
NEEDLED = st.dictionaries(PLACES, st.tuples(*[st.sampled_from(["a", "b"])] * 5))


@given(NEEDLED)
def test_the_same_note_differs_in_nothing(needled: dict) -> None:
    assert compare(needled, needled).are_none


@given(NEEDLED, NEEDLED)
def test_every_muscle_that_came_changed_or_went_is_said_once(now: dict, before: dict) -> None:
    found = compare(now, before)
    assert set(found.rows) == {place for place in now if now[place] != before.get(place)}
    assert len(found.gone) == len(before.keys() - now.keys())


@given(NEEDLED, NEEDLED)
def test_swapping_the_sides_swaps_the_marks(now: dict, before: dict) -> None:
    other = {"right": "left", "left": "right"}

    def swapped(rows: dict) -> dict:
        return {(muscle, other[side]): words for (muscle, side), words in rows.items()}

    assert compare(swapped(now), swapped(before)).rows == swapped(dict(compare(now, before).rows))


@pytest.mark.django_db
def test_a_row_in_words_holds_all_that_is_compared(treatment: TreatmentSession) -> None:
    row = needle(
        treatment,
        segment="C5",
        twitch="weak",
        twitch_count=3,
        insertions=2,
        felt="both",
        note="sore",
    )
    words = ("segment C5", f"{row.needle_gauge_mm} × {row.needle_length_mm} mm", "2 insertions")
    said = (*words, "twitch weak (3)", "felt deep ache and familiar pain", "noted “sore”")
    assert note_of(treatment, [row]).needled == {("deltoid", "right"): said}


def test_the_review_page_says_what_differs(
    make_signed: Callable[..., TreatmentSession], treatment: TreatmentSession, physio: Client
) -> None:
    make_signed("deltoid", "infraspinatus", days_ago=7)
    needle(treatment, "deltoid", twitch="none")
    needle(treatment, "soleus")
    page = physio.get(reverse("sessions:sign", args=[treatment.pk])).content.decode()
    assert "1 new, 1 changed: marked in the table" in page
    assert "Infraspinatus, right" in page
    assert "was twitch strong" in page
    assert page.count(">new<") == 1


def test_a_first_session_has_nothing_to_compare_with(
    treatment: TreatmentSession, physio: Client
) -> None:
    page = physio.get(reverse("sessions:sign", args=[treatment.pk])).content.decode()
    assert "There is no signed session before this one" in page


def caution(treatment: TreatmentSession, rule: str, **place: str) -> None:
    CautionReason.objects.create(
        treatment=treatment, rule=rule, text=f"{rule}: ask.", reason="agreed", **place
    )


@pytest.mark.django_db
def test_a_note_says_what_was_told_given_asked_and_needled_past(
    treatment: TreatmentSession,
) -> None:
    assert note_of(treatment, []).facts["Adverse events"] == "Not asked"
    answer_none(treatment=treatment)
    treatment.refresh_from_db()
    assert note_of(treatment, []).facts["Adverse events"] == "None"
    save_details(treatment=treatment, changes_since="Sleeps better")
    tick_advice(treatment=treatment, advice="heat", is_told=True)
    exercise = factories.make_exercise(name="Chin in", sets=2, repetitions=10)
    prescribe(treatment=treatment, exercise=exercise)
    caution(treatment, "pregnancy", muscle="soleus", side="left")
    caution(treatment, "bilateral_thorax")
    treatment.refresh_from_db()
    facts = note_of(treatment, []).facts
    assert facts["Changes since last"] == "Sleeps better"
    assert facts["Advice told"] == treatment.advice_given.get().words
    assert facts["Home exercises"] == f"Chin in, {treatment.home_exercises.get().dose}"
    assert facts["Cautions"].split("\n") == [
        "Soleus, left: pregnancy: ask. Reason: agreed",
        "bilateral_thorax: ask. Reason: agreed",
    ]


@pytest.mark.django_db
def test_an_adverse_event_stands_with_its_grade(treatment: TreatmentSession) -> None:
    record_event(
        treatment=treatment,
        kind="bruise",
        grade="mild",
        happened_at=treatment.started_at,
        action_taken="Pressed.",
        outcome="resolved",
        is_patient_told=True,
        by=treatment.practitioner.user,
    )
    treatment.refresh_from_db()
    assert note_of(treatment, []).facts["Adverse events"] == "Bruise (mild)"


@pytest.mark.django_db
def test_the_order_in_which_it_was_told_is_no_difference(treatment: TreatmentSession) -> None:
    other = factories.make_treatment()
    for one, pieces in ((treatment, ("heat", "activity")), (other, ("activity", "heat"))):
        for piece in pieces:
            tick_advice(treatment=one, advice=piece, is_told=True)
    told, told_too = (note_of(one, []).facts["Advice told"] for one in (treatment, other))
    assert told == told_too != ""


def test_the_review_asks_the_same_questions_whatever_the_last_session_holds(
    make_signed: Callable[..., TreatmentSession],
    treatment: TreatmentSession,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_signed("deltoid", days_ago=7)
    fresh = TreatmentSession.objects.get(pk=treatment.pk)
    with CaptureQueriesContext(connection) as asked:
        review_context(fresh, [])
    tick_all_advice(treatment=treatment)
    for _ in range(3):
        prescribe(treatment=treatment, exercise=factories.make_exercise())
    fresh = TreatmentSession.objects.get(pk=treatment.pk)
    with django_assert_num_queries(len(asked)):
        review_context(fresh, [])
