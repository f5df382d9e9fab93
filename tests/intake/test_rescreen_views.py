"""Anything changed since last time? The page before a later session."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake.choices import IntakeStatus
from intake.models import Intake, IntakeReview, Rescreening
from intake.rescreen import NOTHING
from people.models import Patient, Practitioner
from sessions.models import TreatmentSession
from tests import factories

Submitted = Callable[..., Intake]
STARTS = "Start treatment session"


@pytest.fixture
def me(physio_client: Client) -> Practitioner:
    return Practitioner.objects.get(user=physio_client.user)  # type: ignore[attr-defined]


@pytest.fixture
def reviewed(submitted: Submitted, me: Practitioner) -> Intake:
    """Reviewed yesterday, with a visit today."""
    intake = submitted()
    factories.make_review(intake, me.user)
    intake.status = IntakeStatus.REVIEWED
    intake.save()
    IntakeReview.objects.update(reviewed_at=timezone.now() - timedelta(days=1))
    return intake


def page_of(patient: Patient) -> str:
    return f"/patients/{patient.pk}/rescreen/"


def start(client: Client, patient: Patient, **data: object) -> object:
    return client.post(f"/patients/{patient.pk}/sessions/", data)


def test_the_start_button_leads_to_the_questions(
    reviewed: Intake, physio_client: Client, me: Practitioner
) -> None:
    patient = reviewed.patient
    visit = factories.make_appointment(patient=patient, practitioner=me)
    assert STARTS in physio_client.get(f"/patients/{patient.pk}/").content.decode()
    answer = start(physio_client, patient, appointment=visit.pk)
    address = f"{page_of(patient)}?appointment={visit.pk}"
    assert answer.headers["Location"] == address  # type: ignore[attr-defined]
    assert TreatmentSession.objects.count() == 0
    page = physio_client.get(address).content.decode()
    assert page.count("<fieldset") == len(NOTHING)
    assert f'name="appointment" value="{visit.pk}"' in page


def test_one_tap_keeps_that_nothing_changed_and_starts_the_session(
    reviewed: Intake, physio_client: Client, me: Practitioner
) -> None:
    visit = factories.make_appointment(patient=reviewed.patient, practitioner=me)
    data = {"nothing": "1", "appointment": visit.pk}
    answer = physio_client.post(page_of(reviewed.patient), data, follow=True)
    treatment = TreatmentSession.objects.get()
    assert answer.request["PATH_INFO"] == f"/sessions/{treatment.pk}/"
    assert treatment.appointment == visit
    kept = Rescreening.objects.get()
    assert (kept.answers, kept.appointment, kept.asked_by) == (NOTHING, visit, me.user)


def test_a_yes_is_never_lost_to_the_button_that_says_nothing_changed(
    reviewed: Intake, physio_client: Client
) -> None:
    data = {**NOTHING, "new_infection": "yes", "nothing": "1"}
    page = physio_client.post(page_of(reviewed.patient), data).content.decode()
    assert "What the change means" in page
    assert Rescreening.objects.count() == 0
    data = {"new_infection": "yes", "nothing": "1"}
    page = physio_client.post(page_of(reviewed.patient), data).content.decode()
    assert "There is a problem" in page


def test_a_change_is_decided_on_the_same_page(reviewed: Intake, physio_client: Client) -> None:
    address = page_of(reviewed.patient)
    data = {**NOTHING, "new_infection": "yes"}
    assert "reason-skin_infection" in physio_client.post(address, data).content.decode()
    page = physio_client.post(address, {**data, "decide": "1"}).content.decode()
    assert "Decide about this reason" in page
    assert "Select a decision" in page
    decided = {
        "decide": "1",
        "decision": "with_precautions",
        "reason-skin_infection": "mitigated",
        "how-skin_infection": "Left calf only, away from it.",
        "note": "Rash at the right calf.",
    }
    answer = physio_client.post(address, data | decided, follow=True)
    shown = answer.content.decode()
    assert TreatmentSession.objects.count() == 1
    assert "Left calf only, away from it." in shown
    assert Rescreening.objects.get().decision == "with_precautions"


def test_not_today_starts_nothing_and_stands_on_the_record(
    reviewed: Intake, physio_client: Client
) -> None:
    data = {
        **NOTHING,
        "new_infection": "yes",
        "decide": "1",
        "decision": "not_today",
        "reason-skin_infection": "not_suitable",
        "note": "Rash.",
    }
    page = physio_client.post(page_of(reviewed.patient), data, follow=True).content.decode()
    assert "The re-screen of this day says: not today." in page
    assert STARTS not in page
    answer = start(physio_client, reviewed.patient)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert TreatmentSession.objects.count() == 0


def test_only_a_physiotherapist_asks(
    reviewed: Intake, desk_client: Client, admin_client_: Client
) -> None:
    for client in (desk_client, admin_client_):
        assert client.get(page_of(reviewed.patient)).status_code == 404
        assert client.post(page_of(reviewed.patient), {"nothing": "1"}).status_code == 404
    assert Client().get(page_of(reviewed.patient)).status_code == 302
    assert Rescreening.objects.count() == 0


def test_the_visit_of_another_patient_is_refused(reviewed: Intake, physio_client: Client) -> None:
    other = factories.make_appointment()
    address = page_of(reviewed.patient)
    data = {"nothing": "1", "appointment": other.pk}
    assert physio_client.post(address, data).status_code == 404
    assert physio_client.get(f"{address}?appointment=x").status_code == 400
    assert Rescreening.objects.count() == 0


def test_without_a_submitted_intake_there_is_nothing_to_ask(physio_client: Client) -> None:
    patient = factories.make_patient()
    assert physio_client.get(page_of(patient)).headers["Location"] == f"/patients/{patient.pk}/"
