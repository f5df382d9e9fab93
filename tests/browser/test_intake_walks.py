"""The whole form on a phone, from the link to the thanks: both languages, with script and without.

The walks with script look at every page they pass: empty, refused and filled in.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.consent_text import statements_shown
from intake.form_pages import form_pages, questions_by_id
from intake.models import Consent, Intake
from intake.questions import TICKED
from intake.questions import Page as FormPage
from intake.services import send_intake
from notifications.models import Message
from tests.browser import stations
from tests.browser.conftest import DESKTOP, faults, picture, too_wide
from tests.factories import make_appointment, make_location, make_patient

SMALL: Any = {"width": 320, "height": 640}
LONG = "Clinic of Physiotherapy and Intramuscular Stimulation, Harbour"
NAME = "Bartholomew-Maximilian Featherstonehaugh-Cholmondeley-Windsor"
FLAGGED = {"pregnancy": "9", "anticoagulant": "warfarin"}
MOST_TAPS = 60


@pytest.fixture
def intake(transactional_db: None) -> Intake:
    make_location(name=LONG)
    patient = make_patient(given_name=NAME.split()[0], family_name=NAME.split()[1])
    starts_at = timezone.now() + timedelta(days=2)
    return send_intake(
        appointment=make_appointment(patient=patient, starts_at=starts_at), patient=patient
    )


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language of the page, and of the words the test looks for."""
    with translation.override(request.param):
        yield request.param


def on_a_phone(browser: Browser, *, script: bool) -> tuple[BrowserContext, Page]:
    context = browser.new_context(java_script_enabled=script, viewport=SMALL, locale="en-CA")
    page = context.new_page()
    page.set_default_timeout(15_000)
    return context, page


def heading_is(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with the page at the smallest phone, and in English also at a desk."""
    language, found = translation.get_language(), []
    for size in (SMALL, DESKTOP) if language == "en" else (SMALL,):
        page.set_viewport_size(size)
        where = f"{language}-{name}-{size['width']}"
        found += [f"{where}: {fault}" for fault in faults(page)]
        if too_wide(page):
            found.append(f"{where}: scrolls sideways")
        picture(page, f"walk-{where}")
    page.set_viewport_size(SMALL)
    return found


def walk_in(page: Page, intake: Intake, base: str) -> list[str]:
    """From the link to the first page of questions; a wrong date on the way."""
    address = stations.path_of(Message.objects.get().secret_link)
    page.goto(f"{base}{address}?language={translation.get_language()}")
    found = looked_at(page, "start")
    stations.press(page, "Start")
    found += looked_at(page, "birth-date")
    stations.press(page, "Continue")
    found += looked_at(page, "birth-date-refused")
    assert intake.patient.born_on is not None
    stations.give_birth_date(page, intake.patient.born_on)
    return found


def look_at_page(page: Page, asked: FormPage) -> list[str]:
    """A page as it came and as it is refused, and then answered."""
    found = looked_at(page, f"{asked.slug}-empty")
    with page.expect_navigation():
        stations.press(page, "Continue")
    if page.locator(".ims-errors").count():
        found += looked_at(page, f"{asked.slug}-refused")
    else:
        page.go_back()
    stations.answer_page(page, asked, FLAGGED)
    return found + looked_at(page, f"{asked.slug}-filled")


def sign(page: Page) -> list[str]:
    """The consent: empty, refused, drawn and sent."""
    found = looked_at(page, "consent")
    stations.press(page, "Sign and send")
    found += looked_at(page, "consent-refused")
    stations.draw(page)
    stations.sign_consent(page, NAME)
    heading_is(page, gettext("Thank you. Your form is sent."))
    return found + looked_at(page, "done")


def test_every_page_of_the_way_is_accessible_and_fits(
    browser: Browser, live_server: LiveServer, intake: Intake, language: str
) -> None:
    context, page = on_a_phone(browser, script=True)
    found = walk_in(page, intake, live_server.url)
    for asked in form_pages():
        heading_is(page, asked.title)
        found += look_at_page(page, asked)
        stations.press(page, "Continue")
    heading_is(page, gettext("Check your answers"))
    found += looked_at(page, "check")
    page.get_by_role("link", name=gettext("Continue"), exact=True).click()
    found += sign(page)
    context.close()
    assert found == []
    is_kept(intake, language, strokes=2)
    answers = {answer.question: answer for answer in intake.answers.all()}
    assert [answers[key].value for key in FLAGGED] == ["yes", "yes"]
    assert answers["anticoagulant"].facts == {"drug": "warfarin"}


def test_a_healthy_patient_needs_few_taps_and_no_script(
    browser: Browser, live_server: LiveServer, intake: Intake, language: str
) -> None:
    context, page = on_a_phone(browser, script=False)
    address = stations.path_of(Message.objects.get().secret_link)
    page.goto(f"{live_server.url}{address}?language={language}")
    stations.press(page, "Start")
    assert intake.patient.born_on is not None
    stations.give_birth_date(page, intake.patient.born_on)
    taps = sum(answer_without_script(page, asked) for asked in form_pages())
    heading_is(page, gettext("Check your answers"))
    page.get_by_role("link", name=gettext("Continue"), exact=True).click()
    stations.sign_consent(page, NAME)
    heading_is(page, gettext("Thank you. Your form is sent."))
    context.close()
    is_kept(intake, language, strokes=0)
    assert taps + intake.answers.filter(value=TICKED).count() <= MOST_TAPS


def answer_without_script(page: Page, asked: FormPage) -> int:
    """Answer a page and go on; how many taps and boxes that took."""
    heading_is(page, asked.title)
    stations.answer_page(page, asked, {})
    ticked = page.locator("main input:is([type=radio],[type=checkbox]):checked").count()
    chosen_before = page.locator(".intake-check [type=radio]:checked").count()
    boxes = [one for one in asked.questions if one.is_open and one.is_needed]
    stations.press(page, "Continue")
    return ticked - chosen_before + len(boxes) + 1


def is_kept(intake: Intake, language: str, *, strokes: int) -> None:
    """The answers and the consent, in the words of the language they were given in."""
    intake.refresh_from_db()
    assert intake.submitted_at is not None
    assert (intake.language, intake.patient.language) == (language, language)
    asked = {key: question.wording for key, question in questions_by_id().items()}
    assert dict(intake.answers.values_list("question", "wording")) == asked
    consent = Consent.objects.get(intake=intake)
    assert (consent.language, consent.signed_name) == (language, NAME)
    assert (consent.statements, len(consent.signature)) == (statements_shown(), strokes)
    mail = Message.objects.filter(secret_link__contains="/c/").latest("pk")
    assert mail.subject == gettext("Your form at {clinic}").format(clinic=LONG)
