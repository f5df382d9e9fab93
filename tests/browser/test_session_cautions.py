"""The start page, the cautions and the needle bar as a person sees them."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.choices import IntakeStatus
from sessions.models import TreatmentSession
from sessions.needling import save_details
from tests import factories
from tests.browser.conftest import DESKTOP, SignIn, faults, picture, too_wide
from tests.sessions.conftest import needle
from tests.sessions.test_rails import screened

NARROW = {"width": 360, "height": 740}
LONG_NAME = "Featherstonehaugh-Cholmondeley-Wolfeschlegelsteinhausenberger"


@pytest.fixture
def treatment() -> TreatmentSession:
    """One side of the thorax and a long needle in a patient who takes a blood thinner."""
    factories.make_location()
    patient = factories.make_cleared_patient(family_name=LONG_NAME)
    screened(patient, {"lymphoedema": "left leg"}, anticoagulant="yes", lymphoedema="yes")
    opened = factories.make_treatment(patient)
    needle(opened, "piriformis", needle_length_mm=90)
    needle(opened, "rhomboid_major", twitch="weak", twitch_count=3, felt="both")
    return save_details(treatment=opened, needles_out=1)


def looked_at(page: Page, address: str, name: str) -> None:
    """No fault at both widths and in both themes, and a picture of each width."""
    for theme in ("dark", "light"):
        root = address[: address.index("/", len("http://"))]
        page.context.add_cookies([{"name": "theme", "value": theme, "url": root}])
        page.goto(address)
        for size in (DESKTOP, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
            assert (faults(page), too_wide(page)) == ([], False)
            picture(page, f"{name}-{size['width']}-{theme}")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # width and height


def test_a_caution_is_answered_where_it_stands_and_stays(
    treatment: TreatmentSession, sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in(treatment.practitioner.user)
    address = f"{live_server.url}/sessions/{treatment.pk}/"
    looked_at(page, address, "session-cautions")
    reason = page.get_by_label("Reason, one word is enough, Piriformis, right").first
    reason.fill("obese")
    reason.press("Enter")
    expect(page.locator("#rail-needle_length-piriformis-right .is-ok")).to_be_visible()
    page.get_by_label("Find a muscle").fill("trapezius lower")
    page.get_by_role("button", name="Left Trapezius, lower").click()
    expect(page.locator("#rail-bilateral_thorax")).to_be_visible()
    looked_at(page, f"{address}sign/", "session-cautions-review")
    assert list(treatment.caution_reasons.values_list("rule", "reason")) == [
        ("needle_length", "obese")
    ]


def test_the_bar_of_a_missing_needle_goes_when_the_numbers_are_equal(
    treatment: TreatmentSession, sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in(treatment.practitioner.user)
    page.goto(f"{live_server.url}/sessions/{treatment.pk}/")
    expect(page.locator("#needle-bar")).to_contain_text("1 needle not accounted for")
    page.get_by_role("button", name="All 2 out").click()
    expect(page.locator("#needle-bar")).to_have_text("")
    page.get_by_label("out entered by you").fill("1")
    expect(page.locator("#needle-bar")).to_contain_text("1 needle not accounted for")
    page.get_by_role("link", name="Say what was done").click()
    looked_at(page, page.url, "close-count")
    page.get_by_label("What was done").fill("Needle found on the couch.")
    page.get_by_role("button", name="Close with what was done").click()
    expect(page.locator("#needle-bar")).to_have_text("")


def test_the_start_page_offers_what_is_missing(
    sign_in: SignIn, live_server: LiveServer, transactional_db: Any
) -> None:
    factories.make_location()
    practitioner = factories.make_practitioner(needling_until=None)
    patient = factories.make_patient(family_name=LONG_NAME)
    factories.make_intake(patient, status=IntakeStatus.SUBMITTED)
    page = sign_in(practitioner.user)
    address = f"{live_server.url}/patients/{patient.pk}/ready/"
    looked_at(page, address, "session-missing")
    page.get_by_role("link", name="Review the intake").click()
    expect(page).to_have_url(f"{live_server.url}/intakes/{patient.intake_set.get().pk}/review/")
