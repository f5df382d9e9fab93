"""A session by touch, every tap counted, and the same rows by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.models import Assessment, PlannedMuscle
from intake.models import Intake
from people.models import Patient, Practitioner
from sessions.models import TreatmentSession
from tests import factories
from tests.browser.conftest import SignIn, faults, picture, too_wide
from tests.sessions.conftest import finish, needle

TWELVE = (
    "deltoid biceps_brachii brachialis triceps_brachii brachioradialis anconeus "
    "extensor_carpi_radialis_longus extensor_carpi_radialis_brevis supinator pronator_teres "
    "extensor_digitorum flexor_carpi_radialis"
).split()
MOST_TAPS, MOST_TAPS_REPEATED = 30, 8


class Finger:
    """Taps as a finger does, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, place: Locator) -> None:
        place.tap()
        self.taps += 1

    def choose(self, place: Locator, value: str) -> None:
        """A list takes two taps: one opens it, one chooses."""
        place.select_option(value)
        self.taps += 2

    def press(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def score(self, group: str, number: int) -> None:
        place = self.page.get_by_role("group", name=group)
        self.tap(place.get_by_role("button", name=str(number), exact=True))


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "has_touch": True}


@pytest.fixture
def patient(transactional_db: None) -> Patient:
    factories.make_location()
    return factories.make_cleared_patient(family_name="Featherstonehaugh-Cholmondeley" * 2)


@pytest.fixture
def practitioner(transactional_db: None) -> Practitioner:
    return factories.make_practitioner()


def plan(patient: Patient) -> Assessment:
    """A signed assessment with twelve planned muscles."""
    assessment = factories.make_assessment(patient)
    for muscle in TWELVE:
        PlannedMuscle.objects.create(assessment=assessment, muscle=muscle, side="right", root="C6")
    assessment.signed_at = timezone.now()
    assessment.save()
    return assessment


def begin(page: Page, server: LiveServer, patient: Patient) -> Finger:
    """On the patient's page with one tap the session starts."""
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto(f"{server.url}/patients/{patient.pk}/")
    finger = Finger(page)
    finger.press("Start treatment session")
    page.wait_for_url("**/sessions/*/")
    return finger


def end(finger: Finger, needles: int) -> None:
    """Pain after, needles out, review, sign."""
    finger.score("Pain after", 3)
    finger.press(f"All {needles} out")
    expect(finger.page.get_by_text("All needles accounted for")).to_be_visible()
    finger.tap(finger.page.get_by_role("link", name="Review and sign"))
    finger.page.wait_for_url("**/sign/")
    finger.press("No adverse event: sign session")
    expect(finger.page.get_by_text("The session is signed.")).to_be_visible()


def test_twelve_muscles_from_start_to_signed_in_thirty_taps(
    patient: Patient, practitioner: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    plan(patient)
    page = sign_in(practitioner.user)
    finger = begin(page, live_server, patient)
    finger.score("Pain now", 6)
    finger.press("Add all 12")
    rows = page.locator(".session-rows > li")
    expect(rows).to_have_count(12)
    for number in range(12):
        twitch = "strong" if number % 2 else "none"
        finger.tap(rows.nth(number).get_by_role("button", name=twitch, exact=True))
    for number in range(4):
        finger.tap(rows.nth(number).get_by_role("button", name="One more"))
    finger.choose(rows.nth(0).get_by_label("Needle, Deltoid, right"), "0.30x50")
    expect(page.locator(".ims-count .n")).to_have_text("16")
    assert (faults(page), too_wide(page)) == ([], False)
    picture(page, "session-twelve")
    end(finger, 16)
    print(f"\ntwelve muscles, start to signed: {finger.taps} taps")
    assert finger.taps <= MOST_TAPS
    signed = TreatmentSession.objects.get()
    assert (signed.is_signed, signed.muscles.exclude(twitch="").count()) == (True, 12)


def test_a_session_repeated_unchanged_takes_eight_taps(
    patient: Patient, practitioner: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    week_ago = timezone.now() - timedelta(days=7)
    last = factories.make_treatment(patient, practitioner=practitioner, started_at=week_ago)
    for muscle in TWELVE[:11]:
        needle(last, muscle, insertions=2, segment="C6")
    finish(last, TWELVE[11])
    factories.make_rescreening(Intake.objects.get(patient=patient))
    page = sign_in(practitioner.user)
    finger = begin(page, live_server, patient)
    finger.score("Pain now", 4)
    finger.tap(page.get_by_role("button", name="Repeat last session"))
    expect(page.locator(".session-rows > li")).to_have_count(12)
    finger.tap(page.get_by_role("button", name="open twitches: not noted"))
    end(finger, 23)
    print(f"\nlast session repeated unchanged: {finger.taps} taps")
    assert finger.taps <= MOST_TAPS_REPEATED
    again = TreatmentSession.objects.exclude(pk=last.pk).get()
    kept = ("muscle", "side", "segment", "needle_gauge_mm", "needle_length_mm", "insertions")
    assert list(again.muscles.values(*kept)) == list(last.muscles.values(*kept))


def test_the_rows_by_keyboard(
    patient: Patient, practitioner: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    treatment = factories.make_treatment(patient, practitioner=practitioner)
    for muscle in ("deltoid", "soleus"):
        needle(treatment, muscle, twitch="")
    page = sign_in(practitioner.user)
    page.goto(f"{live_server.url}/sessions/{treatment.pk}/")
    for key, row in (("j", "Deltoid"), ("j", "Soleus"), ("k", "Deltoid")):
        page.keyboard.press(key)
        expect(page.locator(".session-row:focus .who b")).to_have_text(row)
    page.keyboard.press("s")
    pressed = page.locator("#session-rows li:nth-child(1) .twitch [aria-pressed=true]")
    expect(pressed).to_have_text("strong")
    page.keyboard.press("+")
    expect(page.locator(".ims-count .n")).to_have_text("3")
    page.keyboard.press("b")
    expect(page.locator(".session-rows > li")).to_have_count(3)
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.locator(".session-row:focus .ims-side")).to_have_text("L left")
    with page.expect_response("**/save/"):
        page.get_by_label("Changed since the last visit").press_sequentially("slower + nb")
    treatment.refresh_from_db()
    expect(page.locator(".ims-count .n")).to_have_text("4")
    assert treatment.changes_since == "slower + nb"
    found = treatment.muscles.values_list("muscle", "side", "twitch", "insertions")
    assert sorted(found) == [
        ("deltoid", "left", "", 1),
        ("deltoid", "right", "strong", 2),
        ("soleus", "left", "", 1),
    ]


def test_a_muscle_tapped_on_the_chart_comes_in_on_that_side(
    patient: Patient, practitioner: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    treatment = factories.make_treatment(patient, practitioner=practitioner)
    page = sign_in(practitioner.user)
    page.goto(f"{live_server.url}/sessions/{treatment.pk}/")
    page.get_by_text("Body chart: tap a muscle").click()
    shape = page.locator("#back-surface-infraspinatus-left")
    shape.click()
    expect(page.locator("[data-view=back].is-close")).to_be_visible()
    shape.click()
    expect(page.locator(".session-row .who")).to_have_text("L left Infraspinatus")
    expect(shape).to_have_class("m g4")
    page.get_by_role("button", name="Whole body").click()
    page.get_by_role("link", name="Deep", exact=True).click()
    page.locator("#front-deep-psoas-major-right").click()
    page.locator("#front-deep-psoas-major-right").click()
    expect(page.locator(".session-rows > li")).to_have_count(2)
    assert (faults(page), too_wide(page)) == ([], False)
    picture(page, "session-chart")
    assert list(treatment.muscles.values_list("muscle", "side")) == [
        ("infraspinatus", "left"),
        ("psoas_major", "right"),
    ]
