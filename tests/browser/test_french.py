"""The patient's pages in French, at the smallest phone and at a desk: long words break nothing."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from intake.consent import send_consent_link
from intake.models import Consent
from intake.services import send_intake
from notifications.models import Message
from people.models import Patient
from sessions.follow_up import send_check
from sessions.models import SorenessFollowUp
from tests import factories
from tests.browser import stations
from tests.browser.conftest import DESKTOP, faults, picture, too_wide
from tests.sessions.conftest import finish

NARROW = {"width": 320, "height": 640}
LONG = "Clinique de physiothérapie et de stimulation intramusculaire"


@pytest.fixture
def patient() -> Patient:
    factories.make_location(name=LONG)
    return factories.make_cleared_patient(language="fr")


@pytest.fixture(params=[NARROW, DESKTOP], ids=["320", "1280"])
def phone(request: pytest.FixtureRequest, quiet_page: Page) -> Page:
    quiet_page.set_viewport_size(request.param)
    return quiet_page


def look_at(page: Page, name: str) -> None:
    """No accessibility fault, no sideways scrolling, nothing English in the page's language."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    picture(page, f"fr-{name}-{width}")
    assert faults(page) == []
    assert not too_wide(page)
    assert page.locator("html").get_attribute("lang") == "fr"


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def give_birth_date(page: Page, day: str) -> None:
    for label, value in (("Jour", day), ("Mois", "5"), ("Année", "1980")):
        page.get_by_label(label).fill(value)
    press(page, "Continuer")


def link_of(kind: str) -> str:
    return Message.objects.filter(secret_link__contains=f"/{kind}/").latest("id").secret_link


def test_the_way_into_the_intake(phone: Page, patient: Patient) -> None:
    starts_at = timezone.now() + timedelta(days=2)
    appointment = factories.make_appointment(patient=patient, starts_at=starts_at)
    send_intake(appointment=appointment, patient=patient)
    phone.goto(link_of("i"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Avant votre rendez-vous")
    look_at(phone, "start")
    press(phone, "Commencer")
    look_at(phone, "birth-date")
    give_birth_date(phone, "1")
    expect(phone.get_by_role("alert")).to_contain_text("Il vous reste 4 essais")
    look_at(phone, "birth-date-wrong")
    give_birth_date(phone, "17")
    expect(phone.locator("form.ims-q")).to_be_visible()
    phone.goto(re.sub(r"(/intake/).*", r"\1today/", phone.url))
    for name in ("rf_saddle", "none-right-now"):
        phone.locator(f"input[name='{name}']").check(force=True)
    press(phone, "Continuer")
    expect(phone.get_by_role("alert")).to_contain_text("Allez maintenant à l’urgence")
    look_at(phone, "emergency")


@pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["320", "1280"])
def test_a_closed_link(
    page: Page, size: ViewportSize, patient: Patient, live_server: LiveServer
) -> None:
    page.set_viewport_size(size)
    page.goto(f"{live_server.url}/i/nothing/?language=fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien est fermé")
    look_at(page, "closed")


def test_the_check_after_a_session(phone: Page, patient: Patient) -> None:
    signed = finish(factories.make_treatment(patient))
    send_check(SorenessFollowUp.objects.get(treatment=signed, hours=24))
    phone.goto(link_of("f"))
    look_at(phone, "check-start")
    press(phone, "Commencer")
    give_birth_date(phone, "17")
    look_at(phone, "check")
    press(phone, "Envoyer")
    expect(phone.get_by_role("alert")).to_contain_text("Il y a un problème")
    look_at(phone, "check-wrong")
    stations.check(phone, "unusual", "chest_pain")
    press(phone, "Envoyer")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Agissez maintenant")
    look_at(phone, "check-emergency")
    phone.get_by_role("link", name="Changez vos réponses").click()
    expect(phone.get_by_label("Voulez-vous nous dire autre chose?")).to_be_visible()
    stations.check(phone, "unusual", "none")
    phone.locator("input[name=unusual][value=chest_pain]").uncheck(force=True)
    for name in ("soreness_now", "soreness_worst", "main_pain_now", "function_change"):
        stations.check(phone, name, "5")
    press(phone, "Envoyer")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci. Vos réponses sont envoyées.")
    look_at(phone, "check-thanks")


def test_the_consent_is_taken_back_and_signed_again_by_its_link(
    phone: Page, patient: Patient
) -> None:
    send_consent_link(patient=patient)
    phone.goto(link_of("c"))
    look_at(phone, "consent-start")
    press(phone, "Commencer")
    give_birth_date(phone, "17")
    expect(phone.get_by_role("status")).to_contain_text("Votre consentement est valide.")
    look_at(phone, "consent-mine")
    phone.get_by_role("link", name="Retirer mon consentement").click()
    look_at(phone, "consent-take-back")
    press(phone, "Retirer mon consentement")
    look_at(phone, "consent-taken-back")
    phone.get_by_role("link", name="Lire et signer").click()
    press(phone, "Signer et envoyer")
    expect(phone.get_by_role("alert")).to_contain_text("Il y a un problème")
    look_at(phone, "consent-wrong")
    with translation.override("fr"):
        stations.sign_consent(phone, "Robin Sample")
    expect(phone.get_by_role("status")).to_contain_text("Votre consentement est valide.")
    assert Consent.objects.valid().get(patient=patient).language == "fr"


def test_the_switch_in_the_head_of_a_page(phone: Page, patient: Patient) -> None:
    signed = finish(factories.make_treatment(patient))
    send_check(SorenessFollowUp.objects.get(treatment=signed, hours=24))
    phone.goto(link_of("f"))
    phone.get_by_role("link", name="English").click()
    expect(phone.get_by_role("button", name="Start")).to_be_visible()
    phone.get_by_role("link", name="Français").click()
    press(phone, "Commencer")
    give_birth_date(phone, "17")
    press(phone, "English")
    expect(phone.get_by_role("heading", level=1)).to_have_text("How are you after your session?")
    assert phone.locator("html").get_attribute("lang") == "en"
    press(phone, "Français")
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Comment allez-vous après votre séance?"
    )
    box = phone.get_by_role("button", name="English").bounding_box()
    assert box is not None
    assert (box["width"] >= 44, box["height"] >= 44) == (True, True)
