"""Every tap of a session arrives once: over cuts, reloads, a killed server, a lost sign-in."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.needling import add_muscle, change_muscle, save_details
from tests import factories
from tests.browser.conftest import faults
from tests.browser.outbox_records import records, wait_for_records
from tests.browser.real_server import free_port, real_server
from tests.browser.test_session_page import treatment
from tests.conftest import client_of
from tests.sessions.conftest import finish

__all__ = ["treatment"]

POSTS = "**/{sessions,needled}/**"


def sign_in_here(page: Page, address: str, user: User) -> None:
    """This user's sign-in in this browser, without a page."""
    cookie = client_of(user).cookies["sessionid"].value
    signed_in = [{"name": "sessionid", "value": cookie, "url": address}]
    page.context.add_cookies(signed_in)  # type: ignore[arg-type]  # a plain cookie


@pytest.fixture
def session_page(page: Page, live_server: LiveServer, treatment: TreatmentSession) -> Page:
    """The open session; refused requests are expected here."""
    page.set_default_timeout(10_000)
    sign_in_here(page, live_server.url, treatment.practitioner.user)
    page.goto(f"{live_server.url}/sessions/{treatment.pk}/")
    return page


@pytest.fixture
def deltoid(treatment: TreatmentSession) -> NeedledMuscle:
    return add_muscle(treatment=treatment, muscle="deltoid", side="right", segment="C5")


@pytest.fixture
def cut_off(deltoid: NeedledMuscle, session_page: Page) -> Page:
    """The session with five changes that could not be sent."""
    session_page.reload()
    session_page.context.route(POSTS, cut_saves)
    pain(session_page, "6").click()
    row = row_of(session_page, deltoid)
    row.get_by_role("button", name="One more").click()
    row.get_by_role("button", name="One more").click()
    row.get_by_role("button", name="strong").click()
    session_page.get_by_label("Plan").fill("Come back in one week")
    expect_state(session_page, "Offline: 5 changes waiting")
    wait_for_records(session_page, 5)
    return session_page


def is_save(route: Route) -> bool:
    return route.request.method == "POST"


def cut_saves(route: Route) -> None:
    if is_save(route):
        route.abort()
    else:
        route.continue_()


def connect(page: Page) -> None:
    page.context.unroute(POSTS)
    page.evaluate("dispatchEvent(new Event('online'))")


def pain(page: Page, number: str) -> Locator:
    group = page.get_by_role("group", name="Pain now")
    return group.get_by_role("button", name=number, exact=True)


def row_of(page: Page, row: NeedledMuscle) -> Locator:
    return page.locator(f"#row-{row.pk}")


def expect_state(page: Page, words: str, timeout: float = 15_000) -> None:
    expect(page.locator("#session-state")).to_contain_text(words, timeout=timeout)


def expect_all_arrived(treatment: TreatmentSession, deltoid: NeedledMuscle) -> None:
    treatment.refresh_from_db()
    deltoid.refresh_from_db()
    assert (treatment.pain_before, treatment.plan) == (6, "Come back in one week")
    assert (deltoid.insertions, deltoid.twitch) == (3, "strong")


def test_a_reload_shows_what_waits_and_sends_it_once(
    cut_off: Page, treatment: TreatmentSession, deltoid: NeedledMuscle
) -> None:
    cut_off.reload()
    expect_state(cut_off, "Offline: 5 changes waiting")
    row = row_of(cut_off, deltoid)
    expect(cut_off.locator("#pain_before-form [aria-pressed=true]")).to_have_text("6")
    expect(row.locator("output")).to_have_text("3")
    expect(row.locator(".twitch [aria-pressed=true]")).to_have_text("strong")
    expect(cut_off.get_by_label("Plan")).to_have_value("Come back in one week")
    assert faults(cut_off) == []
    connect(cut_off)
    expect_state(cut_off, "Saved")
    wait_for_records(cut_off, 0)
    expect_all_arrived(treatment, deltoid)


def test_what_is_kept_cannot_be_read_on_the_device_nor_by_a_colleague(
    cut_off: Page, treatment: TreatmentSession, live_server: LiveServer, deltoid: NeedledMuscle
) -> None:
    kept = "".join(records(cut_off)).lower()
    assert [word for word in ("pain", "twitch", "strong", "deltoid", "week") if word in kept] == []
    sign_in_here(cut_off, live_server.url, factories.make_practitioner().user)
    connect(cut_off)
    expect_state(cut_off, "Signed out: 5 changes waiting")
    cut_off.reload()
    assert cut_off.evaluate("outboxOfPage().all()") == []
    treatment.refresh_from_db()
    assert (treatment.pain_before, treatment.saved_changes.count()) == (None, 0)
    sign_in_here(cut_off, live_server.url, treatment.practitioner.user)
    cut_off.reload()
    expect_state(cut_off, "Saved")
    wait_for_records(cut_off, 0)
    expect_all_arrived(treatment, deltoid)


def test_an_expired_sign_in_keeps_the_queue_until_signed_in_again(
    session_page: Page, treatment: TreatmentSession, live_server: LiveServer
) -> None:
    session_page.context.clear_cookies(name="sessionid")
    pain(session_page, "6").click()
    pain(session_page, "7").click()
    expect_state(session_page, "Signed out: 2 changes waiting.")
    again = session_page.get_by_role("link", name="Sign in again")
    expect(again).to_have_attribute("href", f"/account/sign-in/?next=/sessions/{treatment.pk}/")
    sign_in_here(session_page, live_server.url, treatment.practitioner.user)
    expect_state(session_page, "Saved")
    treatment.refresh_from_db()
    assert (treatment.pain_before, treatment.saved_changes.count()) == (7, 2)


def test_two_tabs_show_both_values_and_one_is_chosen(
    session_page: Page, treatment: TreatmentSession
) -> None:
    save_details(treatment=treatment, pain_before=4)
    pain(session_page, "6").click()
    box = session_page.get_by_role("alert", name="Changed by somebody else")
    expect(box).to_contain_text("Pain now, 0 to 10")
    expect_state(session_page, "Conflict: 1 to choose")
    assert faults(session_page) == []
    session_page.reload()  # not decided: asked again
    box.get_by_role("button", name="Take the other: 4").click()
    expect(session_page.locator("#pain_before-form [aria-pressed=true]")).to_have_text("4")
    expect(box).to_be_hidden()
    expect_state(session_page, "Saved")
    save_details(treatment=treatment, plan="Theirs")
    session_page.get_by_label("Plan").fill("Mine")
    box.get_by_role("button", name="Keep mine: Mine").click()
    wait_for_records(session_page, 0)
    treatment.refresh_from_db()
    assert (treatment.pain_before, treatment.plan) == (4, "Mine")


def test_a_twitch_of_another_tab_is_not_overwritten_unseen(
    deltoid: NeedledMuscle, session_page: Page
) -> None:
    session_page.reload()
    change_muscle(row=deltoid, twitch="weak")
    row_of(session_page, deltoid).get_by_role("button", name="strong").click()
    box = session_page.get_by_role("alert", name="Changed by somebody else")
    expect(box).to_contain_text("Twitch, Deltoid, right")
    expect(box.get_by_role("button", name="Take the other: weak")).to_be_visible()
    row_of(session_page, deltoid).get_by_role("button", name="none").click()
    expect(box).to_be_hidden()
    wait_for_records(session_page, 0)
    deltoid.refresh_from_db()
    assert deltoid.twitch == "none"


def test_what_came_too_late_for_the_signature_is_shown_in_words(
    cut_off: Page, treatment: TreatmentSession, deltoid: NeedledMuscle
) -> None:
    change_muscle(row=deltoid, twitch="none")
    finish(treatment, "soleus")
    connect(cut_off)
    late = cut_off.get_by_role("alert", name="Changes that were not saved").get_by_role("listitem")
    expect(late).to_have_text(
        [
            "Pain now, 0 to 10: 6",
            "Insertions, Deltoid, right: One more",
            "Insertions, Deltoid, right: One more",
            "Twitch, Deltoid, right: strong",
            "Plan: Come back in one week",
        ]
    )
    assert faults(cut_off) == []
    cut_off.get_by_role("button", name="I have read this").click()
    wait_for_records(cut_off, 0)
    deltoid.refresh_from_db()
    assert (deltoid.insertions, deltoid.twitch) == (1, "none")


def test_a_server_that_is_killed_and_starts_again_gets_every_tap_once(
    page: Page, treatment: TreatmentSession, deltoid: NeedledMuscle
) -> None:
    port = free_port()
    more = row_of(page, deltoid).get_by_role("button", name="One more")
    with real_server(port) as address:
        sign_in_here(page, address, treatment.practitioner.user)
        page.goto(f"{address}/sessions/{treatment.pk}/")
        for _ in range(3):
            more.click()
    for _ in range(2):
        more.click()
    pain(page, "5").click()
    expect(page.locator("#session-state")).to_contain_text("Offline:")
    with real_server(port):
        expect_state(page, "Saved", timeout=30_000)
    deltoid.refresh_from_db()
    treatment.refresh_from_db()
    assert (deltoid.insertions, treatment.pain_before) == (6, 5)
