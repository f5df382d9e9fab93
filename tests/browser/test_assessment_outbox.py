"""Changes of an assessment that the server has not answered outlive the page, for their writer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.cells import read_cell
from assessment.models import Assessment
from assessment.services import save_cells, sign_assessment
from people.models import User
from tests import factories
from tests.browser.conftest import faults
from tests.browser.outbox_records import grow_older, records, wait_for_records
from tests.browser.test_assessment import draft, expect_saved, grade, rough_form, values
from tests.conftest import client_of

__all__ = ["draft", "rough_form"]

FINDINGS = "**/findings/"
Become = Callable[[User], None]


@pytest.fixture
def become(rough_form: Page, live_server: LiveServer) -> Become:
    """Sign somebody in on this browser, without leaving the page."""

    def by_cookie(user: User) -> None:
        cookie = client_of(user).cookies["sessionid"].value
        signed_in = [{"name": "sessionid", "value": cookie, "url": live_server.url}]
        rough_form.context.add_cookies(signed_in)  # type: ignore[arg-type]  # a plain cookie

    return by_cookie


@pytest.fixture
def cut_off(rough_form: Page) -> Page:
    """The form with two grades that could not be sent."""
    rough_form.context.route(FINDINGS, lambda route: route.abort())
    grade(rough_form, "Deltoid, tone, right", "3").click()
    grade(rough_form, "Deltoid, tone, left", "1").click()
    expect_waiting(rough_form, 2)
    wait_for_records(rough_form, 2)
    return rough_form


def expect_waiting(page: Page, number: int) -> None:
    words = f"Offline: {number} change{'' if number == 1 else 's'} waiting"
    expect(page.locator("#save-state")).to_contain_text(words)


def connect(page: Page) -> None:
    page.context.unroute(FINDINGS)
    page.evaluate("dispatchEvent(new Event('online'))")


BOTH = {("deltoid", "right"): 3, ("deltoid", "left"): 1}


def test_a_reload_keeps_what_waits_and_sends_it_when_it_can(
    cut_off: Page, draft: Assessment
) -> None:
    cut_off.reload()
    expect(grade(cut_off, "Deltoid, tone, right", "3")).to_have_attribute("aria-pressed", "true")
    expect_waiting(cut_off, 2)
    assert values(draft) == {}
    grade(cut_off, "Deltoid, tone, left", "2").click()
    expect_waiting(cut_off, 2)
    connect(cut_off)
    expect_saved(cut_off)
    wait_for_records(cut_off, 0)
    assert values(draft) == {**BOTH, ("deltoid", "left"): 2}


def test_what_is_kept_can_be_read_by_nobody_without_the_key(cut_off: Page) -> None:
    kept = "".join(records(cut_off))
    assert "/assessments/" in kept
    assert re.search("deltoid|muscle|tone|state|known", kept, re.IGNORECASE) is None
    assert cut_off.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_another_user_on_the_same_browser_neither_reads_nor_sends_it(
    cut_off: Page, draft: Assessment, become: Become
) -> None:
    become(factories.make_practitioner().user)
    connect(cut_off)
    expect(cut_off.locator("#save-state")).to_contain_text("Signed out: 2 changes waiting.")
    cut_off.reload()
    expect(cut_off.locator("#save-state [data-words]")).to_have_text("Saved")
    assert cut_off.evaluate("outboxOfPage().all()") == []
    steal = "([owner]) => { const box = outboxOfPage(); box.owner = owner; return box.all(); }"
    assert cut_off.evaluate(steal, [f"{draft.practitioner.user_id}"]) == []
    assert (values(draft), len(records(cut_off))) == ({}, 2)
    become(draft.practitioner.user)
    cut_off.reload()
    expect_saved(cut_off)
    assert values(draft) == BOTH


def test_a_closed_tab_is_named_on_every_other_page_until_it_is_saved(
    cut_off: Page, draft: Assessment, live_server: LiveServer
) -> None:
    page = cut_off.context.new_page()
    cut_off.close()
    page.goto(live_server.url)
    expect(page.get_by_text("2 changes waiting on this device, not saved yet.")).to_be_visible()
    assert faults(page) == []
    connect(page)
    page.get_by_role("link", name="Open the page to save").click()
    expect_saved(page)
    wait_for_records(page, 0)
    assert values(draft) == BOTH


def test_a_colleagues_value_of_meanwhile_is_shown_beside_mine_after_a_reload(
    cut_off: Page, draft: Assessment
) -> None:
    save_cells(pk=draft.pk, cells=[read_cell("muscle_tone|deltoid|right|4")])
    connect(cut_off)
    cut_off.reload()
    expect(cut_off.locator("#save-state")).to_contain_text("Conflict: 1 to choose")
    cut_off.reload()  # not decided yet: asked again
    cut_off.get_by_role("button", name="Keep mine: 3").click()
    expect_saved(cut_off)
    wait_for_records(cut_off, 0)
    assert values(draft) == BOTH


def test_what_came_too_late_for_the_signature_is_shown_until_it_was_read(
    cut_off: Page, draft: Assessment
) -> None:
    save_cells(pk=draft.pk, cells=[read_cell("muscle_tone|deltoid|right|1")])
    sign_assessment(assessment=draft, by=draft.practitioner.user)
    connect(cut_off)
    late = cut_off.get_by_role("alert", name="Changes that were not saved").get_by_role("listitem")
    for _ in ("on the open page", "after a reload"):
        expect(late).to_have_text(["Deltoid, tone, right: 3", "Deltoid, tone, left: 1"])
        cut_off.reload()
    assert faults(cut_off) == []
    cut_off.get_by_role("button", name="I have read this").click()
    expect(late).to_have_count(0)
    wait_for_records(cut_off, 0)
    assert values(draft) == {("deltoid", "right"): 1}


def test_signing_out_warns_and_then_deletes_what_waits(cut_off: Page, draft: Assessment) -> None:
    question = "2 changes waiting on this device, not saved yet. Sign out and delete them?"
    answers = ["dismiss", "accept"]
    asked: list[str] = []

    def answer(box: Dialog) -> None:
        asked.append(box.message)
        getattr(box, answers.pop(0))()

    cut_off.on("dialog", answer)
    cut_off.get_by_role("button", name="Sign out").click()
    cut_off.wait_for_timeout(300)
    assert (asked, len(records(cut_off))) == ([question], 2)
    cut_off.get_by_role("button", name="Sign out").click()
    cut_off.wait_for_url("**/sign-in/")
    assert asked == [question, question]
    assert records(cut_off) == []
    assert values(draft) == {}


@pytest.mark.parametrize(("days", "left"), [(13.9, 2), (14.1, 0)])
def test_after_fourteen_days_it_is_deleted(cut_off: Page, days: float, left: int) -> None:
    grow_older(cut_off, days)
    cut_off.reload()
    expect(cut_off.locator("#save-state [data-words]")).to_have_text(
        "Saved" if left == 0 else "Offline: 2 changes waiting"
    )
    wait_for_records(cut_off, left)


def test_without_safe_storage_the_page_still_saves_and_warns_before_it_is_left(
    page: Page, draft: Assessment, live_server: LiveServer
) -> None:
    page.add_init_script("delete Crypto.prototype.subtle")
    cookie = client_of(draft.practitioner.user).cookies["sessionid"].value
    signed_in = [{"name": "sessionid", "value": cookie, "url": live_server.url}]
    page.context.add_cookies(signed_in)  # type: ignore[arg-type]  # a plain cookie
    page.goto(f"{live_server.url}/assessments/{draft.pk}/")
    assert page.evaluate("Outbox.isPossible") is False
    grade(page, "Deltoid, tone, right", "3").click()
    expect_saved(page)
    page.route(FINDINGS, lambda route: route.abort())
    grade(page, "Deltoid, tone, left", "1").click()
    expect_waiting(page, 1)
    asked: list[str] = []
    page.on("dialog", lambda box: (asked.append(box.type), box.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    assert values(draft) == {("deltoid", "right"): 3}


def test_put_all_and_forget_in_the_order_of_the_hands(rough_form: Page) -> None:
    acts = """async () => {
      const box = outboxOfPage();
      const [one, two, three] = [Outbox.newId(), Outbox.newId(), Outbox.newId()];
      for (const [id, value] of [[one, "a"], [two, "b"], [three, "c"]]) await box.put(id, value);
      await box.forget(two);
      await box.put(three, "d");
      const read = await outboxOfPage().all();
      await box.forget(one, three);
      return [read.map(({ value }) => value), await box.all(), box.isHolding];
    }"""
    assert rough_form.evaluate(acts) == [["a", "d"], [], True]
