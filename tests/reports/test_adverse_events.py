"""Adverse events per 1,000 needles: an answer that is missing is no answer of none."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reports.adverse_events import AdverseEvents, adverse_events
from reports.treated import Treated, treated_between
from sessions.models import AdverseEvent, NeedledMuscle, TreatmentSession
from tests import factories
from tests.conftest import client_of

NOW = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
LAST_WEEK = NOW - timedelta(weeks=1)
TEN_MILD = (("Mild", 10), ("Significant", 0), ("Serious", 0))


def session(patient: int, *events: str, is_asked: bool = True) -> Treated:
    """Ten needles in a patient, with the grades of what happened."""
    given = events if is_asked else None
    return Treated(patient, 10, "none", frozenset(), None, None, None, None, None, given)


def known(*treated: Treated, least: int = 5) -> AdverseEvents:
    found = adverse_events(treated, least)
    assert found is not None
    return found


def test_the_rate_counts_every_event_in_the_needles_that_were_asked_about() -> None:
    asked = [session(one, "mild") for one in range(5)] + [session(5, "mild", "mild")]
    found = known(*asked, session(6, is_asked=False))
    assert (found.rate.events, found.rate.exposure, found.not_asked) == (7, 60, 1)


def test_no_event_is_a_rate_and_no_answer_is_none() -> None:
    found = known(*(session(one) for one in range(5)))
    assert (found.rate.rate, found.grades[0]) == (0, ("Mild", 0))
    assert adverse_events([session(one, is_asked=False) for one in range(9)], 5) is None


def test_too_few_patients_with_an_answer_have_no_rate() -> None:
    assert adverse_events([session(one) for one in range(4)] * 9, 5) is None


def test_grades_are_shown_only_where_none_of_them_is_small() -> None:
    mild = [session(one, "mild", "mild") for one in range(5)]
    assert known(*mild).grades == TEN_MILD
    assert known(*mild, session(5, "serious")).grades == ()
    serious = [session(one, "serious") for one in range(5, 10)]
    assert dict(known(*mild, *serious).grades) == {"Mild": 10, "Significant": 0, "Serious": 5}


GRADES = st.lists(st.sampled_from(["mild", "significant", "serious"]), max_size=3)
COURSES = st.lists(st.tuples(st.integers(0, 12), GRADES), min_size=1)


@given(COURSES)
def test_grades_that_are_shown_point_at_nobody_and_add_up(courses: list) -> None:
    treated = [session(patient, *grades) for patient, grades in courses]
    found = adverse_events(treated, 5)
    if found is None or not found.grades:
        return
    assert sum(count for _grade, count in found.grades) == found.rate.events
    for grade, count in found.grades:
        people = {patient for patient, grades in courses if grade.lower() in grades}
        assert (len(people) >= 5) == (count > 0)


def happen(treatment: TreatmentSession, grade: str, recorded_at: datetime = LAST_WEEK) -> None:
    AdverseEvent.objects.create(
        treatment=treatment,
        kind="bruise",
        grade=grade,
        happened_at=LAST_WEEK,
        action_taken="Pressed.",
        outcome="resolved",
        is_patient_told=True,
        recorded_by=treatment.practitioner.user,
        recorded_at=recorded_at,
    )


@pytest.fixture
def treat(db: None) -> Callable[..., TreatmentSession]:
    """One signed session of last week in a patient of its own, and what happened in it."""
    factories.make_location()

    def make(*grades: str, **fields: Any) -> TreatmentSession:
        values = {"started_at": LAST_WEEK, "adverse_answer": "some" if grades else "none"}
        patient = factories.make_cleared_patient()
        treatment = factories.make_treatment(patient, **{**values, **fields})
        NeedledMuscle.objects.create(treatment=treatment, muscle="deltoid", side="right")
        for grade in grades:
            happen(treatment, grade)
        treatment.signed_at, treatment.signed_by = LAST_WEEK, treatment.practitioner.user
        treatment.save()
        return treatment

    return make


def read() -> list[tuple[str, ...] | None]:
    until = NOW - timedelta(days=2)
    return [one.events for one in treated_between(NOW - timedelta(days=60), until)]


def test_a_session_says_some_none_or_nothing(treat: Callable[..., TreatmentSession]) -> None:
    treat("mild", "serious")
    treat()
    treat(adverse_answer="")
    assert read() == [("mild", "serious"), (), None]


def test_an_event_that_came_up_later_counts_though_nobody_was_asked(
    treat: Callable[..., TreatmentSession],
) -> None:
    happen(treat(adverse_answer=""), "mild", recorded_at=LAST_WEEK + timedelta(days=1))
    happen(treat(adverse_answer=""), "mild", recorded_at=NOW)
    assert read() == [("mild",), None]


def test_the_page_says_rate_interval_and_grades(treat: Callable[..., TreatmentSession]) -> None:
    for _ in range(5):
        treat("mild")
    treat(adverse_answer="")
    with time_machine.travel(NOW, tick=False):
        client = client_of(factories.make_practitioner().user)
        page = client.get(reverse("reports:learning")).content.decode()
    assert "<b>1000.0 per 1,000 needles</b> (95 % confidence interval 324.7 to 2333.7" in page
    assert "<dt>Mild</dt><dd>5</dd>" in page
    assert "1 session without an answer about adverse events is left out" in page


def test_a_draft_has_no_event_to_count(treat: Callable[..., TreatmentSession]) -> None:
    treat("mild")
    TreatmentSession.objects.create(
        patient=factories.make_patient(),
        consent=TreatmentSession.objects.earliest("pk").consent,
        practitioner=factories.make_practitioner(),
        started_at=LAST_WEEK,
        adverse_answer="some",
    )
    assert read() == [("mild",)]
