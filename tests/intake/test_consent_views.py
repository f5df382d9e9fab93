"""The consent in a browser: on the last page of the form, by its own link, and at the desk."""

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from intake.choices import AskedBy
from intake.consent import send_consent_link, withdraw_consent
from intake.models import Consent, Intake
from intake.services import needling_obstacles, save_answers
from people.models import Patient, PatientLink
from tests import factories
from tests.intake.conftest import BORN, signing, stored, token_of_newest_message

WEIGHT_LIMIT = 60 * 1024


@pytest.fixture
def answered(opened: Client, intake: Intake) -> Client:
    """A browser at the last page of the form."""
    save_answers(intake, stored())
    return opened


@pytest.fixture
def linked(patient: Patient, client: Client) -> Client:
    """A browser that opened the consent link and gave the date of birth."""
    factories.make_location()
    send_consent_link(patient=patient)
    client.post(f"/c/{token_of_newest_message('c')}/start/")
    client.post("/consent/birth-date/", BORN)
    return client


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_stays_filled_in_when_something_is_missing(answered: Client) -> None:
    posted = signing(signed_name="Ro & bin", signature="[[[1, 2]]]", consent_stop=None)
    page = answered.post("/intake/consent/", posted).content.decode()
    assert "<title>Error: Consent to needling" in page
    assert '<a href="#id_consent_stop">Tick to agree: I know that I can stop' in page
    assert 'value="Ro &amp; bin"' in page
    assert 'value="[[[1, 2]]]"' in page
    assert page.count(" checked") == len(signing()) - 3  # name, text shown, the one left out
    assert Consent.objects.count() == 0


def test_a_second_post_of_the_page_signs_nothing_more(answered: Client) -> None:
    first, second = (answered.post("/intake/consent/", signing()) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/intake/done/"
    assert Consent.objects.count() == 1


def test_under_age_the_page_asks_for_the_guardian(answered: Client, patient: Patient) -> None:
    Patient.objects.filter(pk=patient.pk).update(born_on=date(2012, 1, 1))
    assert "You are under 18." in page_of(answered, "/intake/consent/")
    assert answered.post("/intake/consent/", signing()).status_code == 200
    second = {"guardian_name": "Kim Sample", "guardian_relation": "parent"}
    assert answered.post("/intake/consent/", signing(**second)).status_code == 302
    assert Consent.objects.get().guardian_name == "Kim Sample"


def test_who_may_need_help_to_decide_is_offered_a_second_signature(
    answered: Client, intake: Intake
) -> None:
    assert "decides with you" not in page_of(answered, "/intake/consent/")
    save_answers(intake, {"capacity": ("not_sure", "")})
    assert "decides with you" in page_of(answered, "/intake/consent/")


def test_the_first_load_of_the_page_is_light(answered: Client) -> None:
    page = answered.get("/intake/consent/").content
    names = ("vendor/signature_pad.min.js", "intake/consent.js", "intake/consent.css")
    sheets = ("tokens", "base", "parts", "patient")
    files = [finders.find(name) for name in (*names, "intake/intake.css", "css/icons.svg")]
    files += [settings.BASE_DIR / "static" / "css" / f"{sheet}.css" for sheet in sheets]
    contents = [page, *(Path(str(path)).read_bytes() for path in files)]
    weights = [len(gzip.compress(content)) for content in contents]
    print(f"consent page, first load: {sum(weights)} bytes")
    assert sum(weights) <= WEIGHT_LIMIT


def test_getting_the_link_changes_nothing_and_names_nobody(
    patient: Patient, client: Client
) -> None:
    factories.make_location()
    send_consent_link(patient=patient)
    address = f"/c/{token_of_newest_message('c')}/"
    assert patient.family_name not in page_of(client, address)
    assert PatientLink.objects.get().opened_at is None


@pytest.mark.django_db
def test_an_unknown_link_is_closed(client: Client) -> None:
    assert client.get("/c/nothing/").status_code == 404
    assert client.post("/c/nothing/start/").status_code == 404


def test_the_link_of_the_intake_opens_no_consent_page(intake: Intake, client: Client) -> None:
    assert client.get(f"/c/{token_of_newest_message()}/").status_code == 404
    client.post(f"/i/{token_of_newest_message()}/start/")
    assert client.get("/consent/").status_code == 404


def test_the_date_of_birth_comes_first(patient: Patient, client: Client) -> None:
    factories.make_location()
    send_consent_link(patient=patient)
    token = token_of_newest_message("c")
    assert client.post(f"/c/{token}/start/").headers["Location"] == "/consent/"
    for address in ("/consent/", "/consent/sign/", "/consent/take-back/"):
        assert client.get(address).headers["Location"] == "/consent/birth-date/"
    assert client.post("/consent/birth-date/", BORN).headers["Location"] == "/consent/"
    assert "You have not signed yet." in page_of(client, "/consent/")


def test_a_patient_signs_takes_back_and_signs_again_by_one_link(
    linked: Client, patient: Patient
) -> None:
    assert linked.post("/consent/sign/", signing()).headers["Location"] == "/consent/"
    assert "Your consent is valid." in page_of(linked, "/consent/")
    assert linked.get("/consent/sign/").headers["Location"] == "/consent/"
    assert "Take back your consent?" in page_of(linked, "/consent/take-back/")
    assert Consent.objects.get().is_valid
    assert linked.post("/consent/take-back/").headers["Location"] == "/consent/"
    assert "You took your consent back." in page_of(linked, "/consent/")
    assert Consent.objects.get().withdrawal_asked_by == AskedBy.LINK
    assert "withdrawn" in needling_obstacles(patient, date(2026, 11, 24))[-1]
    linked.post("/consent/sign/", signing())
    assert [one.is_valid for one in Consent.objects.all()] == [True, False]


def test_an_older_text_is_offered_to_be_signed_anew(linked: Client, patient: Patient) -> None:
    factories.make_consent(patient, text_version="2020.1")
    page = page_of(linked, "/consent/")
    assert "The text is new since then." in page
    assert "/consent/sign/" in page
    assert linked.post("/consent/sign/", signing(signed_name="")).status_code == 200
    assert Consent.objects.count() == 1


def test_the_desk_asks_for_a_new_consent_by_one_click(
    desk_client: Client, patient: Patient
) -> None:
    factories.make_location()
    answer = desk_client.post(f"/patients/{patient.pk}/consent/ask/", follow=True)
    assert "The consent is on its way" in answer.content.decode()
    assert token_of_newest_message("c")


def test_without_an_address_the_desk_is_told_so(desk_client: Client) -> None:
    factories.make_location()
    patient = factories.make_patient(email="")
    answer = desk_client.post(f"/patients/{patient.pk}/consent/ask/", follow=True)
    assert "No link was sent" in answer.content.decode()


def test_the_desk_records_a_withdrawal_after_a_confirmation(
    desk_client: Client, patient: Patient
) -> None:
    factories.make_consent(patient)
    address = f"/patients/{patient.pk}/consent/withdraw/"
    assert "This cannot be undone." in page_of(desk_client, address)
    assert "Select who asked" in desk_client.post(address, {}).content.decode()
    assert Consent.objects.get().is_valid
    posted = {"asked_by": "patient", "reason": "None given"}
    assert desk_client.post(address, posted).status_code == 302
    consent = Consent.objects.get()
    assert consent.withdrawn_by == desk_client.user  # type: ignore[attr-defined]
    assert desk_client.get(address).status_code == 404


@pytest.mark.parametrize("act", ["ask", "withdraw"])
def test_a_patient_who_does_not_exist_is_a_404(desk_client: Client, act: str) -> None:
    assert desk_client.post(f"/patients/999999/consent/{act}/").status_code == 404


def test_the_desk_reads_words_only_and_the_physiotherapist_the_record(
    desk_client: Client, physio_client: Client, patient: Patient
) -> None:
    factories.make_location()
    factories.make_consent(
        patient, signed_name="Robin S.", signature=[[[1, 2], [3, 4]]], chaperone="wanted"
    )
    withdraw_consent(patient=patient, asked_by=AskedBy.PATIENT, reason="Afraid of needles")
    address = f"/patients/{patient.pk}/"
    desk, physio = page_of(desk_client, address), page_of(physio_client, address)
    for words in ("Robin S.", "Afraid of needles", "Yes, I would like a chaperone", "M1 2L3 4"):
        assert (words in desk, words in physio) == (False, True)
    assert "Consent withdrawn" in desk
    assert "Consent withdrawn" in physio


def test_the_review_shows_who_signed_and_the_picture(
    physio_client: Client, submitted: Callable[..., Intake]
) -> None:
    intake = submitted()
    page = page_of(physio_client, f"/intakes/{intake.pk}/review/")
    assert "Signed by Robin Sample" in page
    assert f"/documents/consent/{Consent.objects.get().pk}.pdf" in page
