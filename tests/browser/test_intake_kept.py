"""Nothing typed on the patient's pages is lost: closed browser, killed server, no connection."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from intake.form_pages import form_pages
from intake.models import Intake, IntakeAnswer, IntakeDraft
from intake.services import answers_of, first_open_page, save_answers, send_intake
from notifications.models import Message
from tests import factories
from tests.browser import stations
from tests.browser.conftest import PHONE, faults, picture, too_wide
from tests.browser.real_server import free_port, real_server
from tests.intake.conftest import stored

WORSE = "[name=problem_worse]"
OFFLINE = "No connection. Your answers stay on this page; we keep trying."
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture
def intake(transactional_db: None) -> Intake:
    """Sent, and answered up to the page where the patient writes how it began."""
    patient = factories.make_patient()
    starts_at = timezone.now() + timedelta(days=2)
    appointment = factories.make_appointment(patient=patient, starts_at=starts_at)
    found = send_intake(appointment=appointment, patient=patient)
    before = [q.id for page in form_pages()[: story_number()] for q in page.questions]
    answers = {key: value for key, value in stored().items() if key in before}
    save_answers(found, answers)
    return found


def story_number() -> int:
    return [page.slug for page in form_pages()].index("story")


def come_by_link(context: BrowserContext, base: str) -> Page:
    """From the message to the first page that is not answered, on a phone."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(base + stations.path_of(Message.objects.get().secret_link))
    page.get_by_role("button", name="Start").click()
    stations.give_birth_date(page, Intake.objects.get().patient.born_on)
    expect(page.locator(WORSE)).to_be_visible()
    return page


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="en-CA")
    yield context
    context.close()


@pytest.fixture
def story(intake: Intake, phone: BrowserContext, live_server: LiveServer) -> Page:
    return come_by_link(phone, live_server.url)


def line(page: Page) -> Locator:
    return page.locator(".intake-saved")


def draft() -> IntakeDraft:
    return IntakeDraft.objects.get(page="story")


def held(page: Page, pattern: str) -> list[Route]:
    """Requests that wait on a slow line until the test lets them go."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(pattern, hold)
    return waiting


def test_a_closed_browser_finds_the_words_again(
    story: Page, phone: BrowserContext, browser: Browser, live_server: LiveServer
) -> None:
    story.locator(WORSE).type("Stairs & hills")
    expect(line(story)).to_have_text(SAVED)
    assert faults(story) == []
    kept = [cookie for cookie in phone.cookies() if cookie["name"].startswith("device-")]
    phone.close()
    reopened = browser.new_context(viewport=PHONE, storage_state={"cookies": kept})
    again = come_by_link(reopened, live_server.url)
    expect(again.locator(WORSE)).to_have_value("Stairs & hills")
    again.context.close()


def test_words_typed_at_the_last_moment_are_sent_when_the_page_goes(story: Page) -> None:
    story.locator(WORSE).type("Stairs")
    story.get_by_role("link", name="Back").click()
    expect(story.get_by_role("heading", level=1)).not_to_have_text("How did it begin?")
    story.go_back()
    expect(story.locator(WORSE)).to_have_value("Stairs")


def test_the_other_language_waits_for_the_words_typed_in_the_first(story: Page) -> None:
    heading, drafts = story.get_by_role("heading", level=1), "**/intake/story/draft/"
    held(story, drafts)
    story.locator(WORSE).type("Stairs")
    story.get_by_role("button", name="Français").click()
    story.wait_for_timeout(700)
    expect(heading).to_have_text("How did it begin?")
    story.unroute(drafts)  # which lets them go
    expect(heading).to_have_text("Comment cela a-t-il commencé?")
    expect(story.locator(WORSE)).to_have_value("Stairs")
    assert not too_wide(story)


def test_words_typed_before_the_script_arrives_are_kept_too(story: Page) -> None:
    on_its_way = held(story, "**/autosave*.js")
    story.goto(story.url, wait_until="commit")
    story.locator(WORSE).type("Stairs")
    on_its_way[0].continue_()
    expect(line(story)).to_have_text(SAVED)
    assert draft().data["problem_worse"] == ["Stairs"]


def test_without_a_connection_typing_and_continue_wait(story: Page) -> None:
    context = story.context
    story.locator("[name=problem_start]").fill("3 weeks ago")
    context.set_offline(True)
    story.locator(WORSE).type("Stairs")
    expect(line(story)).to_have_text(OFFLINE)
    story.get_by_role("button", name="Continue").click()
    expect(story.locator(WORSE)).to_have_value("Stairs")
    assert not too_wide(story)
    assert faults(story) == []
    picture(story, "intake-offline")
    context.set_offline(False)
    expect(story.get_by_role("heading", level=1)).to_have_text("How strong is it?")
    assert answers_of(Intake.objects.get())["problem_worse"].detail == "Stairs"
    assert draft().data == {}


def test_two_taps_back_and_forward_double_nothing(story: Page) -> None:
    story.locator("[name=problem_start]").fill("3 weeks ago")
    story.get_by_role("button", name="Continue").dblclick()
    expect(story.get_by_role("heading", level=1)).to_have_text("How strong is it?")
    story.go_back()
    expect(story.locator("[name=problem_start]")).to_have_value("3 weeks ago")
    story.go_forward()
    expect(story.get_by_role("heading", level=1)).to_have_text("How strong is it?")
    assert draft().version == 1
    story.go_back()
    story.get_by_role("button", name="Continue").click()
    expect(story.get_by_role("heading", level=1)).to_have_text("How strong is it?")
    found = first_open_page(answers_of(Intake.objects.get()))
    assert found is not None
    assert found.slug == "level"
    assert IntakeAnswer.objects.filter(question="problem_start").count() == 1


def test_a_tab_without_words_of_its_own_shows_those_of_the_other(story: Page) -> None:
    other = story.context.new_page()
    other.goto(story.url)
    other.locator(WORSE).type("Stairs")
    expect(line(other)).to_have_text(SAVED)
    story.evaluate("dispatchEvent(new Event('focus'))")
    expect(story.locator(WORSE)).to_have_value("Stairs")


def test_an_older_tab_never_replaces_silently_what_a_newer_one_saved(story: Page) -> None:
    other = story.context.new_page()
    other.goto(story.url)
    other.locator("[name=problem_start]").fill("3 weeks ago")
    other.get_by_role("button", name="Continue").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("How strong is it?")
    story.locator("[name=problem_start]").fill("in spring")
    expect(line(story)).to_contain_text("another tab")
    assert draft().data == {}
    story.get_by_role("button", name="Continue").click()
    expect(story.get_by_text("You saved this page in another tab")).to_be_visible()
    picture(story, "intake-two-tabs")
    assert faults(story) == []
    expect(story.locator("[name=problem_start]")).to_have_value("in spring")
    assert answers_of(Intake.objects.get())["problem_start"].detail == "3 weeks ago"
    story.get_by_role("button", name="Continue").click()
    expect(story.get_by_role("heading", level=1)).to_have_text("How strong is it?")
    assert answers_of(Intake.objects.get())["problem_start"].detail == "in spring"


def test_a_server_killed_between_two_keystrokes_loses_nothing(
    intake: Intake, phone: BrowserContext
) -> None:
    port = free_port()
    with real_server(port) as address:
        page = come_by_link(phone, address)
        page.locator("[name=problem_start]").fill("3 weeks ago")
        page.locator(WORSE).type("Stairs, ")
        expect(line(page)).to_have_text(SAVED)
    page.locator(WORSE).type("hills")
    expect(line(page)).to_have_text(OFFLINE)
    page.get_by_role("button", name="Continue").click()
    page.locator(WORSE).type(" and ladders")
    with real_server(port):
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("How strong is it?", timeout=30_000)
    assert answers_of(intake)["problem_worse"].detail == "Stairs, hills and ladders"
    assert IntakeAnswer.objects.filter(question="problem_worse").count() == 1
    assert draft().version == 1
