"""What people do at each station, as acts on the page in the language that is active."""

import re
from datetime import date

from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from intake.form_pages import form_pages
from intake.questions import Kind, Question
from intake.questions import Page as FormPage
from tests.browser.conftest import faults, is_phone, picture, too_wide

PICTURED = ("contact", "area", "level", "heart-lungs")  # one page of each look


def fill_in_intake(page: Page, *, flagged: dict[str, str]) -> None:
    """Answer every page of the form; ``flagged`` names the health checks answered with yes."""
    for asked in form_pages():
        expect(page.get_by_role("heading", level=1)).to_have_text(asked.title)
        answer_page(page, asked, flagged)
        if asked.slug in PICTURED:
            assert faults(page) == []
            assert not too_wide(page)
            if is_phone(page):
                picture(page, f"intake-{asked.slug}")
        press(page, "Continue")


def press(page: Page, words: str) -> None:
    """Press a button by its English words."""
    page.get_by_role("button", name=gettext(words), exact=True).click()


def answer_page(page: Page, asked: FormPage, flagged: dict[str, str]) -> None:
    """Everything one page asks."""
    for question in asked.questions:
        if question.kind is not Kind.CHECK:
            answer_question(page, question)
        elif question.id in flagged:
            tick_with_words(page, question.id, flagged[question.id])
    for group in asked.groups:
        if not any(one.id in flagged for one in asked.questions if one.group == group.id):
            page.locator(f"input[name='none-{group.id}']").check(force=True)


def tick_with_words(page: Page, name: str, words: str) -> None:
    """Tick a health check, and write into the first box that opens below it."""
    page.locator(f"input[name='{name}']").check(force=True)
    if words:
        page.locator(f"[name^='{name}-'][type=text]").first.fill(words)


def answer_question(page: Page, question: Question) -> None:
    """One question in the way its kind is asked."""
    name = question.id
    match question.kind:
        case Kind.ZONES:
            tap_place(page, question, "shldrR")
            check(page, f"{name}-shldrR", "sharp")
        case Kind.ONE | Kind.MANY:
            check(page, name, question.options[0].value)
        case Kind.YES_NO:
            check(page, name, "no")
        case Kind.NPRS:
            check(page, name, "6")
        case _ if question.is_needed:
            page.locator(f"[name='{name}']").fill(f"Answer to {name}")


def tap_place(page: Page, question: Question, zone: str) -> None:
    """Tap a place of the pain drawing."""
    number = [option.value for option in question.options].index(zone)
    page.locator(f"svg label[for='id_{question.id}_{number}']").first.click()


def check(page: Page, name: str, value: str) -> None:
    """Tap the tick or the number that belongs to a value."""
    page.locator(f"input[name='{name}'][value='{value}']").check(force=True)


def give_birth_date(page: Page, born_on: date) -> None:
    page.get_by_label(gettext("Day")).fill(f"{born_on.day}")
    page.get_by_label(gettext("Month")).fill(f"{born_on.month}")
    page.get_by_label(gettext("Year")).fill(f"{born_on.year}")
    press(page, "Continue")


def sign_consent(page: Page, name: str) -> None:
    for box in page.locator("input[type=checkbox]").all():
        box.check(force=True)
    check(page, "chaperone", "not_wanted")
    page.locator("[name=signed_name]").fill(name)
    press(page, "Sign and send")


def draw(page: Page, number: int = 0) -> None:
    """Two strokes with the mouse on the given pad."""
    pad = page.locator("canvas").nth(number)
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for begin, end in ((0.1, 0.5), (0.5, 0.9)):
        page.mouse.move(box["x"] + box["width"] * begin, box["y"] + box["height"] * 0.7)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * end, box["y"] + box["height"] * 0.3, steps=6)
        page.mouse.up()


def path_of(address: str) -> str:
    """An address without its host."""
    return re.sub(r"^https?://[^/]+", "", address)
