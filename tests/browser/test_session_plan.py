"""What goes home with the patient, in a browser: taps that save at once, and none that is lost."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from scheduling.models import Appointment
from sessions.library import add_starters
from sessions.models import TreatmentSession
from tests import factories
from tests.browser.conftest import PHONE, SignIn, faults, picture, too_wide
from tests.sessions.conftest import needle

TABLET = {"width": 820, "height": 1180}
LONG = "Right shoulder and outer upper arm pain, worse at night, since"


@pytest.fixture
def treatment() -> TreatmentSession:
    factories.make_location()
    practitioner = factories.make_practitioner()
    factories.make_availability(practitioner)
    factories.make_type()
    add_starters(by=practitioner.user)
    treatment = factories.make_treatment(practitioner=practitioner, site=LONG)
    needle(treatment, "infraspinatus", segment="C5")
    return treatment


@pytest.fixture
def session_page(treatment: TreatmentSession, sign_in: SignIn, live_server: LiveServer) -> Page:
    page = sign_in(treatment.practitioner.user)
    page.goto(f"{live_server.url}/sessions/{treatment.pk}/")
    return page


def test_advice_exercises_and_course_are_written_by_taps(
    session_page: Page, treatment: TreatmentSession
) -> None:
    page = session_page
    page.get_by_role("button", name="Standard advice: all told").click()
    expect(page.locator(".session-told [aria-pressed=true]")).to_have_count(4)
    page.get_by_role("button", name="Arm across the chest").click()
    expect(page.locator("ol.session-programme li")).to_have_count(1)
    page.get_by_label("Find an exercise").type("calf")
    page.get_by_role("button", name="Add Calf stretch at the wall").click()
    expect(page.locator("ol.session-programme li")).to_have_count(2)
    page.locator("ol.session-programme li").nth(1).get_by_label("Repeats").fill("5")
    page.get_by_role("button", name="Start a course").click()
    page.get_by_label("Sessions proposed").fill("8")
    expect(page.locator("#session-course")).to_contain_text("Session 1 of 8")
    page.get_by_role("button", name="Move up Calf stretch at the wall").click()
    rows = page.locator("ol.session-programme li b")
    expect(rows).to_have_text(["Calf stretch at the wall", "Arm across the chest"])
    assert [row.repetitions for row in treatment.home_exercises.all()] == [5, 3]


def test_a_removed_exercise_comes_back_by_undo(
    session_page: Page, treatment: TreatmentSession
) -> None:
    page = session_page
    page.get_by_role("button", name="Arm across the chest").click()
    page.get_by_role("button", name="Remove Arm across the chest").click()
    expect(page.locator("ol.session-programme li")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("ol.session-programme li")).to_have_count(1)


def test_the_next_visit_takes_two_taps_and_an_undo(
    session_page: Page, treatment: TreatmentSession
) -> None:
    page = session_page
    page.locator("#session-next label").nth(1).click()
    page.get_by_role("button", name="Book the next visit").click()
    expect(page.locator("#session-next")).to_contain_text(str(treatment.practitioner))
    assert Appointment.objects.active().get().patient == treatment.patient
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Book the next visit")).to_be_visible()
    assert not Appointment.objects.active().exists()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_parts_are_accessible_at_every_width(
    session_page: Page, treatment: TreatmentSession, live_server: LiveServer, theme: str
) -> None:
    page = session_page
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    page.get_by_role("button", name="Arm across the chest").click()
    page.get_by_role("button", name="Start a course").click()
    expect(page.get_by_label("Sessions proposed")).to_be_visible()
    paths = (f"/sessions/{treatment.pk}/", f"/sessions/{treatment.pk}/sign/", "/exercises/")
    for path in (*paths, "/exercises/new/", f"/patients/{treatment.patient_id}/"):
        page.goto(f"{live_server.url}{path}")
        name = "-".join(re.findall(r"[a-z]+", path))
        for size in (TABLET, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
            assert faults(page) == []
            assert not too_wide(page)
        picture(page, f"plan-{name}-{theme}")
