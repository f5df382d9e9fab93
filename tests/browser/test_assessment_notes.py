"""Notes on muscles in a real browser: typed, saved by themselves, kept from being overwritten."""

from playwright.sync_api import Locator, Page, expect

from assessment.models import Assessment
from assessment.notes import Note, notes_of
from assessment.services import save_cells
from clinical.vocabulary import Side
from tests.browser.conftest import faults, picture
from tests.browser.test_assessment import draft, expect_saved, form, grade, rough_form

__all__ = ["draft", "form", "rough_form"]


def texts(draft: Assessment) -> dict[tuple[str, str], str]:
    return {place: row.text for place, row in notes_of(draft).items()}


def field(page: Page, side: str) -> Locator:
    row = page.locator('[data-panel=muscles] [data-site="deltoid"]')
    return row.get_by_label(f"Note, {side} Deltoid")


def test_a_note_is_typed_by_keys_and_saved_by_itself(form: Page, draft: Assessment) -> None:
    grade(form, "Deltoid, tone, left", "0").focus()
    form.keyboard.press("m")
    expect(field(form, "left")).to_be_focused()
    form.keyboard.type("Hard = band | 2 fingers")
    expect_saved(form)
    expect(field(form, "left")).to_be_focused()
    assert texts(draft) == {("deltoid", "left"): "Hard = band | 2 fingers"}
    form.reload()
    expect(field(form, "left")).to_have_value("Hard = band | 2 fingers")
    assert faults(form) == []
    picture(form, "note")
    field(form, "left").fill("")
    field(form, "left").blur()
    expect_saved(form)
    assert texts(draft) == {}


def test_two_who_note_see_both_texts_and_choose(rough_form: Page, draft: Assessment) -> None:
    save_cells(pk=draft.pk, cells=[], notes=[Note("deltoid", Side.RIGHT, "Their 2 words")])
    row = rough_form.locator('[data-panel=muscles] [data-site="deltoid"]')
    row.get_by_role("button", name="more of Deltoid").click()
    field(rough_form, "right").fill("Mine")
    box = rough_form.locator("#conflicts")
    expect(box).to_contain_text("Deltoid, note, right")
    expect(box.get_by_role("button", name="Keep mine: “Mine”")).to_be_visible()
    box.get_by_role("button", name="“Their 2 words”").click()
    expect_saved(rough_form)
    expect(field(rough_form, "right")).to_have_value("Their 2 words")
    assert texts(draft) == {("deltoid", "right"): "Their 2 words"}


def test_a_note_typed_without_a_line_waits_and_is_kept(rough_form: Page, draft: Assessment) -> None:
    row = rough_form.locator('[data-panel=muscles] [data-site="deltoid"]')
    row.get_by_role("button", name="more of Deltoid").click()
    rough_form.context.set_offline(True)
    field(rough_form, "left").fill("Kept")
    expect(rough_form.locator("#save-state")).to_contain_text("Offline: 1 change waiting")
    rough_form.context.set_offline(False)
    expect_saved(rough_form)
    assert texts(draft) == {("deltoid", "left"): "Kept"}
