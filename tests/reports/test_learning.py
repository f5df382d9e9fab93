"""Learning from many sessions: the numbers, and that they point at nobody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.models import AuditEvent
from intake.models import Intake, IntakeAnswer
from people.models import Patient
from reports.learning import Column, column, dose_of, learning, twitch_of
from reports.learning_views import drawing_of
from reports.treated import Treated
from sessions.models import NeedledMuscle, SorenessFollowUp, TreatmentSession
from tests import factories
from tests.conftest import client_of

NOW = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)  # a Wednesday
LAST_WEEK = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)

MakeCourse = Callable[..., Patient]


@pytest.fixture
def course(db: None) -> MakeCourse:
    """A patient with a signed session for each value of pain before, a week apart."""
    factories.make_location()

    def make(
        *pains: int,
        muscle: str = "deltoid",
        insertions: int = 2,
        soreness: int | None = 4,
        **row: Any,
    ) -> Patient:
        patient = factories.make_cleared_patient()
        start = LAST_WEEK - timedelta(weeks=len(pains) - 1)
        for week, pain in enumerate(pains):
            treatment = factories.make_treatment(
                patient,
                started_at=start + timedelta(weeks=week),
                pain_before=pain,
                pain_after=pain - 1,
            )
            NeedledMuscle.objects.create(
                treatment=treatment, muscle=muscle, side="right", insertions=2, **row
            )
            SorenessFollowUp.objects.create(
                treatment=treatment, hours=24, due_at=LAST_WEEK, soreness=soreness
            )
            treatment.signed_at, treatment.signed_by = LAST_WEEK, treatment.practitioner.user
            treatment.save()
        return patient

    return make


def lasting(patient: Patient, words: str) -> None:
    IntakeAnswer.objects.create(
        intake=Intake.objects.get(patient=patient),
        question="problem_start",
        wording="?",
        value="given",
        detail=words,
    )


def tables() -> dict[str, tuple[tuple[str, ...], ...]]:
    with time_machine.travel(NOW, tick=False):
        return {table.name: table.rows for table in learning().tables}


def treated(**fields: Any) -> Treated:
    numbers = dict.fromkeys(
        ("pain_before", "change", "next_change", "soreness_24", "soreness_48", "events"), None
    )
    values = {"patient": 1, "insertions": 4, "twitch": "none", "muscles": frozenset(), **numbers}
    return Treated(**{**values, **fields})


def test_one_patient_has_one_vote_however_often_treated() -> None:
    often = [("a", 1, 10.0)] * 9
    once = [("a", patient, 0.0) for patient in range(2, 6)]
    assert column("24 h", [*often, *once], least=5).means == {"a": 2.0}


def test_a_column_is_hidden_by_those_who_answered_not_by_those_treated() -> None:
    answered = [("a", patient, 3.0) for patient in range(4)]
    enough = [("b", patient, 3.0) for patient in range(9)]
    few = column("24 h", [*answered, *enough, *enough], least=5)
    assert (few.hidden, few.means) == ({"a", "b"}, {})
    assert few.cell("a") == "too few"


def test_a_change_shows_its_sign_and_nothing_is_a_dash() -> None:
    shown = Column("Pain change", {"a": -1.25, "b": 0.5}, frozenset())
    assert [shown.cell(group) for group in "abc"] == ["-1.2", "+0.5", "–"]


@pytest.mark.parametrize(
    ("insertions", "group"),
    [(1, "1 to 4"), (4, "1 to 4"), (5, "5 to 9"), (19, "10 to 19"), (20, "20 or more")],
)
def test_sessions_are_grouped_by_their_dose(insertions: int, group: str) -> None:
    assert dose_of(treated(insertions=insertions)) == group


def test_sessions_are_grouped_by_their_strongest_twitch() -> None:
    assert twitch_of(treated(twitch="weak")) == "Weak"


def test_the_tables_say_the_means_of_groups_that_are_large_enough(course: MakeCourse) -> None:
    for number in range(5):
        lasting(course(7, 5, twitch="strong"), "8 months ago" if number else "6 weeks ago")
    found = tables()
    assert found["dose"][0] == ("1 to 4", "4.0", "–")
    assert found["twitch"][0] == ("Strong", "4.0", "–")
    assert found["muscle"] == (("Deltoid", "-1.0", "-2.0"),)
    assert found["duration"][:2] == (
        ("under 3 months", "too few", "too few"),
        ("3 to 12 months", "too few", "too few"),
    )


def test_the_duration_says_how_many_sessions_and_how_far(course: MakeCourse) -> None:
    for _ in range(5):
        lasting(course(7, 6, 3), "over a year ago")
    assert tables()["duration"][2] == ("over a year", "3.0", "-4.0")


def test_a_muscle_of_few_patients_is_not_even_named(course: MakeCourse) -> None:
    for number in range(7):
        course(7, muscle="deltoid" if number else "pectoralis_minor")
    with time_machine.travel(NOW, tick=False):
        page = learning()
    [muscle] = [table for table in page.tables if table.name == "muscle"]
    assert (muscle.rows, muscle.note) == ((), "2 more muscles with too few patients.")


def test_an_answer_that_is_missing_is_no_zero(course: MakeCourse) -> None:
    for _ in range(5):
        course(7)
        course(7, soreness=None)
    assert tables()["dose"][0] == ("1 to 4", "4.0", "–")


def test_fewer_than_the_smallest_group_is_no_page(course: MakeCourse, settings: Any) -> None:
    for _ in range(4):
        course(7, 6)
    assert tables() == {}
    settings.SMALLEST_GROUP = 4
    assert set(tables()) == {"dose", "twitch", "muscle", "duration"}


def test_the_running_week_and_drafts_are_left_out(course: MakeCourse) -> None:
    for _ in range(5):
        course(7)
    before = tables()
    TreatmentSession.objects.create(
        patient=factories.make_patient(),
        consent=TreatmentSession.objects.earliest("pk").consent,
        practitioner=factories.make_practitioner(),
        started_at=LAST_WEEK,
    )
    factories.make_treatment(started_at=NOW)
    assert tables() == before


def test_a_hidden_group_is_a_gap_in_the_drawing(course: MakeCourse) -> None:
    for _ in range(5):
        course(7)
    with time_machine.travel(NOW, tick=False):
        dose, _twitch, muscle, _duration = learning().tables
    assert drawing_of(dose).count('class="dk"') == 1
    assert drawing_of(muscle) == ""


def test_the_page_says_what_it_can_and_leaves_an_audit_line(course: MakeCourse) -> None:
    address = reverse("reports:learning")
    with time_machine.travel(NOW, tick=False):
        client = client_of(factories.make_practitioner().user)
        assert "Not enough patients yet" in client.get(address).content.decode()
        for _ in range(5):
            course(7)
        page = client.get(address).content.decode()
    assert "that is not the same as none" in page
    assert page.count("<svg xmlns") == 2
    assert AuditEvent.objects.filter(detail="learning from the dose").count() == 2


def test_the_page_asks_the_same_questions_whatever_the_number_of_sessions(
    course: MakeCourse, django_assert_num_queries: Any, settings: Any
) -> None:
    settings.SMALLEST_GROUP = 1
    course(7)
    with django_assert_num_queries(5), time_machine.travel(NOW, tick=False):
        learning()
    course(7, 6)
    course(5)
    with django_assert_num_queries(5), time_machine.travel(NOW, tick=False):
        learning()
