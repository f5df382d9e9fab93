"""Nothing that was acknowledged is lost, and nobody overwrites anybody unseen."""

import re
from decimal import Decimal

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.cells import Cell
from assessment.models import Assessment
from assessment.services import save_cells
from clinical.vocabulary import Side
from tests.browser.conftest import faults
from tests.browser.real_server import free_port, real_server
from tests.browser.test_assessment import SAVED, draft, expect_saved, grade, rough_form, values
from tests.conftest import client_of

__all__ = ["draft", "rough_form"]


def test_two_people_see_both_values_and_choose(rough_form: Page, draft: Assessment) -> None:
    theirs = Cell("muscle_tone", "deltoid", Side.RIGHT, Decimal(1))
    save_cells(pk=draft.pk, cells=[theirs])
    grade(rough_form, "Deltoid, tone, right", "3").click()
    grade(rough_form, "Deltoid, tone, left", "2").click()
    box = rough_form.locator("#conflicts")
    expect(box).to_contain_text("Deltoid, tone, right")
    expect(rough_form.locator("#save-state")).to_contain_text("Conflict: 1 to choose")
    assert faults(rough_form) == []
    expect(box.get_by_role("button", name="Keep mine: 3")).to_be_visible()
    assert values(draft)["deltoid", "right"] == 1
    box.get_by_role("button", name="Keep mine: 3").click()
    expect_saved(rough_form)
    expect(box).to_be_hidden()
    rough_form.reload()
    assert values(draft) == {("deltoid", "right"): 3, ("deltoid", "left"): 2}


def test_the_other_value_may_be_taken(rough_form: Page, draft: Assessment) -> None:
    theirs = Cell("muscle_tone", "deltoid", Side.RIGHT, Decimal(1))
    save_cells(pk=draft.pk, cells=[theirs])
    grade(rough_form, "Deltoid, tone, right", "3").click()
    rough_form.get_by_role("button", name=re.compile(r"Take the other of \d\d:\d\d: 1")).click()
    expect_saved(rough_form)
    pressed = grade(rough_form, "Deltoid, tone, right", "1")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    assert values(draft) == {("deltoid", "right"): 1}


def test_an_answer_that_was_lost_is_no_conflict(
    rough_form: Page, draft: Assessment, live_server: LiveServer
) -> None:
    address = f"{live_server.url}/assessments/{draft.pk}/findings/"

    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    rough_form.route(address, lambda route: route.fulfill(status=503, body="busy"))
    rough_form.route(address, lose, times=1)
    grade(rough_form, "Deltoid, tone, right", "3").click()
    expect(rough_form.locator("#save-state")).to_contain_text("Offline: 1 change waiting")
    assert values(draft) == {("deltoid", "right"): 3}
    grade(rough_form, "Deltoid, tone, right", "2").click()
    rough_form.unroute(address)
    expect_saved(rough_form)
    expect(rough_form.locator("#conflicts")).to_be_hidden()
    assert values(draft) == {("deltoid", "right"): 2}


def test_an_expired_sign_in_keeps_the_queue_and_offers_to_sign_in(
    rough_form: Page, draft: Assessment, live_server: LiveServer
) -> None:
    grade(rough_form, "Deltoid, tone, left", "1").click()
    expect_saved(rough_form)
    rough_form.context.clear_cookies(name="sessionid")
    grade(rough_form, "Deltoid, tone, right", "3").click()
    expect(rough_form.locator("#save-state")).to_contain_text("Signed out: 1 change waiting.")
    expect(rough_form.get_by_role("link", name="Sign in again")).to_be_visible()
    assert values(draft) == {("deltoid", "left"): 1}
    cookie = client_of(draft.practitioner.user).cookies["sessionid"].value
    signed_in = [{"name": "sessionid", "value": cookie, "url": live_server.url}]
    rough_form.context.add_cookies(signed_in)  # type: ignore[arg-type]
    expect_saved(rough_form)
    assert values(draft) == {("deltoid", "left"): 1, ("deltoid", "right"): 3}


def test_two_tabs_of_one_person_do_not_overwrite_each_other(
    rough_form: Page, draft: Assessment
) -> None:
    other = rough_form.context.new_page()
    other.goto(rough_form.url)
    grade(other, "Deltoid, tone, right", "4").click()
    expect_saved(other)
    rough_form.get_by_role("button", name="Rest of group normal Neck and shoulder").click()
    expect_saved(rough_form)
    pressed = grade(rough_form, "Deltoid, tone, right", "4")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    assert draft.findings.get(sign="muscle_tone", site="deltoid", side="right").value == 4
    assert draft.findings.count() == 32


def test_a_server_that_is_killed_and_starts_again_loses_nothing(
    page: Page, draft: Assessment
) -> None:
    port = free_port()
    with real_server(port) as address:
        cookie = client_of(draft.practitioner.user).cookies["sessionid"].value
        signed_in = [{"name": "sessionid", "value": cookie, "url": address}]
        page.context.add_cookies(signed_in)  # type: ignore[arg-type]
        page.goto(f"{address}/assessments/{draft.pk}/")
        grade(page, "Deltoid, tone, right", "1").click()
        expect_saved(page)
    grade(page, "Deltoid, tone, right", "4").click()
    grade(page, "Deltoid, tone, left", "2").click()
    expect(page.locator("#save-state")).to_contain_text("Offline: 2 changes waiting")
    assert values(draft) == {("deltoid", "right"): 1}
    with real_server(port):
        expect(page.locator("#save-state [data-words]")).to_have_text(SAVED, timeout=20_000)
        page.reload()
        pressed = grade(page, "Deltoid, tone, right", "4")
        expect(pressed).to_have_attribute("aria-pressed", "true")
    assert values(draft) == {("deltoid", "right"): 4, ("deltoid", "left"): 2}
