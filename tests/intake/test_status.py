"""What the desk's badge says, and whether needling may start."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from intake.choices import IntakeStatus
from intake.form_pages import form_pages
from intake.review import today
from intake.services import needling_obstacles, save_answers, send_intake
from intake.status import badges_from, intakes_of, status_badges
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment
from tests import factories
from tests.intake.conftest import stored

pytestmark = pytest.mark.django_db


def test_an_older_form_that_was_submitted_last_is_the_one_that_counts() -> None:
    patient = factories.make_patient()
    first = factories.make_intake(patient)
    earlier = timezone.now() - timedelta(days=3)
    second = factories.make_intake(patient, status=IntakeStatus.REVIEWED, submitted_at=earlier)
    factories.make_consent(patient, second)
    factories.make_review(second)
    day = today()
    assert needling_obstacles(patient, day) == []
    first.status, first.submitted_at = IntakeStatus.SUBMITTED, timezone.now()
    first.save()
    assert needling_obstacles(patient, day) == ["No physiotherapist has reviewed the intake yet."]


def test_the_form_of_a_cancelled_appointment_stands_in_nobodys_way() -> None:
    patient = factories.make_cleared_patient()
    appointment = factories.make_appointment(patient=patient)
    factories.make_intake(patient, appointment=appointment)
    day = appointment.wall_date
    assert needling_obstacles(patient, day) == [
        "The intake sent for this day is not submitted yet."
    ]
    appointment.status = AppointmentStatus.CANCELLED
    appointment.save()
    assert needling_obstacles(patient, day) == []


def badge_words(appointment: Appointment) -> str:
    return status_badges([appointment])[appointment.pk].words


def test_the_badge_counts_finished_pages_and_never_says_all_before_the_end() -> None:
    appointment = factories.make_appointment()
    intake = send_intake(appointment=appointment, patient=appointment.patient)
    assert badge_words(appointment) == "Intake sent"
    save_answers(intake, {"contact_right": ("yes", "")})
    assert badge_words(appointment) == "Intake started 0 %"
    pages = form_pages()
    for done, page in enumerate(pages[:-1], 1):
        save_answers(intake, {one.id: stored()[one.id] for one in page.questions})
        assert badge_words(appointment) == f"Intake started {done * 100 // len(pages)} %"
    save_answers(intake, {one.id: stored()[one.id] for one in pages[-1].questions})
    assert badge_words(appointment) == "Intake started 99 %"
    assert badges_from(intakes_of(intake.patient), [appointment])[appointment.pk].words == (
        "Intake started 99 %"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_badges_take_one_query_however_many_there_are(
    count: int, django_assert_num_queries: Any
) -> None:
    appointments = [factories.make_appointment() for _ in range(count)]
    for one in appointments:
        intake = send_intake(appointment=one, patient=one.patient)
        save_answers(intake, {"contact_right": ("yes", "")})
    with django_assert_num_queries(1):
        assert len(status_badges(appointments)) == count
