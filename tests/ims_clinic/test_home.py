from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ims_clinic.home import Step, day_of, steps_of
from intake.choices import IntakeStatus
from people.models import Practitioner
from scheduling.choices import AppointmentKind, AppointmentStatus
from scheduling.models import Appointment
from tests import factories
from tests.factories import make_appointment, make_cleared_patient, make_intake, make_type

pytestmark = pytest.mark.django_db


def physio_of(client: Client) -> Practitioner:
    return Practitioner.objects.get(user=client.user)  # type: ignore[attr-defined]


def test_the_desk_sees_who_is_expected_and_who_waits(desk_client: Client) -> None:
    make_appointment(patient=factories.make_patient(given_name="Expected"))
    make_appointment(
        patient=factories.make_patient(given_name="Waiting"), status=AppointmentStatus.ARRIVED
    )
    page = desk_client.get(reverse("clinic:home"))
    day = page.context["day"]
    assert [row.appointment.patient.given_name for row in day.to_come] == ["Expected"]
    assert [row.appointment.patient.given_name for row in day.arrived] == ["Waiting"]
    assert day.next_row == day.arrived[0]


def test_an_empty_day_says_so(desk_client: Client) -> None:
    assert b"not set up yet" in desk_client.get(reverse("clinic:home")).content
    factories.make_location()
    assert b"Nobody else is expected today" in desk_client.get(reverse("clinic:home")).content


def test_a_physiotherapist_sees_only_the_own_day(physio_client: Client) -> None:
    mine = make_appointment(practitioner=physio_of(physio_client))
    make_appointment()
    page = physio_client.get(reverse("clinic:home"))
    assert [row.appointment for row in page.context["day"].rows] == [mine]


def test_yesterday_is_not_today() -> None:
    make_appointment(starts_at=timezone.now() - timedelta(days=1))
    assert day_of(None).rows == ()


def test_the_admin_sees_the_clinic_at_a_glance(admin_client_: Client) -> None:
    practitioner = factories.make_practitioner(needling_until=None)
    factories.make_availability(practitioner)
    page = admin_client_.get(reverse("clinic:home")).content.decode()
    assert "No needling authorisation on file" in page
    assert "No second factor yet" in page
    assert "Monday 08:00-17:00" in page


def step_words(appointment: Appointment) -> tuple[str, bool]:
    step: Step = steps_of([appointment])[appointment.pk]
    return step.words, step.is_main


def test_without_an_intake_there_is_nothing_to_do_but_wait() -> None:
    assert step_words(make_appointment()) == ("Open record", False)


def test_a_submitted_intake_is_reviewed_first() -> None:
    appointment = make_appointment()
    make_intake(appointment.patient, status=IntakeStatus.SUBMITTED)
    assert step_words(appointment) == ("Review intake", True)


@pytest.mark.parametrize(
    ("kind", "words"),
    [(AppointmentKind.INITIAL, "Assess"), (AppointmentKind.FOLLOW_UP, "Start session")],
)
def test_after_the_review_comes_what_was_booked(kind: AppointmentKind, words: str) -> None:
    appointment = make_appointment(
        patient=make_cleared_patient(), appointment_type=make_type(kind=kind)
    )
    assert step_words(appointment) == (words, True)


def test_a_session_that_was_begun_is_continued() -> None:
    patient = make_cleared_patient()
    appointment = make_appointment(patient=patient)
    treatment = factories.make_treatment(patient, appointment=appointment)
    assert step_words(appointment) == ("Continue session", True)
    treatment.signed_at = timezone.now()
    treatment.save()
    assert step_words(appointment) == ("Session signed", False)


@pytest.mark.parametrize("fixture", ["desk_client", "physio_client", "admin_client_"])
def test_queries_do_not_grow_with_the_day(
    fixture: str, request: Any, django_assert_max_num_queries: Any
) -> None:
    client: Client = request.getfixturevalue(fixture)
    practitioner = Practitioner.objects.filter(user=client.user).first()  # type: ignore[attr-defined]
    counts = []
    for wanted in (1, 3):
        while Appointment.objects.count() < wanted:
            start = timezone.now().replace(hour=18, minute=0) + timedelta(
                hours=Appointment.objects.count()
            )
            make_appointment(practitioner=practitioner, starts_at=start)
        with django_assert_max_num_queries(17) as held:
            assert client.get(reverse("clinic:home")).status_code == 200
        counts.append(len(held))
    assert counts[0] == counts[1]


def test_the_health_page_says_ok_and_nothing_else(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok")
