"""What the screening of a patient forbids in the treatment room, and what it asks to keep."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from clinical.screening import lung_muscles, patient_questions, screen
from intake.models import Intake, IntakeReview
from people.models import Patient, Practitioner
from reports.summaries import session_summary
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.needling import save_details
from sessions.services import NotReady, start_session
from tests import factories
from tests.sessions.conftest import finish, needle

LUNG, OTHER_LUNG = lung_muscles()[:2]


def screened(patient: Patient, **answers: str) -> None:
    """The cleared patient's intake had these answers."""
    harmless = {question.id: "no" for question in patient_questions()}
    outcome = screen({**harmless, **answers}, age=40)
    factories.make_screening(
        patient,
        intake=Intake.objects.get(patient=patient),
        reasons=[asdict(reason) for reason in outcome.reasons],
    )


def test_an_absolute_rule_refuses_the_muscle_and_names_itself(
    patient: Patient, treatment: TreatmentSession
) -> None:
    screened(patient, previous_pneumothorax="yes")
    with pytest.raises(ValidationError, match="collapsed lung"):
        needle(treatment, LUNG)
    save_details(treatment=treatment, blocked_reason="The patient wishes it.")
    with pytest.raises(ValidationError, match="blocked for this patient"):
        needle(treatment, LUNG)
    assert needle(treatment, "deltoid").muscle == "deltoid"


def test_a_relative_rule_yields_to_a_written_reason_which_then_stays(
    patient: Patient, treatment: TreatmentSession
) -> None:
    screened(patient, lung_disease="yes")
    with pytest.raises(ValidationError, match="Write the reason first"):
        needle(treatment, LUNG)
    save_details(treatment=treatment, blocked_reason="Mild asthma, angled away from the lung.")
    needle(treatment, LUNG)
    with pytest.raises(ValidationError, match="still need the reason"):
        save_details(treatment=treatment, blocked_reason=" ")
    treatment.refresh_from_db()
    assert treatment.blocked_reason == "Mild asthma, angled away from the lung."


def test_the_page_marks_what_is_blocked_and_takes_the_reason(
    patient: Patient, treatment: TreatmentSession, physio: Client, settings: Any
) -> None:
    screened(patient, lung_disease="yes")
    address = f"/sessions/{treatment.pk}/"
    found = f"{address}muscles/find/?q=rhomboid"
    page = physio.get(address).content.decode()
    assert "Muscles over the lung are blocked for this patient" in page
    assert ": blocked" in physio.get(found).content.decode()
    pick = {"pick": f"{LUNG}:right:"}
    refused = physio.post(f"{address}muscles/", pick, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert NeedledMuscle.objects.count() == 0
    physio.post(f"{address}save/", {"blocked_reason": "Mild."})
    assert ": blocked" not in physio.get(found).content.decode()
    physio.post(f"{address}muscles/", pick)
    assert NeedledMuscle.objects.count() == 1
    emptied = physio.post(f"{address}save/", {"blocked_reason": ""}, follow=True)
    assert "still need the reason" in emptied.content.decode()


def test_both_sides_of_the_thorax_are_warned_about_and_stay_in_the_record(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment, LUNG, side="right")
    address = f"/sessions/{treatment.pk}/"
    words = "Warn: treat one side of the thorax per session."
    assert words not in physio.get(address).content.decode()
    needle(treatment, OTHER_LUNG, side="left")
    needle(treatment, "deltoid", side="left")
    assert physio.get(address).content.decode().count(words) == 1
    finish(treatment, "biceps_brachii")
    assert physio.get(address).content.decode().count(words) == 1
    both = session_summary(TreatmentSession.objects.get()).both_sides
    assert both is not None
    assert words in both.text


def test_the_record_keeps_the_precautions_of_the_day_it_was_signed(
    patient: Patient, treatment: TreatmentSession, physio: Client
) -> None:
    review = IntakeReview.objects.get(intake__patient=patient)
    review.decision, review.note = "with_precautions", "Superficial only."
    review.save()
    assert "Superficial only." in physio.get(f"/sessions/{treatment.pk}/").content.decode()
    assert session_summary(treatment).precautions == ("Superficial only.",)
    signed = finish(treatment)
    review.note = "Something else."
    review.save()
    assert session_summary(signed).precautions == ("Superficial only.",)


def test_a_later_session_is_asked_for_first_whatever_is_posted(
    patient: Patient, practitioner: Practitioner, signed: TreatmentSession, physio: Client
) -> None:
    assert signed.is_signed
    with pytest.raises(NotReady, match="Ask what has changed"):
        start_session(patient=patient, practitioner=practitioner)
    answer = physio.post(f"/patients/{patient.pk}/sessions/")
    assert answer.headers["Location"] == f"/patients/{patient.pk}/rescreen/"
    intake = Intake.objects.get(patient=patient)
    yesterday = timezone.now() - timedelta(days=1)
    factories.make_rescreening(intake, asked_at=yesterday)
    with pytest.raises(NotReady, match="Ask what has changed"):
        start_session(patient=patient, practitioner=practitioner)
    factories.make_rescreening(intake)
    assert start_session(patient=patient, practitioner=practitioner).patient == patient


def test_nothing_starts_without_review_or_consent_whatever_is_posted(
    practitioner: Practitioner, physio: Client
) -> None:
    patient = factories.make_patient()
    factories.make_intake(patient, status="submitted")
    for data in ({}, {"nothing": "1"}):
        assert physio.post(f"/patients/{patient.pk}/sessions/", data).status_code == 409
    answer = physio.post(f"/patients/{patient.pk}/rescreen/", {"nothing": "1"}, follow=True)
    assert answer.status_code == 409
    assert "No physiotherapist has reviewed the intake yet." in answer.content.decode()
    assert TreatmentSession.objects.count() == 0
