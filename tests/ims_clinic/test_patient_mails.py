"""Every e-mail to a patient: in the patient's language, and with nothing clinical in it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from intake.chasing import remind_by_hand
from intake.consent import send_consent_link
from intake.services import send_intake
from notifications.models import Message
from people.link_codes import send_code
from people.models import Patient, PatientLink
from sessions.follow_up import send_check
from sessions.models import SorenessFollowUp
from tests import factories
from tests.sessions.conftest import finish

CLINIC = "Harbour Clinic"
HELLO = {"en": "Hello Chloé,", "fr": "Bonjour Chloé,"}
CLINICAL = re.compile(
    r"pain|needl|sore|muscle|health|IMS|consent|douleur|aiguill|courbatur|santé|consentement",
    re.IGNORECASE,
)


def every_mail_to(patient: Patient) -> list[Message]:
    """The link, its reminder, a code, the consent's link and the check after a session."""
    starts_at = timezone.now() + timedelta(days=2)
    appointment = factories.make_appointment(patient=patient, starts_at=starts_at)
    intake = send_intake(appointment=appointment, patient=patient)
    remind_by_hand(intake=intake, by=factories.make_user())
    send_code(link=PatientLink.objects.latest("pk"), clinic=CLINIC)
    send_consent_link(patient=patient)
    signed = finish(factories.make_treatment(patient))
    send_check(SorenessFollowUp.objects.get(treatment=signed, hours=24))
    return list(Message.objects.filter(address=patient.email))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_mail_speaks_the_language_on_file_and_tells_nothing_clinical(language: str) -> None:
    factories.make_location(name=CLINIC)
    patient = factories.make_cleared_patient(given_name="Chloé", language=language)
    mails = every_mail_to(patient)
    assert len(mails) == 5
    assert {mail.body.partition("\n")[0] for mail in mails} == {HELLO[language]}
    assert [m.body for m in mails if CLINICAL.search(f"{m.subject} {m.body}")] == []
    links = [mail.secret_link for mail in mails if mail.secret_link.startswith("http")]
    assert [link.endswith("?language=fr") for link in links] == [language == "fr"] * 4
