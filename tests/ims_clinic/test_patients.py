from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.choices import Action
from audit.models import AuditEvent
from ims_clinic.chart import chart_of, contact_card
from intake.choices import IntakeStatus
from intake.review import today
from people.models import Patient
from scheduling.choices import AppointmentStatus
from tests import factories

pytestmark = pytest.mark.django_db

CLINICAL_WORDS = ("Treatment sessions", "Assessments", "needling", "Pregnancy", "pain")


def address(patient: Patient) -> str:
    return reverse("clinic:patient", args=[patient.pk])


def test_search_shows_the_date_of_birth_of_each(desk_client: Client) -> None:
    factories.make_patient(family_name="Eklund")
    page = desk_client.get(reverse("clinic:patients"), {"q": "eklu"}).content.decode()
    assert "born 17 May 1980" in page
    assert "1 found" in page


def test_a_search_that_finds_nobody_offers_a_new_patient(desk_client: Client) -> None:
    page = desk_client.get(reverse("clinic:patients"), {"q": "nobody"}).content.decode()
    assert "Create a new patient" in page


def test_a_long_list_is_cut_and_says_so(desk_client: Client) -> None:
    for _ in range(51):
        factories.make_patient()
    page = desk_client.get(reverse("clinic:patients"), {"q": "robin"}).content.decode()
    assert "More than 50 found" in page


def test_without_words_a_physiotherapist_sees_the_last_patients(physio_client: Client) -> None:
    practitioner = physio_client.user.practitioner  # type: ignore[attr-defined]
    seen = factories.make_appointment(
        practitioner=practitioner, starts_at=timezone.now() - timedelta(hours=1)
    )
    page = physio_client.get(reverse("clinic:patients")).content.decode()
    assert seen.patient.full_name in page


def test_the_front_desk_page_of_a_patient_says_nothing_clinical(desk_client: Client) -> None:
    patient = factories.make_cleared_patient()
    factories.make_treatment(patient)
    factories.make_assessment(patient)
    page = desk_client.get(address(patient)).content.decode()
    assert [word for word in CLINICAL_WORDS if word in page] == []
    assert patient.phone in page
    assert not AuditEvent.objects.filter(action=Action.VIEW).exists()


def test_the_record_is_for_the_physiotherapist_and_its_reading_is_noted(
    physio_client: Client,
) -> None:
    patient = factories.make_cleared_patient()
    factories.make_treatment(patient)
    page = physio_client.get(address(patient)).content.decode()
    assert "Treatment sessions" in page
    noted = AuditEvent.objects.get(action=Action.VIEW)
    assert (noted.patient_number, noted.subject) == (patient.pk, "people_patient")


def test_what_stands_against_needling_is_said_with_the_way_on(physio_client: Client) -> None:
    patient = factories.make_patient()
    intake = factories.make_intake(patient, status=IntakeStatus.SUBMITTED)
    page = physio_client.get(address(patient)).content.decode()
    assert "No needling yet, because:" in page
    assert reverse("intake:review", args=[intake.pk]) in page
    assert reverse("sessions:create", args=[patient.pk]) not in page


def test_a_cleared_patient_can_be_treated(physio_client: Client) -> None:
    patient = factories.make_cleared_patient()
    page = physio_client.get(address(patient)).content.decode()
    assert reverse("sessions:create", args=[patient.pk]) in page


def test_a_patient_that_does_not_exist_is_a_404(physio_client: Client) -> None:
    assert physio_client.get(reverse("clinic:patient", args=[999_999])).status_code == 404


@pytest.mark.parametrize(("fixture", "most"), [("desk_client", 9), ("physio_client", 19)])
def test_queries_do_not_grow_with_the_history(
    fixture: str, most: int, request: Any, django_assert_max_num_queries: Any
) -> None:
    client: Client = request.getfixturevalue(fixture)
    patient, counts = factories.make_cleared_patient(), []
    for made in (1, 2):
        for number in range(made):
            start = timezone.now() + timedelta(days=2 * made + number, hours=1)
            appointment = factories.make_appointment(patient=patient, starts_at=start)
            factories.make_treatment(patient, appointment=appointment)
            factories.make_assessment(patient)
            factories.make_intake(patient, status=IntakeStatus.SUBMITTED)
        with django_assert_max_num_queries(most) as held:
            assert client.get(address(patient)).status_code == 200
        counts.append(len(held))
    assert counts[0] == counts[1]


def test_sessions_come_newest_first() -> None:
    patient = factories.make_cleared_patient()
    made = [
        factories.make_treatment(patient, started_at=timezone.now() - timedelta(days=days))
        for days in (3, 1, 2)
    ]
    newest_first = sorted(made, key=lambda one: one.started_at, reverse=True)
    assert list(chart_of(patient, [], [], today()).treatments) == newest_first


def test_a_session_belongs_to_the_appointment_of_today_that_is_not_done() -> None:
    patient, now = factories.make_patient(), timezone.now()
    done = factories.make_appointment(patient=patient, starts_at=now, status=AppointmentStatus.DONE)
    assert contact_card(patient).todays is None
    done.status = AppointmentStatus.ARRIVED
    done.save()
    assert contact_card(patient).todays == done
