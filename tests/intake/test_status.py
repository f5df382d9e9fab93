"""Whether needling may start."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.choices import IntakeStatus
from intake.services import needling_obstacles
from scheduling.choices import AppointmentStatus
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_older_form_that_was_submitted_last_is_the_one_that_counts() -> None:
    patient = factories.make_patient()
    first = factories.make_intake(patient)
    earlier = timezone.now() - timedelta(days=3)
    second = factories.make_intake(patient, status=IntakeStatus.REVIEWED, submitted_at=earlier)
    factories.make_consent(patient, second)
    factories.make_review(second)
    today = timezone.localdate()
    assert needling_obstacles(patient, today) == []
    first.status, first.submitted_at = IntakeStatus.SUBMITTED, timezone.now()
    first.save()
    assert needling_obstacles(patient, today) == ["No physiotherapist has reviewed the intake yet."]


def test_the_form_of_a_cancelled_appointment_stands_in_nobodys_way() -> None:
    patient = factories.make_cleared_patient()
    appointment = factories.make_appointment(patient=patient)
    factories.make_intake(patient, appointment=appointment)
    today = appointment.wall_date
    assert needling_obstacles(patient, today) == [
        "The intake sent for this day is not submitted yet."
    ]
    appointment.status = AppointmentStatus.CANCELLED
    appointment.save()
    assert needling_obstacles(patient, today) == []
