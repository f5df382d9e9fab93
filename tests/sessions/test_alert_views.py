import pytest
from django.test import Client
from django.urls import reverse

from audit.choices import Action
from audit.models import AuditEvent
from people.models import Practitioner
from sessions.follow_up import answer_check
from sessions.models import Alert, SorenessFollowUp, TreatmentSession


@pytest.fixture
def alert(signed: TreatmentSession) -> Alert:
    check = SorenessFollowUp.objects.get(treatment=signed, hours=24)
    answers = {"short_breath": "yes", "soreness_now": "5", "free_text": "Since the evening"}
    return answer_check(follow_up=check, answers=answers)[0]


def address(alert: Alert) -> str:
    return reverse("sessions:alert", args=[alert.pk])


def test_only_a_physiotherapist_reads_and_closes_an_alert(
    alert: Alert, desk_client: Client, admin_client_: Client
) -> None:
    for client in (desk_client, admin_client_):
        assert client.get(address(alert)).status_code == 404
        assert client.post(address(alert), {"action_taken": "x"}).status_code == 404
    assert Alert.objects.open().count() == 1


def test_the_page_gives_reasons_answers_phone_and_an_audit_line(
    alert: Alert, physio: Client
) -> None:
    page = physio.get(address(alert)).content.decode()
    assert "More short of breath than before, even a little" in page
    assert "phone the patient" in page
    assert "IMJ2022, PATEL2019" in page
    assert "Since the evening" in page
    assert f'href="tel:{alert.patient.phone.replace(" ", "")}"' in page
    seen = AuditEvent.objects.filter(action=Action.VIEW, subject="treatment_sessions_alert")
    assert [line.patient_number for line in seen] == [alert.patient_id]


def test_closing_needs_what_was_done(alert: Alert, physio: Client) -> None:
    page = physio.post(address(alert), {"action_taken": "  "}).content.decode()
    assert "Write what was done before closing the alert." in page
    assert "<title>Error: " in page
    assert Alert.objects.open().count() == 1


def test_a_closed_alert_shows_who_did_what(
    alert: Alert, physio: Client, practitioner: Practitioner
) -> None:
    answer = physio.post(address(alert), {"action_taken": "Sent to the hospital."})
    assert answer.headers["Location"] == reverse("clinic:inbox")
    page = physio.get(address(alert)).content.decode()
    assert "Sent to the hospital." in page
    assert practitioner.user.full_name in page
    assert "Close alert" not in page


def test_a_patient_without_a_phone_is_said(alert: Alert, physio: Client) -> None:
    alert.patient.phone = ""
    alert.patient.save()
    page = physio.get(address(alert)).content.decode()
    assert "none on file" in page
    assert "tel:" not in page


def test_an_alert_about_silence_says_that_there_is_no_answer(alert: Alert, physio: Client) -> None:
    alert.follow_up.answers.all().delete()
    assert "The patient has not answered." in physio.get(address(alert)).content.decode()
