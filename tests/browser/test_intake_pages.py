"""The pages of the patient's form on a phone: their weight, the pain drawing, the check page."""

import gzip
from datetime import timedelta
from urllib.parse import urlparse

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from intake.form_pages import form_pages, questions_by_id
from intake.models import Intake
from intake.services import send_intake
from notifications.models import Message
from tests.browser import stations
from tests.factories import make_appointment, make_patient

SMALL = {"width": 320, "height": 640}
HEAVIEST = 60 * 1024
SMALLEST_TARGET = 44
CARRIED = ("document", "stylesheet", "script")


@pytest.fixture
def intake(transactional_db: None) -> Intake:
    patient = make_patient()
    starts_at = timezone.now() + timedelta(days=2)
    return send_intake(
        appointment=make_appointment(patient=patient, starts_at=starts_at), patient=patient
    )


def enter(page: Page, live_server: LiveServer, intake: Intake) -> None:
    """From the link to the first page of questions."""
    page.goto(live_server.url + stations.path_of(Message.objects.get().secret_link))
    page.get_by_role("button", name="Start").click()
    born_on = intake.patient.born_on
    assert born_on is not None
    stations.give_birth_date(page, born_on)
    expect(page.get_by_role("heading", level=1)).to_have_text(form_pages()[0].title)


def weight_of(page: Page, address: str) -> int:
    """What the first load of an address carries, compressed."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    page.goto(address)
    page.remove_listener("request", note)
    carried = {one.url for one in asked if one.resource_type in CARRIED}
    return sum(len(gzip.compress(page.request.get(one).body())) for one in carried)


def test_no_page_weighs_more_than_a_slow_phone_takes(
    quiet_page: Page, live_server: LiveServer, intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(quiet_page, live_server, intake)
    weights = {}
    for slug in [page.slug for page in form_pages()]:
        weights[slug] = weight_of(quiet_page, f"{live_server.url}/intake/{slug}/")
    with capsys.disabled():
        for slug, weight in weights.items():
            print(f"\n  first load of {slug}: {weight / 1024:.1f} KB", end="")
    assert {slug: weight for slug, weight in weights.items() if weight > HEAVIEST} == {}


def test_a_tap_on_the_figure_ticks_the_place_of_the_list(
    quiet_page: Page, live_server: LiveServer, intake: Intake
) -> None:
    quiet_page.set_viewport_size(SMALL)  # type: ignore[arg-type]  # a TypedDict of the same keys
    enter(quiet_page, live_server, intake)
    quiet_page.goto(f"{live_server.url}/intake/area/")
    targets = quiet_page.locator("svg foreignObject").all()
    sizes = [box for target in targets if (box := target.bounding_box())]
    assert len(sizes) == len(targets) > 0
    assert [s for s in sizes if min(s["width"], s["height"]) < SMALLEST_TARGET - 0.5] == []
    question = questions_by_id()["chief_area"]
    for view, is_left in (("front", True), ("back", False)):
        figure = quiet_page.locator("figure").nth(0 if view == "front" else 1)
        number = [option.value for option in question.options].index("shldrR")
        label = figure.locator(f"label[for='id_chief_area_{number}']").bounding_box()
        whole = figure.locator("svg").bounding_box()
        assert label is not None
        assert whole is not None
        assert (label["x"] + label["width"] / 2 < whole["x"] + whole["width"] / 2) is is_left
    assert not quiet_page.locator("fieldset.shldrR").is_visible()
    stations.tap_place(quiet_page, question, "shldrR")
    assert quiet_page.locator("fieldset.shldrR").is_visible()
    assert not quiet_page.locator("fieldset.shldrL").is_visible()
    quiet_page.get_by_text("Choose from a list").click()
    assert quiet_page.get_by_role("checkbox", name="Shoulder, right").is_checked()


def test_a_change_leads_back_to_the_check_page(
    quiet_page: Page, live_server: LiveServer, intake: Intake
) -> None:
    enter(quiet_page, live_server, intake)
    stations.fill_in_intake(quiet_page, flagged={})
    quiet_page.get_by_role("link", name="Change How strong is it?").click()
    assert urlparse(quiet_page.url).path == "/intake/level/"
    stations.check(quiet_page, "pain_now", "9")
    quiet_page.get_by_role("button", name="Continue").click()
    expect(quiet_page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(quiet_page.get_by_text("9 of 10")).to_be_visible()
    expect(quiet_page.get_by_text("Shoulder, right: sharp")).to_be_visible()
