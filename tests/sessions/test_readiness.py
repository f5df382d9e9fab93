"""What a session needs: each is ticked or missing, and what is missing is offered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.choices import IntakeStatus
from intake.models import Intake
from people.choices import Role
from people.models import Patient, Practitioner
from sessions.models import TreatmentSession
from sessions.readiness import requirements_of
from tests import factories


def missing(patient: Patient, practitioner: Practitioner) -> list[tuple[str, str]]:
    """Each missing requirement with the words of its act."""
    return [
        (one.title, one.act.words if one.act else "")
        for one in requirements_of(patient, practitioner, None)
        if one.is_missing
    ]


def test_nothing_is_missing_for_a_cleared_patient(
    patient: Patient, practitioner: Practitioner, physio: Client
) -> None:
    assert missing(patient, practitioner) == []
    page = physio.get(reverse("sessions:ready", args=[patient.pk])).content.decode()
    assert "Start the session" in page
    assert page.count(">there<") == 0
    physio.post(reverse("sessions:create", args=[patient.pk]))
    assert TreatmentSession.objects.get().patient == patient


def test_each_missing_thing_is_offered_and_the_others_are_ticked(
    practitioner: Practitioner, physio: Client
) -> None:
    factories.make_location()
    admin = factories.make_user(Role.CLINIC_ADMIN)
    practitioner.needling_until = None
    practitioner.save()
    patient = factories.make_patient()
    intake = factories.make_intake(patient, status=IntakeStatus.SUBMITTED)
    answer = physio.post(reverse("sessions:create", args=[patient.pk]))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert f'href="{reverse("intake:review", args=[intake.pk])}"' in page
    assert f'action="{reverse("intake:consent-ask", args=[patient.pk])}"' in page
    assert f"Ask {admin.full_name} to enter it" in page
    assert "Start the session" not in page
    assert "After the review says that needling is suitable." in page
    assert missing(patient, practitioner) == [
        ("Intake reviewed: needling is suitable", "Review the intake"),
        ("Consent to needling on file", "Send the consent to sign"),
        (f"{practitioner} is authorised to needle", ""),
    ]


def test_without_an_intake_the_link_is_sent_for_the_visit(
    practitioner: Practitioner, physio: Client
) -> None:
    appointment = factories.make_appointment(practitioner=practitioner)
    patient = appointment.patient
    address = reverse("sessions:ready", args=[patient.pk])
    page = physio.get(f"{address}?appointment={appointment.pk}").content.decode()
    assert f'action="{reverse("intake:send", args=[appointment.pk])}"' in page
    assert page.count("After the intake is submitted.") == 2
    other = factories.make_appointment()
    assert physio.get(f"{address}?appointment={other.pk}").status_code == 404
    assert physio.get(f"{address}?appointment=x").status_code == 404


def test_the_re_screen_is_offered_once_the_patient_was_needled(
    patient: Patient, practitioner: Practitioner, make_signed: Callable[..., TreatmentSession]
) -> None:
    make_signed("deltoid", days_ago=7)
    title = "What has changed since last time: asked, or not needed today"
    assert missing(patient, practitioner) == [(title, "Ask what has changed")]
    factories.make_rescreening(Intake.objects.get(patient=patient))
    assert missing(patient, practitioner) == []


def test_a_session_left_open_on_another_day_is_offered(
    patient: Patient, practitioner: Practitioner, physio: Client
) -> None:
    held = factories.make_treatment(
        patient, practitioner=practitioner, started_at=timezone.now() - timedelta(days=2)
    )
    page = physio.post(reverse("sessions:create", args=[patient.pk])).content.decode()
    assert "is still open" in page
    assert f'href="{reverse("sessions:detail", args=[held.pk])}"' in page


def test_a_stranger_s_page_is_not_found(physio: Client) -> None:
    assert physio.get(reverse("sessions:ready", args=[999_999])).status_code == 404


@pytest.mark.parametrize("layer", ["surface", "deep", "spine"])
def test_the_chart_marks_what_is_in_the_session(
    layer: str, treatment: TreatmentSession, physio: Client
) -> None:
    treatment.muscles.create(muscle="rhomboid_major", side="left", twitch="none")
    page = physio.get(reverse("sessions:chart", args=[treatment.pk, layer])).content.decode()
    marked = page.count("Rhomboid major, left: in the session")
    assert marked == (0 if layer == "spine" else 1)
    assert "not tested" not in page
    unknown = reverse("sessions:chart", args=[treatment.pk, "pain"])
    assert physio.get(unknown).status_code == 404
