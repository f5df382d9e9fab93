"""The consent on a phone: drawn and signed, signed without script, under age, taken back."""

import json
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.consent import send_consent_link
from intake.models import Consent
from notifications.models import Message
from people.choices import Role
from people.models import Patient
from sessions.models import TreatmentSession
from tests import factories
from tests.browser import stations
from tests.browser.conftest import DESKTOP, PHONE, SignIn, faults, picture, too_wide
from tools.postgres import wait_until

NARROW = {"width": 320, "height": 640}
LANDSCAPE = {"width": 844, "height": 390}
LONG = "Wilhelmina-Alexandrina Konstantinopoulou-Featherstonehaugh-Smythe"


@pytest.fixture
def patient() -> Patient:
    """Cleared, but for a consent to an older text."""
    factories.make_location()
    patient = factories.make_patient(given_name="Jonas", family_name="Eklund")
    intake = factories.make_intake(patient, status="reviewed")
    factories.make_review(intake)
    factories.make_consent(patient, intake, text_version="2020.1")
    return patient


def arrive(page: Page, live_server: LiveServer, patient: Patient) -> None:
    """The patient follows the link as far as the consent's own page."""
    send_consent_link(patient=patient)
    address = Message.objects.latest("pk").secret_link
    page.goto(live_server.url + stations.path_of(address))
    page.get_by_role("button", name="Start").click()
    stations.give_birth_date(page, patient.born_on)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your consent to needling")


def looks_right(page: Page, name: str) -> None:
    """At 320 px and at 1280: no accessibility fault and no sideways scroll."""
    for size in (NARROW, DESKTOP):
        page.set_viewport_size(size)
        assert faults(page) == []
        assert not too_wide(page)
        picture(page, f"{name}-{size['width']}")
    page.set_viewport_size(PHONE)
    picture(page, f"{name}-390")


def ink(page: Page) -> int:
    """How many points of the pad have colour."""
    return int(
        page.evaluate(
            """() => { const pad = document.querySelector("canvas")
            const all = pad.getContext("2d").getImageData(0, 0, pad.width, pad.height).data
            return all.filter((value, index) => index % 4 === 3 && value > 0).length }"""
        )
    )


def test_a_patient_draws_signs_and_takes_the_consent_back(
    quiet_page: Page, live_server: LiveServer, patient: Patient, sign_in: SignIn
) -> None:
    page = quiet_page
    page.set_viewport_size(PHONE)
    arrive(page, live_server, patient)
    looks_right(page, "consent-mine-older")
    page.get_by_role("link", name="Read and sign").click()
    looks_right(page, "consent-empty")
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick to agree: I know that I can stop")
    looks_right(page, "consent-error")
    draw_tick_and_sign(page)
    expect(page.get_by_role("status")).to_contain_text("Your consent is valid.")
    looks_right(page, "consent-mine")
    consent = Consent.objects.valid().get(patient=patient)
    assert (len(consent.signature), consent.chaperone) == (2, "wanted")
    take_back(page)
    page = sign_in(factories.make_practitioner().user)
    page.goto(f"{live_server.url}/patients/{patient.pk}/")
    expect(page.get_by_text("The consent to needling was withdrawn.")).to_be_visible()
    expect(page.get_by_role("button", name="Start treatment session")).to_have_count(0)
    expect(page.get_by_role("img", name="Signature of Jonas Eklund")).to_be_visible()
    assert faults(page) == []
    picture(page, "consent-record")
    assert TreatmentSession.objects.count() == 0


def draw_tick_and_sign(page: Page) -> None:
    """The name is forgotten at first; what was drawn is still there then."""
    stations.draw(page)
    for box in page.locator("input[type=checkbox]").all():
        box.check(force=True)
    stations.check(page, "chaperone", "wanted")
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("alert")).to_have_text("There is a problem Type your full name to sign")
    assert wait_until(lambda: ink(page) > 0, 5)  # the script draws it again
    page.get_by_label("Type your full name to sign").fill("Jonas Eklund")
    picture(page, "consent-drawn")
    page.get_by_role("button", name="Sign and send").click()


def take_back(page: Page) -> None:
    """By the link, with one confirmation."""
    page.get_by_role("link", name="Take back my consent").click()
    looks_right(page, "consent-take-back")
    page.get_by_role("button", name="Take back my consent").click()
    expect(page.get_by_role("status")).to_contain_text("You took your consent back.")
    looks_right(page, "consent-taken-back")


def test_a_drawing_outlives_a_turn_of_the_phone_and_can_be_cleared(
    quiet_page: Page, live_server: LiveServer, patient: Patient
) -> None:
    page = quiet_page
    page.set_viewport_size(NARROW)
    arrive(page, live_server, patient)
    page.get_by_role("link", name="Read and sign").click()
    stations.draw(page)
    kept = page.locator("[name=signature]").input_value()
    pad = page.locator("canvas")
    narrow = pad.evaluate("pad => pad.width")
    page.set_viewport_size(LANDSCAPE)
    expect(pad).not_to_have_js_property("width", narrow)
    assert wait_until(lambda: ink(page) > 0, 5)  # the script draws it again
    stations.draw(page)
    strokes = json.loads(page.locator("[name=signature]").input_value())
    before = [number for stroke in json.loads(kept) for point in stroke for number in point]
    after = [number for stroke in strokes[:2] for point in stroke for number in point]
    assert (len(strokes), after) == (4, pytest.approx(before, abs=0.2))
    page.get_by_role("button", name="Clear").click()
    assert ink(page) == 0
    assert page.locator("[name=signature]").input_value() == ""


def test_without_script_the_typed_name_is_enough(
    browser: Browser, live_server: LiveServer, patient: Patient
) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    arrive(page, live_server, patient)
    page.get_by_role("link", name="Read and sign").click()
    expect(page.locator("canvas")).to_be_hidden()
    stations.sign_consent(page, LONG)
    expect(page.get_by_role("status")).to_contain_text(f"Signed by {LONG}")
    assert Consent.objects.valid().get(patient=patient).signature == []
    page.context.close()


def test_under_age_a_parent_signs_too(
    quiet_page: Page, live_server: LiveServer, patient: Patient, sign_in: SignIn
) -> None:
    Patient.objects.filter(pk=patient.pk).update(born_on=date(2012, 3, 14))
    patient.refresh_from_db()
    page = quiet_page
    page.set_viewport_size(PHONE)
    arrive(page, live_server, patient)
    page.get_by_role("link", name="Read and sign").click()
    stations.sign_consent(page, "Jonas Eklund")
    expect(page.get_by_role("alert")).to_contain_text("Type the full name of who signs with you")
    looks_right(page, "consent-under-age")
    stations.check(page, "guardian_relation", "parent")
    page.get_by_label("Full name of the parent or guardian").fill("Maria Eklund")
    stations.draw(page, 1)
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("status")).to_contain_text("Your consent is valid.")
    consent = Consent.objects.valid().get(patient=patient)
    assert (consent.guardian_name, len(consent.guardian_signature)) == ("Maria Eklund", 2)


def test_the_desk_asks_and_records_a_withdrawal(
    sign_in: SignIn, live_server: LiveServer, patient: Patient
) -> None:
    page = sign_in(factories.make_user(Role.FRONT_DESK))
    page.goto(f"{live_server.url}/patients/{patient.pk}/")
    expect(page.get_by_text("Consent is of an older text")).to_be_visible()
    picture(page, "consent-desk")
    page.get_by_role("button", name="Ask for a new consent").click()
    expect(page.get_by_text("The consent is on its way")).to_be_visible()
    page.get_by_role("link", name="Record a withdrawal").click()
    page.get_by_role("button", name="Withdraw the consent").click()
    expect(page.get_by_text("Select who asked").first).to_be_visible()
    assert faults(page) == []
    assert not too_wide(page)
    picture(page, "consent-withdraw")
    page.get_by_label("The patient").check()
    page.get_by_label("Reason").fill("Does not want needles any more.")
    page.get_by_role("button", name="Withdraw the consent").click()
    expect(page.get_by_text("Consent withdrawn")).to_be_visible()
