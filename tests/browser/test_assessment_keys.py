"""The form of an assessment by keyboard only, and beside the time before."""

import re

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.choices import Battery
from assessment.models import Assessment
from assessment.services import save_cells, sign_assessment
from tests import factories
from tests.assessment.conftest import c6_cells
from tests.browser.conftest import SignIn, faults, too_wide
from tests.browser.test_assessment import draft, expect_saved, form, grade, values

__all__ = ["draft", "form"]

MOVING = ("Tab", "Shift+Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight")


class Hands:
    """Presses keys and counts those that do more than move."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.count += key not in MOVING
            self.page.keyboard.press(key)

    def move_to(self, place: str) -> None:
        """Down the column of the focused cell, with a bound."""
        here = self.page.locator(":focus")
        for _ in range(120):
            if (here.get_attribute("value") or "").startswith(f"{place}|"):
                return
            self.press("ArrowDown")
        raise AssertionError(f"{place} is not below")


def test_sixty_cells_with_twelve_abnormal_in_twenty_keys(form: Page, draft: Assessment) -> None:
    abnormal = ("supraspinatus", "infraspinatus", "deltoid", "triceps_brachii")
    abnormal += ("brachioradialis", "pronator_teres")
    hands = Hands(form)
    for side in ("right", "left"):
        grade(form, f"Sternocleidomastoid, tone, {side}", "0").focus()
        for muscle in abnormal:
            hands.move_to(f"muscle_tone|{muscle}|{side}")
            hands.press("3" if side == "right" else "1")
    grade(form, "Sternocleidomastoid, tone, right", "0").focus()
    hands.press("n")
    for first in ("biceps_brachii", "brachioradialis"):
        hands.move_to(f"muscle_tone|{first}|right")
        hands.press("n")
    expect_saved(form)
    assert hands.count <= 20
    expect(form.locator("[data-tab=muscles] [data-tested]")).to_have_text("76")
    expect_saved(form)
    found = draft.findings.all()
    assert found.count() == 76
    assert sorted(row.value for row in found if row.value) == [1] * 6 + [3] * 6
    assert {row.side for row in found if row.value == 3} == {"right"}


def test_each_step_is_undone_and_a_filling_as_a_whole(form: Page, draft: Assessment) -> None:
    deltoid = grade(form, "Deltoid, tone, right", "2")
    deltoid.focus()
    form.keyboard.press("2")
    form.keyboard.press("ArrowUp")
    form.keyboard.press("4")
    grade(form, "Brachioradialis, tone, right", "0").focus()
    form.keyboard.press("n")
    expect(form.locator("[data-tab=muscles] [data-tested]")).to_have_text("33")
    form.keyboard.press("Control+z")
    expect(form.locator("[data-tab=muscles] [data-tested]")).to_have_text("1")
    expect(grade(form, "Deltoid, tone, right", "4")).to_have_attribute("aria-pressed", "true")
    form.keyboard.press("Control+z")
    expect(deltoid).to_have_attribute("aria-pressed", "true")
    expect(deltoid).to_be_focused()
    form.keyboard.press("Control+z")
    form.keyboard.press("Control+z")
    expect_saved(form)
    form.reload()
    assert values(draft) == {}


def test_space_opens_more_of_a_muscle(form: Page, draft: Assessment) -> None:
    grade(form, "Sternocleidomastoid, tone, left", "0").focus()
    form.keyboard.press("Space")
    grade(form, "Sternocleidomastoid, familiar pain, left", "yes").focus()
    form.keyboard.press("1")
    expect_saved(form)
    form.reload()
    row = draft.findings.get()
    assert (row.sign, row.site, row.side, row.value) == (
        "familiar_pain",
        "sternocleidomastoid",
        "left",
        1,
    )
    expect(grade(form, "Sternocleidomastoid, familiar pain, left", "yes")).to_be_visible()
    expect(grade(form, "Splenius capitis, familiar pain, left", "yes")).to_be_hidden()


def test_the_form_beside_the_time_before(
    sign_in: SignIn, live_server: LiveServer, draft: Assessment
) -> None:
    save_cells(pk=draft.pk, cells=c6_cells())
    sign_assessment(assessment=draft, by=draft.practitioner.user)
    again = factories.make_assessment(
        draft.patient, practitioner=draft.practitioner, battery=Battery.NECK_ARM
    )
    page = sign_in(draft.practitioner.user)
    page.goto(f"{live_server.url}/assessments/{again.pk}/")
    expect(page.locator("#ladder")).to_contain_text("was strong")
    grade(page, "Brachioradialis, tone, right, last time 3", "0").focus()
    page.keyboard.press(".")
    page.keyboard.press("ArrowUp")
    cell = page.locator('[data-cell="muscle_tone|brachioradialis|right"]')
    arrow = page.locator(".as-side").filter(has=cell).locator("[data-arrow]")
    expect(arrow).to_have_text("=")
    page.keyboard.press("1")
    expect(arrow).to_have_text("↓")
    grade(page, "Deltoid, tone, right", "0").click()
    grade(page, "Supraspinatus, tone, right", "2").click()
    expect_saved(page)
    page.get_by_role("button", name=re.compile("Only changed since")).click()
    shown = page.locator("[data-panel=muscles] .as-row:visible")
    expect(shown).to_have_count(1)
    page.get_by_role("button", name="Only abnormal").click()
    expect(shown).to_have_count(2)
    assert faults(page) == []
    assert not too_wide(page)
    page.locator("[data-tab=reflexes]").click()
    expect(page.get_by_text("No row to show here.").locator("visible=true")).to_have_count(1)
    page.goto(f"{live_server.url}/assessments/{again.pk}/sign/")
    expect(page.get_by_text("We tested 1 spot again.")).to_be_visible()


def test_a_range_of_motion_is_typed_and_says_the_difference(form: Page, draft: Assessment) -> None:
    form.locator("[data-tab=motion]").click()
    right = form.get_by_label("Neck rotation, range, right, °")
    right.focus()
    form.keyboard.type("70")
    form.keyboard.press("Tab")
    form.keyboard.type("55")
    form.keyboard.press("ArrowDown")
    row = form.locator('[data-panel=motion] [data-site="neck_rotation"]')
    expect(row).to_contain_text("15 ° less on the left")
    expect_saved(form)
    form.reload()
    assert values(draft) == {("neck_rotation", "right"): 70, ("neck_rotation", "left"): 55}
    form.locator("[data-tab=motion]").click()
    expect(row).to_contain_text("15 ° less on the left")
