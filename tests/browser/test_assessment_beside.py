"""Today's ladder beside the last one, and a part of the page that is opened by its address."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.cells import Cell
from assessment.choices import Battery
from assessment.models import Assessment
from assessment.services import save_cells, sign_assessment
from clinical.vocabulary import Side
from tests import factories
from tests.assessment.conftest import c6_cells
from tests.browser.conftest import DESKTOP, PHONE, SignIn, faults, picture, too_wide
from tests.browser.test_assessment import expect_saved, grade

TABLET = {"width": 820, "height": 1100}
TOPS = """(id) => [...document.querySelectorAll(`#${id} [data-rung]:not([hidden])`)].map(
  (rung) => [rung.dataset.rung, Math.round(rung.getBoundingClientRect().top)])"""


@pytest.fixture
def again(transactional_db: None) -> Assessment:
    """A new draft after a signed one with a C6 pattern on the right."""
    first = factories.make_assessment(battery=Battery.NECK_ARM)
    save_cells(pk=first.pk, cells=c6_cells())
    sign_assessment(assessment=first, by=first.practitioner.user)
    draft = factories.make_assessment(first.patient, practitioner=first.practitioner)
    return save_cells(pk=draft.pk, cells=c6_cells()[:8])


@pytest.fixture
def form(sign_in: SignIn, live_server: LiveServer, again: Assessment) -> Page:
    page = sign_in(again.practitioner.user)
    page.goto(f"{live_server.url}/assessments/{again.pk}/")
    return page


@pytest.mark.parametrize(("size", "name"), [(DESKTOP, "laptop"), (TABLET, "tablet")])
def test_the_rungs_stand_beside_each_other(form: Page, size: dict[str, int], name: str) -> None:
    form.set_viewport_size(size)  # type: ignore[arg-type]
    if size == TABLET:
        form.locator("[data-show=result]").click()
        expect(form.locator("[data-beside]")).to_be_hidden()
    else:
        expect(form.locator("#last-ladder")).to_be_hidden()
        form.get_by_role("button", name="Beside the last").click()
    expect(form.locator("#last-ladder")).to_be_visible()
    assert form.evaluate(TOPS, "ladder") == form.evaluate(TOPS, "last-ladder")
    c6 = form.locator("#last-ladder [data-rung=C6]")
    expect(c6).to_have_attribute(
        "aria-label",
        "C6. Right: strong, weakness, palpation, sensation, reflex. Left: nothing found.",
    )
    expect(c6).to_contain_text("MPSR", ignore_case=False)
    assert faults(form) == []
    assert not too_wide(form)
    picture(form, f"beside-{name}")


def test_a_root_found_only_now_has_its_rung_in_both(form: Page) -> None:
    form.get_by_role("button", name="Beside the last").click()
    expect(form.locator("#last-ladder [data-rung=T4]")).to_be_hidden()
    form.locator("[data-tab=paraspinal]").click()
    names = form.locator("#last-ladder [data-rung]:not([hidden])")
    before = names.count()
    grade(form, "C6, tenderness beside the spine, left, last time 0", "3").click()
    expect_saved(form)
    assert names.count() >= before
    assert form.evaluate(TOPS, "ladder") == form.evaluate(TOPS, "last-ladder")


def test_on_a_phone_one_follows_the_other(form: Page) -> None:
    form.set_viewport_size(PHONE)  # type: ignore[arg-type]
    form.locator("[data-show=result]").click()
    form.get_by_role("button", name="Beside the last").click()
    now, last = (form.locator(f"#{one}").bounding_box() for one in ("ladder", "last-ladder"))
    assert now is not None
    assert last is not None
    assert last["y"] >= now["y"] + now["height"]
    assert faults(form) == []
    assert not too_wide(form)
    picture(form, "beside-phone")


def test_the_signed_report_has_both_ladders_and_what_changed(
    form: Page, again: Assessment, live_server: LiveServer
) -> None:
    save_cells(pk=again.pk, cells=[Cell("tenderness", "deltoid", Side.LEFT, Decimal(2))])
    sign_assessment(assessment=again, by=again.practitioner.user)
    form.goto(f"{live_server.url}/assessments/{again.pk}/")
    form.get_by_role("button", name="Beside the last").click()
    assert form.evaluate(TOPS, "ladder") == form.evaluate(TOPS, "last-ladder")
    form.get_by_text("Not tested last time: 1").click()
    expect(form.get_by_text("Deltoid (tenderness).")).to_be_visible()
    expect(form.get_by_text(re.compile("Tested last time, not this time: [1-9]"))).to_be_visible()
    assert faults(form) == []
    picture(form, "beside-signed")
    form.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert not too_wide(form)


@pytest.mark.parametrize(
    ("address", "pane"), [("ladder", "result"), ("picture", "picture"), ("tab-tests", "grades")]
)
def test_a_part_is_opened_by_its_address(form: Page, address: str, pane: str) -> None:
    form.set_viewport_size(PHONE)  # type: ignore[arg-type]
    form.goto(f"{form.url}#{address}")
    form.reload()
    expect(form.locator(f"[data-show={pane}]")).to_have_attribute("aria-current", "true")
    place = form.locator(f"#{address}")
    expect(place).to_be_in_viewport()
    banner = form.locator(".ims-banner").bounding_box()
    box = place.bounding_box()
    assert banner is not None
    assert box is not None
    assert box["y"] >= banner["y"] + banner["height"] - 1
    if pane == "grades":
        tab = form.locator("[data-tab=tests]")
        expect(tab).to_have_attribute("aria-current", "true")
        expect(tab).to_be_in_viewport(ratio=0.9)
