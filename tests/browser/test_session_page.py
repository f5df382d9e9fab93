"""The session in a browser: every tap is saved at once, and nothing is lost without a word."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from notifications.models import Message
from sessions.follow_up import send_check
from sessions.models import SorenessFollowUp, TreatmentSession
from tests import factories
from tests.browser.conftest import PHONE, SignIn, faults, picture, too_wide
from tests.sessions.conftest import finish, make_flagged_assessment, needle

TABLET = {"width": 820, "height": 1180}
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def treatment() -> TreatmentSession:
    factories.make_location()
    patient = factories.make_cleared_patient()
    assessment = make_flagged_assessment(patient)
    return factories.make_treatment(patient, assessment=assessment)


@pytest.fixture
def session_page(treatment: TreatmentSession, sign_in: SignIn, live_server: LiveServer) -> Page:
    """The open session on the screen of its physiotherapist."""
    page = sign_in(treatment.practitioner.user)
    page.goto(f"{live_server.url}/sessions/{treatment.pk}/")
    return page


def state_of(page: Page) -> object:
    return expect(page.locator("#session-state"))


def test_a_session_is_filled_in_by_taps_that_save_at_once(
    session_page: Page, treatment: TreatmentSession
) -> None:
    page = session_page
    page.get_by_role("group", name="Pain now").get_by_role("button", name="6", exact=True).click()
    expect(page.locator("#pain_before-form [aria-pressed=true]")).to_have_text("6")
    page.get_by_role("button", name="Add all 3").click()
    row = page.get_by_role("listitem").filter(has=page.get_by_text("Deltoid", exact=True))
    for _ in range(4):
        row.get_by_role("button", name="One more").click()
    row.get_by_role("button", name="strong").click()
    expect(row.locator(".twitch [aria-pressed=true]")).to_have_text("strong")
    expect(page.locator(".ims-count .n")).to_have_text("7")
    page.get_by_role("button", name="All 7 out").click()
    expect(page.get_by_text("All needles accounted for")).to_be_visible()
    treatment.refresh_from_db()
    assert (treatment.pain_before, treatment.needles_out) == (6, 7)
    first = treatment.muscles.get(muscle="deltoid")
    assert (first.insertions, first.twitch) == (5, "strong")


def test_typed_text_is_saved_before_the_page_is_left(
    session_page: Page, treatment: TreatmentSession
) -> None:
    page = session_page
    page.get_by_label("Plan").type("Come back in one week")
    page.get_by_role("link", name="Review and sign").click()
    page.wait_for_url("**/sign/")
    treatment.refresh_from_db()
    assert treatment.plan == "Come back in one week"


def test_a_tap_without_a_connection_says_so_and_is_saved_before_the_page_is_left(
    treatment: TreatmentSession, session_page: Page
) -> None:
    page = session_page.context.new_page()  # a refused request is an error line, and meant here
    page.goto(session_page.url)
    six = page.get_by_role("group", name="Pain now").get_by_role("button", name="6", exact=True)
    page.route("**/save/", lambda route: route.abort())
    six.click()
    state_of(page).to_contain_text("Offline: 1 change waiting")
    page.unroute("**/save/")
    page.get_by_role("link", name="Review and sign").click()
    page.wait_for_url("**/sign/")
    treatment.refresh_from_db()
    assert treatment.pain_before == 6


def test_a_muscle_is_found_by_typing_and_added_on_a_side(
    session_page: Page, treatment: TreatmentSession
) -> None:
    page = session_page
    page.get_by_label("Find a muscle").type("soleus")
    page.get_by_role("button", name="Left Soleus").click()
    expect(page.locator(".session-rows li")).to_have_count(1)
    assert list(treatment.muscles.values_list("muscle", "side")) == [("soleus", "left")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_accessible_at_every_width(
    session_page: Page, treatment: TreatmentSession, live_server: LiveServer, theme: str
) -> None:
    page = session_page
    needle(treatment, "rhomboid_major", note="Deep band")
    needle(treatment, "soleus", side="left", twitch="")
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    for path in ("", "sign/"):
        page.goto(f"{live_server.url}/sessions/{treatment.pk}/{path}")
        for size in (TABLET, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
            assert faults(page) == []
            assert not too_wide(page)
    picture(page, f"session-{theme}")


def test_the_check_works_at_320_pixels(quiet_page: Page, live_server: LiveServer) -> None:
    factories.make_location()
    treatment = finish(factories.make_treatment(), "rhomboid_major")
    send_check(SorenessFollowUp.objects.get(treatment=treatment, hours=24))
    page = quiet_page
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # width and height
    page.goto(Message.objects.get(address=treatment.patient.email).secret_link)
    page.get_by_role("button", name="Start").click()
    for name, value in (("Day", "17"), ("Month", "5"), ("Year", "1980")):
        page.get_by_label(name).fill(value)
    page.get_by_role("button", name="Continue").click()
    assert (faults(page), too_wide(page)) == ([], False)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    assert (faults(page), too_wide(page)) == ([], False)
    page.get_by_label("More short of breath than before").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Please act now")).to_be_visible()
    assert (faults(page), too_wide(page)) == ([], False)
    expect(page.get_by_role("link", name=re.compile("Call 911"))).to_be_visible()
