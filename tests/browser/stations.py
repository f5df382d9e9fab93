"""What people do at each station, as acts on the page; used by the test of the whole way."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from intake.form_pages import form_pages
from intake.questions import Kind, Question
from tests.browser.conftest import faults, picture, too_wide

PICTURED = ("contact", "area", "level", "heart-lungs")  # one page of each look


def fill_in_intake(page: Page, *, flagged: dict[str, str]) -> None:
    """Answer every page of the form; ``flagged`` names the health checks answered with yes."""
    for asked in form_pages():
        expect(page.get_by_role("heading", level=1)).to_have_text(asked.title)
        for question in asked.questions:
            answer_question(page, question, flagged)
        if asked.slug in PICTURED:
            assert faults(page) == []
            assert not too_wide(page)
            picture(page, f"intake-{asked.slug}")
        page.get_by_role("button", name="Continue").click()


def answer_question(page: Page, question: Question, flagged: dict[str, str]) -> None:
    """One question in the way its kind is asked."""
    name = question.id
    match question.kind:
        case Kind.YES_NO:
            value = "yes" if name in flagged else "no"
            check(page, name, value)
            if value == "yes" and flagged[name]:
                page.locator(f"[name='{name}-detail']").fill(flagged[name])
        case Kind.NPRS:
            check(page, name, "6")
        case Kind.ONE:
            check(page, name, question.options[0].value)
        case Kind.MANY:
            check(page, name, question.options[0].value)
        case Kind.ZONES:
            check(page, name, "shldrR")
        case _ if question.is_needed:
            page.locator(f"[name='{name}']").fill(f"Answer to {name}")


def check(page: Page, name: str, value: str) -> None:
    """Tap the tick or the number that belongs to a value."""
    page.locator(f"input[name='{name}'][value='{value}']").check(force=True)


def give_birth_date(page: Page, born_on: date) -> None:
    page.get_by_label("Day").fill(f"{born_on.day}")
    page.get_by_label("Month").fill(f"{born_on.month}")
    page.get_by_label("Year").fill(f"{born_on.year}")
    page.get_by_role("button", name="Continue").click()


def sign_consent(page: Page, name: str) -> None:
    for box in page.locator("input[type=checkbox]").all():
        box.check(force=True)
    page.get_by_label("Type your full name to sign").fill(name)
    page.get_by_role("button", name="Sign and send").click()


def path_of(address: str) -> str:
    """An address without its host."""
    return re.sub(r"^https?://[^/]+", "", address)
