"""What comes after the needles, in a browser: the re-test by taps, adverse events by a form."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.models import Finding
from sessions.models import TreatmentSession
from tests import factories
from tests.browser.conftest import DESKTOP, SignIn, faults, picture, too_wide
from tests.sessions.conftest import make_flagged_assessment, needle
from tests.sessions.test_adverse import happen

SLIM = {"width": 360, "height": 800}
LONG_NAME = "Maximiliane-Alexandra"


@pytest.fixture
def treatment() -> TreatmentSession:
    """Three needled muscles, one without a root, after an assessment with a range."""
    factories.make_location()
    patient = factories.make_cleared_patient(given_name=LONG_NAME, family_name="W" * 38)
    assessment = make_flagged_assessment(patient, is_signed=False)
    for side, value in (("right", 50), ("left", 70)):
        Finding.objects.create(
            assessment=assessment, sign="joint_range", site="neck_rotation", side=side, value=value
        )
    treatment = factories.make_treatment(patient, assessment=assessment)
    needle(treatment, "deltoid", segment="C5")
    needle(treatment, "extensor_carpi_radialis_longus", segment="C6", side="left")
    needle(treatment, "soleus")
    return treatment


@pytest.fixture
def session_page(treatment: TreatmentSession, sign_in: SignIn, live_server: LiveServer) -> Page:
    page = sign_in(treatment.practitioner.user)
    page.goto(f"{live_server.url}/sessions/{treatment.pk}/")
    return page


def tap(page: Page, group: str, grade: str) -> None:
    place = page.get_by_role("group", name=group, exact=True)
    place.get_by_role("button", name=grade, exact=True).click()
    expect(place.locator("[aria-pressed=true]")).to_have_text("–" if "not" in grade else grade)


def test_the_retest_is_filled_in_by_taps_and_says_what_changed(
    session_page: Page, treatment: TreatmentSession
) -> None:
    page = session_page
    tap(page, "Deltoid, right, tone after", "1")
    tap(page, "Infraspinatus, right, tone after", "2")
    tap(page, "Soleus, right, tone before", "3")
    tap(page, "Soleus, right, tone after", "3")
    words = page.locator("#retest-words")
    expect(words).to_have_text("Needled: 1 of 2 softer. Not needled, same root C5: 0 of 1 softer.")
    page.get_by_label("Neck rotation, right, range after").fill("65")
    expect(words).to_contain_text("Range: 1 of 1 further.")
    tap(page, "Deltoid, right, tone after", "not tested")
    expect(words).to_contain_text("Needled: 0 of 1 softer.")
    assert treatment.retests.count() == 3


def test_the_retest_is_accessible_at_every_width(
    session_page: Page, treatment: TreatmentSession, live_server: LiveServer
) -> None:
    page = session_page
    tap(page, "Deltoid, right, tone after", "1")
    tap(page, "Infraspinatus, right, tenderness after", "4")
    for path in ("", "sign/"):
        page.goto(f"{live_server.url}/sessions/{treatment.pk}/{path}")
        for size in (DESKTOP, SLIM):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
            assert faults(page) == []
            assert not too_wide(page)
            picture(page, f"after-{path.strip('/')}-{size['width']}")


def test_none_is_one_tap_and_a_serious_event_shows_the_steps(
    session_page: Page, treatment: TreatmentSession
) -> None:
    page = session_page
    page.get_by_role("button", name="None", exact=True).click()
    expect(page.get_by_role("button", name="None", exact=True, pressed=True)).to_be_visible()
    page.get_by_role("link", name="Collapsed lung suspected").click()
    expect(page.get_by_role("heading", name="First: what to do now")).to_be_visible()
    page.get_by_label("Serious").check()
    page.get_by_label("Muscle and side").select_option("Deltoid, right")
    page.get_by_label("What was done").fill("Sent to emergency by ambulance.")
    page.get_by_label("Referred").check()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Record event").click()
    expect(page.get_by_role("heading", name="First: what to do now")).to_be_visible()
    treatment.refresh_from_db()
    assert treatment.adverse_answer == "some"


def test_the_pages_of_an_adverse_event_are_accessible_at_every_width(
    session_page: Page, treatment: TreatmentSession, live_server: LiveServer
) -> None:
    page = session_page
    event = happen(
        treatment, "other", words="W" * 60, grade="serious", muscle="deltoid", side="left"
    )
    new = f"/sessions/{treatment.pk}/adverse/new/"
    for name, path in (
        ("event", f"/adverse/{event.pk}/"),
        ("new", f"{new}?kind=bruise"),
        ("session", f"/sessions/{treatment.pk}/"),
        ("inbox", "/inbox/"),
    ):
        page.goto(f"{live_server.url}{path}")
        if name == "new":
            page.get_by_role("button", name="Record event").click()
        for size in (DESKTOP, SLIM):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
            assert (name, faults(page)) == (name, [])
            assert not too_wide(page)
            picture(page, f"adverse-{name}-{size['width']}")
