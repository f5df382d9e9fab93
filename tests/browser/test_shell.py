"""The frame around every page: sign-in, bar, home pages, at desk and phone width."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from people.choices import Role
from tests import factories
from tests.browser.conftest import PHONE, SignIn, faults, picture, too_wide


def staff_of(role: Role) -> object:
    return (
        factories.make_practitioner().user
        if role == Role.PHYSIOTHERAPIST
        else factories.make_user(role)
    )


def test_the_sign_in_page_is_accessible_and_fits_a_phone(
    quiet_page: Page, live_server: LiveServer
) -> None:
    quiet_page.goto(live_server.url)
    assert faults(quiet_page) == []
    picture(quiet_page, "sign-in")
    quiet_page.set_viewport_size(PHONE)
    assert not too_wide(quiet_page)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", ["/", "/patients/", "/patients/?q=nobody", "/messages/"])
def test_the_pages_of_a_role_are_accessible_empty_and_at_both_widths(
    role: Role, path: str, sign_in: SignIn, live_server: LiveServer
) -> None:
    factories.make_location()
    page = sign_in(staff_of(role))  # type: ignore[arg-type]  # a user either way
    page.goto(live_server.url + path)
    assert faults(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert faults(page) == []
    assert not too_wide(page)


def test_the_slash_key_goes_to_the_search(sign_in: SignIn) -> None:
    page = sign_in(factories.make_user())
    page.keyboard.press("/")
    page.keyboard.type("eklund")
    page.keyboard.press("Enter")
    page.wait_for_url("**/patients/?q=eklund")


def test_dark_colours_stay_chosen(sign_in: SignIn, live_server: LiveServer) -> None:
    page = sign_in(factories.make_user())
    page.get_by_role("button", name="Switch to dark colours").click()
    page.goto(f"{live_server.url}/patients/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert faults(page) == []
