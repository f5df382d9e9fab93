"""A real Chromium against the real server: sign in, accessibility faults, pictures."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from people.models import User

AXE = django_settings.LOCAL_DIR / "vendor" / "axe.min.js"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PASSWORD = "pass-word-of-staff"
PICTURED = {
    *("sign-in", "booking-refused", "desk-calendar", "desk-home"),
    *("intake-start", "intake-area", "intake-level", "intake-check", "intake-consent"),
    *("physio-home", "physio-inbox", "physio-record", "physio-review", "physio-progress"),
    *("physio-assessment", "physio-assessment-signed", "physio-session", "session-sign"),
    *("check", "check-emergency", "physio-alert"),
}

SignIn = Callable[[User], Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    path = os.environ.get("CHROMIUM")
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-CA", "viewport": DESKTOP}


@pytest.fixture(autouse=True)
def demo_at_the_live_server(settings: Any, live_server: LiveServer, transactional_db: None) -> None:
    """Links in messages lead to the server under test, and the mailbox page exists."""
    settings.PUBLIC_URL, settings.DEMO = live_server.url, True


@pytest.fixture
def quiet_page(page: Page) -> Iterator[Page]:
    """A page on which any script error or refused resource fails the test."""
    page.set_default_timeout(8000)
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda line: heard.append(line.text) if line.type == "error" else None)
    yield page
    assert heard == []


@pytest.fixture
def sign_in(quiet_page: Page, live_server: LiveServer) -> SignIn:
    """Signs in by the form; whoever was signed in before is signed out."""

    def by_the_form(user: User) -> Page:
        quiet_page.context.clear_cookies()
        quiet_page.set_viewport_size(DESKTOP)
        quiet_page.goto(f"{live_server.url}/account/sign-in/")
        quiet_page.get_by_label("Email").fill(user.email)
        quiet_page.get_by_role("textbox", name="Password").fill(PASSWORD)
        quiet_page.get_by_role("button", name="Sign in").click()
        quiet_page.wait_for_url(f"{live_server.url}/")
        return quiet_page

    return by_the_form


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:200]}"
        for one in found
        for node in one["nodes"]
    ]


def too_wide(page: Page) -> bool:
    """True when the page scrolls sideways."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def picture(page: Page, name: str) -> None:
    """Keep a screenshot of a page of the README when they are asked for (./dev screenshots)."""
    folder = os.environ.get("IMS_SCREENSHOTS")
    if folder and (name in PICTURED or "IMS_ALL_SCREENSHOTS" in os.environ):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png", full_page=is_phone(page))


def is_phone(page: Page) -> bool:
    """True at the width of a phone."""
    return page.viewport_size is not None and page.viewport_size["width"] < 600
