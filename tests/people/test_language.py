"""Who is spoken to in which language, from the first page of a link to the messages."""

import re
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from audit.models import AuditEvent
from intake.models import Intake
from intake.services import send_intake
from notifications.models import Message
from people.language import address_for, speaking_to
from people.middleware import LanguageMiddleware
from people.models import Patient
from tests.factories import make_appointment, make_patient

pytestmark = pytest.mark.django_db
BORN = {"day": "17", "month": "5", "year": "1980"}
CLOSED = {"en": "This link is closed", "fr": "Ce lien est fermé"}


def sent_to(patient: Patient) -> Intake:
    appointment = make_appointment(patient=patient, starts_at=timezone.now() + timedelta(days=2))
    return send_intake(appointment=appointment, patient=patient)


def first_page() -> str:
    """The path of the newest link, without what may follow it."""
    found = re.search(r"/i/[^/]+/", Message.objects.latest("id").secret_link)
    assert found is not None
    return found.group()


def language_of_page(client: Client, path: str, **headers: str) -> str:
    found = re.search(r'<html lang="([\w-]+)"', client.get(path, headers=headers).content.decode())
    assert found is not None
    return found.group(1)


@pytest.fixture
def patient() -> Patient:
    patient = make_patient()
    sent_to(patient)
    return patient


def test_the_first_page_follows_the_browser_among_the_known_languages(
    patient: Patient, client: Client
) -> None:
    asked = {"accept-language": "fr-CA,fr;q=0.9,en;q=0.8"}
    assert language_of_page(client, first_page(), **asked) == "fr"
    assert language_of_page(client, first_page(), **{"accept-language": "tlh"}) == "en"
    assert language_of_page(client, first_page()) == "en"


def test_the_first_page_offers_each_language_in_its_own_words(
    patient: Patient, client: Client
) -> None:
    page = client.get(first_page()).content.decode()
    assert '<span lang="en" aria-current="true">English</span>' in page
    assert '<a href="?language=fr" hreflang="fr" lang="fr">Français</a>' in page


def test_asking_for_a_language_by_the_address_changes_nothing_on_the_server(
    patient: Patient, client: Client
) -> None:
    page = client.get(f"{first_page()}?language=fr").content.decode()
    assert '<html lang="fr"' in page
    assert "Commencer" in page
    assert client.session.keys() == set()
    patient.refresh_from_db()
    assert patient.language == "en"


@pytest.mark.parametrize("asked", ["de", "", "fr'", "en-ca", "\x00"])
def test_an_unknown_language_is_not_spoken(patient: Patient, client: Client, asked: str) -> None:
    page = client.get(first_page(), {"language": asked}).content.decode()
    assert '<html lang="en"' in page


def test_start_carries_the_choice_and_the_date_of_birth_puts_it_on_file(
    patient: Patient, client: Client
) -> None:
    client.post(f"{first_page()}start/", {"language": "fr"})
    assert language_of_page(client, "/intake/birth-date/") == "fr"
    patient.refresh_from_db()
    assert patient.language == "en"
    client.post("/intake/birth-date/", BORN)
    patient.refresh_from_db()
    assert patient.language == "fr"
    line = AuditEvent.objects.filter(detail="language").get()
    link = patient.patientlink_set.get()
    assert (line.actor, line.patient_number) == (f"link:{link.pk}", patient.pk)


def test_without_a_choice_start_speaks_the_language_on_file(client: Client) -> None:
    sent_to(make_patient(language="fr"))
    client.post(f"{first_page()}start/", headers={"accept-language": "en"})
    assert language_of_page(client, "/intake/birth-date/") == "fr"


def test_without_a_choice_start_goes_on_in_the_language_of_the_page(
    patient: Patient, client: Client
) -> None:
    client.post(f"{first_page()}start/", headers={"accept-language": "fr"})
    assert language_of_page(client, "/intake/birth-date/") == "fr"


def test_a_choice_for_english_holds_against_french_on_file(client: Client) -> None:
    patient = make_patient(language="fr")
    sent_to(patient)
    client.post(f"{first_page()}start/", {"language": "en"})
    client.post("/intake/birth-date/", BORN)
    patient.refresh_from_db()
    assert patient.language == "en"


def test_a_later_page_switches_and_leads_back_to_itself(patient: Patient, client: Client) -> None:
    client.post(f"{first_page()}start/")
    client.post("/intake/birth-date/", BORN)
    page = client.get("/intake/contact/").content.decode()
    assert '<input type="hidden" name="next" value="/intake/contact/">' in page
    assert '<button name="language" value="fr" lang="fr">Français</button>' in page
    answer = client.post("/language/", {"language": "fr", "next": "/intake/contact/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/intake/contact/")
    assert language_of_page(client, "/intake/contact/") == "fr"
    patient.refresh_from_db()
    assert patient.language == "fr"


def test_a_switch_before_the_date_of_birth_writes_nothing_on_the_patient(
    patient: Patient, client: Client
) -> None:
    client.post(f"{first_page()}start/")
    client.post("/language/", {"language": "fr", "next": "/intake/birth-date/"})
    assert language_of_page(client, "/intake/birth-date/") == "fr"
    patient.refresh_from_db()
    assert patient.language == "en"


def test_the_switch_never_leads_elsewhere_nor_to_an_unknown_language(client: Client) -> None:
    answer = client.post("/language/", {"language": "de", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"
    assert client.session.keys() == set()
    assert client.get("/language/").status_code == 405


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_closed_link_speaks_the_language_of_the_browser(client: Client, language: str) -> None:
    for path in ("/i/nothing/", "/f/nothing/", "/intake/", "/check/"):
        page = client.get(path, headers={"accept-language": language}).content.decode()
        assert f'<html lang="{language}"' in page
        assert CLOSED[language] in page


def test_a_closed_link_can_be_read_in_the_other_language(client: Client) -> None:
    page = client.get("/i/nothing/?language=fr").content.decode()
    assert '<a href="?language=en" hreflang="en" lang="en">English</a>' in page
    posted = client.post("/i/nothing/start/").content.decode()
    assert "?language=" not in posted


def test_an_unknown_page_of_the_form_is_not_found_in_french(
    patient: Patient, client: Client
) -> None:
    client.post(f"{first_page()}start/", {"language": "fr"})
    client.post("/intake/birth-date/", BORN)
    page = client.get("/intake/nowhere/").content.decode()
    assert '<html lang="fr"' in page
    assert "Page introuvable" in page


def test_a_refused_form_of_a_patient_is_explained_in_french() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/i/nothing/?language=fr")
    answer = strict.post("/intake/birth-date/", headers={"accept-language": "fr"})
    assert answer.status_code == 403
    assert "rechargez la page" in answer.content.decode()


def test_staff_pages_stay_english_after_a_french_patient_on_the_same_thread(
    patient: Patient, client: Client, desk_client: Client
) -> None:
    french = {"accept-language": "fr"}
    assert language_of_page(client, first_page(), **french) == "fr"
    assert translation.get_language() == "en-ca"
    assert language_of_page(desk_client, "/", **french) == "en"
    assert language_of_page(client, "/account/sign-in/", **french) == "en"


def test_a_language_left_behind_on_the_thread_does_not_reach_the_next_page(
    rf: RequestFactory,
) -> None:
    def spoken(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    with translation.override("fr"):
        assert LanguageMiddleware(spoken)(rf.get("/")).content == b"en-ca"


def test_the_message_with_the_link_is_in_the_language_on_file() -> None:
    sent_to(make_patient(language="fr", given_name="Chloé"))
    message = Message.objects.latest("id")
    assert message.subject == "Avant votre rendez-vous chez Harbour IMS Clinic"
    assert message.body.startswith("Bonjour Chloé,")
    assert message.secret_link.endswith("/?language=fr")
    assert translation.get_language() == "en-ca"


def test_a_message_in_english_has_the_plain_address(patient: Patient) -> None:
    message = Message.objects.latest("id")
    assert message.subject == "Before your appointment at Harbour IMS Clinic"
    assert message.secret_link.endswith("/")


def test_a_language_on_file_that_is_no_longer_spoken_becomes_english() -> None:
    patient = Patient(language="xx")
    with speaking_to(patient):
        assert translation.get_language() == "en"
    assert "language" not in address_for(patient, "/i/x/")


def details_of(patient: Patient) -> dict[str, str]:
    return {
        "given_name": patient.given_name,
        "family_name": patient.family_name,
        "born_on": "1980-05-17",
        "sex_recorded": "unknown",
        "phone": patient.phone,
        "email": patient.email,
    }


def test_the_desk_sets_the_language_of_a_patient(desk_client: Client, patient: Patient) -> None:
    path = f"/patients/{patient.pk}/details/"
    assert '<option value="fr">French</option>' in desk_client.get(path).content.decode()
    desk_client.post(path, details_of(patient) | {"language": "fr"})
    patient.refresh_from_db()
    assert patient.language == "fr"


@pytest.mark.parametrize("sent", [{}, {"language": ""}], ids=["not asked", "none chosen"])
def test_details_saved_without_a_language_leave_it_as_it_is(
    desk_client: Client, sent: dict[str, str]
) -> None:
    patient = make_patient(language="fr")
    details = details_of(patient) | {"phone": "604 555 9999"} | sent
    desk_client.post(f"/patients/{patient.pk}/details/", details)
    patient.refresh_from_db()
    assert (patient.language, patient.phone) == ("fr", "604 555 9999")
    line = AuditEvent.objects.filter(action="change", subject="people_patient").first()
    assert line is not None
    assert line.detail == "phone"
