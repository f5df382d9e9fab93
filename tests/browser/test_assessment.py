"""The form of an assessment in a real browser: hands, keys, a bad line."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.choices import Battery
from assessment.models import Assessment
from assessment.services import save_cells, sign_assessment
from tests import factories
from tests.assessment.conftest import c6_cells
from tests.browser.conftest import DESKTOP, PHONE, SignIn, faults, picture, too_wide
from tests.conftest import client_of

SAVED = re.compile(r"^Saved \d\d:\d\d$")
TABS = ("muscles", "strength", "reflexes", "sensation", "paraspinal", "skin", "motion", "tests")


@pytest.fixture
def draft(transactional_db: None) -> Assessment:
    return factories.make_assessment(battery=Battery.NECK_ARM)


@pytest.fixture
def form(sign_in: SignIn, live_server: LiveServer, draft: Assessment) -> Page:
    """The page of the draft, ready for the hands."""
    page = sign_in(draft.practitioner.user)
    page.goto(f"{live_server.url}/assessments/{draft.pk}/")
    return page


@pytest.fixture
def rough_form(page: Page, live_server: LiveServer, draft: Assessment) -> Page:
    """The same page where refused requests are expected, which the console reports."""
    cookie = client_of(draft.practitioner.user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/assessments/{draft.pk}/")
    return page


def grade(page: Page, place: str, words: str) -> Locator:
    group = page.get_by_role("group", name=place, exact=True)
    return group.get_by_role("button", name=words, exact=True)


def expect_saved(page: Page) -> None:
    expect(page.locator("#save-state [data-words]")).to_have_text(SAVED)


def values(draft: Assessment) -> dict[tuple[str, str], Decimal]:
    """What is stored, by site and side."""
    return {(row.site, row.side): row.value for row in draft.findings.all()}


def test_a_press_is_saved_and_the_same_press_clears(form: Page, draft: Assessment) -> None:
    grade(form, "Deltoid, tone, right", "2").click()
    expect_saved(form)
    assert values(draft) == {("deltoid", "right"): 2}
    shape = form.locator('#chart [data-muscle="deltoid"][data-side="right"]').first
    expect(shape).to_have_class(re.compile(r"\bg2\b"))
    row = form.locator('[data-panel=muscles] [data-site="deltoid"]')
    expect(row.get_by_text("left not tested")).to_have_count(1)
    grade(form, "Deltoid, tone, right", "2").click()
    expect(shape).to_have_class(re.compile(r"\bgx\b"))
    expect(row.get_by_text("left not tested")).to_have_count(0)
    assert values(draft) == {}


def test_the_ladder_and_the_alert_follow_the_findings(form: Page) -> None:
    form.locator("[data-tab=strength]").click()
    grade(form, "Pronator teres, strength, right", "4").click()
    grade(form, "Pronator teres, strength, left", "5").click()
    grade(form, "Extensor carpi radialis brevis, strength, right", "4").click()
    grade(form, "Extensor carpi radialis brevis, strength, left", "5").click()
    expect(form.locator("#ladder")).to_contain_text("C6 right:")
    expect(form.locator("#ladder [data-root=C6] .ims-why")).to_be_visible()
    form.locator("[data-tab=tests]").click()
    grade(form, "Hoffmann, upper motor neuron signs, left", "present").click()
    expect(form.locator("#alerts")).to_contain_text("Upper motor neuron sign on the left")


def test_pain_is_kept_while_there_is_weakness(form: Page, draft: Assessment) -> None:
    form.locator("[data-tab=strength]").click()
    grade(form, "Deltoid, strength, left", "4-").click()
    form.get_by_role("button", name="limited by pain Deltoid, strength, left").click()
    expect_saved(form)
    grade(form, "Deltoid, strength, left", "3").click()
    expect_saved(form)
    form.reload()
    row = draft.findings.get()
    assert (row.value, row.is_pain_inhibited) == (3, True)


def test_keys_grade_step_down_copy_and_clear(form: Page, draft: Assessment) -> None:
    grade(form, "Deltoid, tone, right", "0").focus()
    for key in ("3", "2"):
        form.keyboard.press(key)
    form.keyboard.press("ArrowUp")
    form.keyboard.press("ArrowUp")
    form.keyboard.press("x")
    form.keyboard.press("ArrowDown")
    focused = form.locator(":focus")
    expect(focused).to_have_attribute("value", re.compile(r"^tenderness\|deltoid\|right"))
    grade(form, "Deltoid, tenderness, left", "0").focus()
    form.keyboard.press("=")
    expect_saved(form)
    assert values(draft) == {("deltoid", "right"): 2, ("deltoid", "left"): 2}


def test_the_rest_of_a_group_is_filled_and_undone(form: Page, draft: Assessment) -> None:
    grade(form, "Brachioradialis, tone, right", "3").click()
    form.get_by_role("button", name="Rest of group normal Forearm").click()
    expect(form.get_by_text("31 filled: Muscles, Forearm as normal.")).to_be_visible()
    expect_saved(form)
    assert draft.findings.count() == 32
    assert values(draft)["brachioradialis", "right"] == 0  # its tenderness
    form.get_by_role("button", name="Undo").click()
    expect(form.locator("[data-tab=muscles] [data-tested]")).to_have_text("1")
    expect_saved(form)
    form.reload()
    assert values(draft) == {("brachioradialis", "right"): 3}


def test_typed_numbers_are_saved(form: Page, draft: Assessment) -> None:
    form.locator("[data-tab=skin]").click()
    field = form.get_by_label("Hand, skin temperature, right, °C")
    field.fill("31.5")
    field.press("Tab")
    expect_saved(form)
    assert values(draft) == {("hand", "right"): Decimal("31.5")}


def test_a_bad_line_loses_nothing_and_keeps_the_order(
    rough_form: Page, draft: Assessment, live_server: LiveServer
) -> None:
    address = f"{live_server.url}/assessments/{draft.pk}/findings/"
    rough_form.route(address, lambda route: route.fulfill(status=503, body="busy"))
    grade(rough_form, "Deltoid, tone, right", "1").click()
    expect(rough_form.locator("#save-state")).to_contain_text("Offline: 1 change waiting")
    grade(rough_form, "Deltoid, tone, left", "2").click()
    grade(rough_form, "Deltoid, tone, right", "4").click()
    expect(rough_form.locator("#save-state")).to_contain_text("Offline: 2 changes waiting")
    rough_form.unroute(address)
    expect_saved(rough_form)
    assert values(draft) == {("deltoid", "left"): 2, ("deltoid", "right"): 4}


def test_a_form_that_was_signed_elsewhere_says_so(rough_form: Page, draft: Assessment) -> None:
    save_cells(pk=draft.pk, cells=c6_cells())
    sign_assessment(assessment=draft, by=draft.practitioner.user)
    grade(rough_form, "Deltoid, tone, right", "1").click()
    expect(rough_form.locator("#save-trouble")).to_contain_text("This assessment is signed")
    expect(rough_form.locator("#save-state")).to_have_attribute("data-state", "conflict")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(
    form: Page, draft: Assessment, live_server: LiveServer, theme: str
) -> None:
    save_cells(pk=draft.pk, cells=c6_cells())
    again = factories.make_assessment(draft.patient, practitioner=draft.practitioner)
    base = live_server.url
    form.context.add_cookies([{"name": "theme", "value": theme, "url": base}])
    for size in (DESKTOP, PHONE):
        form.set_viewport_size(size)
        form.goto(f"{base}/assessments/{draft.pk}/")
        for tab in TABS:
            form.locator(f"[data-tab={tab}]").click()
            assert faults(form) == []
            assert not too_wide(form)
        if size == PHONE:
            for pane in ("picture", "result"):
                form.locator(f"[data-show={pane}]").click()
                assert faults(form) == []
        for path in ("sign/", "?layer=dermatomes"):
            form.goto(f"{base}/assessments/{draft.pk}/{path}")
            assert faults(form) == []
            assert not too_wide(form)
        form.goto(f"{base}/patients/{draft.patient_id}/assessments/new/")
        assert faults(form) == []
        form.goto(f"{base}/assessments/{again.pk}/sign/")
        assert faults(form) == []
    form.set_viewport_size(DESKTOP)
    form.goto(f"{base}/assessments/{draft.pk}/")
    picture(form, f"assessment-{theme}")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_signed_report_has_no_fault_either(
    form: Page, draft: Assessment, live_server: LiveServer, size: dict[str, int]
) -> None:
    save_cells(pk=draft.pk, cells=c6_cells())
    sign_assessment(assessment=draft, by=draft.practitioner.user)
    form.set_viewport_size(size)  # type: ignore[arg-type]
    form.goto(f"{live_server.url}/assessments/{draft.pk}/")
    assert faults(form) == []
    assert not too_wide(form)
