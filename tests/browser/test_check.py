"""The check after a session on a phone: few taps, nothing lost, and an emergency comes first."""

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from notifications.models import Message
from people.models import Patient
from sessions.follow_up import answers_of, send_check
from sessions.models import Alert, CheckDraft, SorenessFollowUp
from tests import factories
from tests.browser.conftest import PHONE, SignIn, faults, picture, too_wide
from tests.browser.stations import give_birth_date, path_of
from tests.browser.test_intake_pages import HEAVIEST, weight_of
from tests.sessions.conftest import finish

NARROW: ViewportSize = {"width": 320, "height": 640}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
SCORES = ("soreness_now", "soreness_worst", "main_pain_now", "function_change")
MUSCLES = ("rhomboid_major", "trapezius_lower", "infraspinatus")
MOST_TAPS = 6


def sent(*muscles: str, hours: int = 24) -> SorenessFollowUp:
    """A check of a signed session, on its way to the patient."""
    factories.make_location()
    treatment = finish(factories.make_treatment(), *(muscles or MUSCLES))
    return send_check(SorenessFollowUp.objects.get(treatment=treatment, hours=hours))


def open_check(page: Page, base: str, patient: Patient) -> None:
    """From the link in the mailbox to the questions."""
    page.goto(base + path_of(Message.objects.filter(address=patient.email)[0].secret_link))
    page.get_by_role("button", name="Start").click()
    assert patient.born_on is not None
    give_birth_date(page, patient.born_on)
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()


class Taps:
    """Taps a control and counts it."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"label:has(input[name='{name}'][value='{value}'])").tap()
        self.count += 1

    def send(self) -> None:
        self.page.get_by_role("button", name="Send", exact=True).tap()
        self.count += 1


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "has_touch": True}


@pytest.mark.parametrize(("hours", "most"), [(24, MOST_TAPS), (48, MOST_TAPS), (4, 2)])
def test_a_patient_without_trouble_needs_six_taps(
    quiet_page: Page,
    live_server: LiveServer,
    capsys: pytest.CaptureFixture[str],
    hours: int,
    most: int,
) -> None:
    check = sent(hours=hours)
    quiet_page.set_viewport_size(PHONE)
    open_check(quiet_page, live_server.url, check.treatment.patient)
    picture(quiet_page, f"check-{hours}")
    taps = Taps(quiet_page)
    for name in SCORES if hours > 4 else ():
        taps.choose(name, "10" if name == "function_change" else "1")
    taps.choose("unusual", "none")
    picture(quiet_page, f"check-{hours}-answered")
    taps.send()
    expect(quiet_page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    picture(quiet_page, f"check-{hours}-done")
    with capsys.disabled():
        print(f"\n  taps of the {hours} hour check: {taps.count}", end="")
    assert taps.count <= most
    assert Alert.objects.count() == 0


def test_the_page_is_light_and_looks_right_at_every_width(
    quiet_page: Page, live_server: LiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    check = sent()
    open_check(quiet_page, live_server.url, check.treatment.patient)
    weight = weight_of(quiet_page, f"{live_server.url}/check/")
    with capsys.disabled():
        print(f"\n  first load of the check: {weight / 1024:.1f} KB", end="")
    assert weight <= HEAVIEST
    for size in (NARROW, PHONE, DESKTOP):
        quiet_page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        quiet_page.goto(f"{live_server.url}/check/")
        quiet_page.locator("label:has([name=soreness_now][value='4'])").tap()
        for summary in quiet_page.locator("summary").all():
            summary.tap()
        quiet_page.locator("label:has([value=short_breath])").tap()
        assert (faults(quiet_page), too_wide(quiet_page)) == ([], False)
        picture(quiet_page, f"check-open-{size['width']}")


def test_what_is_tapped_comes_back_after_a_reload(
    quiet_page: Page, live_server: LiveServer
) -> None:
    check = sent()
    open_check(quiet_page, live_server.url, check.treatment.patient)
    quiet_page.locator("label:has([name=soreness_now][value='4'])").tap()
    quiet_page.locator("label:has([name=places][value=ubackR])").first.tap()
    with quiet_page.expect_response(lambda answer: "Slept" in (answer.request.post_data or "")):
        quiet_page.get_by_label("Anything else").fill("Slept well")
    expect(quiet_page.locator(".intake-saved")).to_contain_text("Saved")
    quiet_page.reload()
    expect(quiet_page.locator("[name=soreness_now][value='4']")).to_be_checked()
    expect(quiet_page.locator("[name=places][value=ubackR]")).to_be_checked()
    expect(quiet_page.get_by_label("Anything else")).to_have_value("Slept well")
    assert answers_of(check) == {}
    for name in SCORES[1:]:
        quiet_page.locator(f"label:has([name={name}][value='5'])").tap()
    quiet_page.locator("label:has([name=unusual][value=none])").tap()
    quiet_page.get_by_role("button", name="Send", exact=True).tap()
    expect(quiet_page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert answers_of(check)["soreness_sites"] == "ubackR"
    assert CheckDraft.objects.count() == 0


def test_a_tap_on_the_figure_over_the_lung_says_at_once_what_to_do(
    quiet_page: Page, live_server: LiveServer
) -> None:
    check = sent("deltoid")
    quiet_page.set_viewport_size(NARROW)
    open_check(quiet_page, live_server.url, check.treatment.patient)
    quiet_page.locator("label:has([name=soreness_now][value='4'])").tap()
    quiet_page.get_by_text("Sore in another place").tap()
    quiet_page.locator("[name=places][value=shldrR]").first.wait_for(state="attached")
    box = quiet_page.locator("[name=places][value=chestL]").get_attribute("id")
    quiet_page.locator(f"svg label[for='{box}']").first.tap()
    told = quiet_page.locator(".check-sore .check-now")
    expect(told).to_contain_text("New pain over the chest after needling")
    told.get_by_role("button", name="Tell my physiotherapist now").tap()
    expect(quiet_page.get_by_role("heading", level=1)).to_have_text("Please act now")
    assert Alert.objects.get().urgency == "emergency"


def test_without_a_script_the_page_works_and_says_at_once_what_to_do(
    browser: Browser, live_server: LiveServer
) -> None:
    check = sent()
    context = browser.new_context(java_script_enabled=False, viewport=NARROW, locale="en-CA")
    page = context.new_page()
    open_check(page, live_server.url, check.treatment.patient)
    page.get_by_label("More short of breath than before").check(force=True)
    expect(page.locator(".check-now:visible")).to_contain_text("New shortness of breath")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please act now")
    assert Alert.objects.get().urgency == "emergency"
    context.close()


def test_from_the_mailbox_to_the_closed_alert(sign_in: SignIn, live_server: LiveServer) -> None:
    check, base = sent(), live_server.url
    practitioner = check.treatment.practitioner.user
    page = sign_in(practitioner)
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    open_check(page, base, check.treatment.patient)
    page.locator("label:has([value=chest_pain])").tap()
    told = page.locator(".check-now:visible")
    expect(told).to_contain_text("Do not wait for an answer from the clinic.")
    picture(page, "check-now")
    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please act now")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("This may be a collapsed lung.")
    expect(page.get_by_role("link", name=re.compile("Call 911"))).to_be_visible()
    assert Message.objects.filter(address=practitioner.email).count() == 1

    page = sign_in(practitioner)
    page.goto(f"{base}/inbox/")
    page.get_by_role("link", name="Open alert").first.click()
    expect(page.get_by_text("Alert physio and clinic lead at once")).to_be_visible()
    picture(page, "check-alert")
    page.get_by_label("Write it down to close the alert").fill("Phoned: at the emergency now.")
    page.get_by_role("button", name="Close alert").click()
    page.wait_for_url(f"{base}/inbox/")
    assert Alert.objects.get().action_taken == "Phoned: at the emergency now."
