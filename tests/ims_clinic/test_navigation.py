from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from ims_clinic.navigation import Shell
from people.choices import Role
from tests import factories
from tests.conftest import client_of

pytestmark = pytest.mark.django_db


def words_for(role: Role, rf: RequestFactory, path: str = "/") -> list[str]:
    request = rf.get(path)
    request.user = factories.make_user(role)
    return [item.words for item in Shell(request).items]


def test_each_role_sees_its_own_ways(rf: RequestFactory, settings: Any) -> None:
    settings.DEMO = False
    assert words_for(Role.FRONT_DESK, rf) == ["Today", "Calendar", "Patients"]
    clinical = ["My day", "Calendar", "Patients", "Inbox", "Exercises"]
    assert words_for(Role.PHYSIOTHERAPIST, rf) == clinical
    assert words_for(Role.CLINIC_ADMIN, rf) == ["Today", "Calendar", "Patients", "Jobs"]


def test_the_demo_adds_its_mailbox(rf: RequestFactory, settings: Any) -> None:
    settings.DEMO = True
    assert words_for(Role.FRONT_DESK, rf)[-1] == "Messages"


def test_the_place_where_one_is_is_marked(rf: RequestFactory) -> None:
    request = rf.get(reverse("clinic:patient", args=[7]))
    request.user = factories.make_user()
    assert [item.words for item in Shell(request).items if item.is_here] == ["Patients"]


def test_a_theme_that_does_not_exist_is_light(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["theme"] = "<script>"
    assert (Shell(request).theme, Shell(request).other_theme) == ("light", "dark")


def test_the_sign_in_page_shows_demo_accounts_in_the_demo_only(
    client: Client, settings: Any
) -> None:
    settings.DEMO = True
    assert b"needle-thread-harbour" in client.get(reverse("account_login")).content
    settings.DEMO = False
    assert b"needle-thread-harbour" not in client.get(reverse("account_login")).content


def test_no_page_allows_inline_script_or_style(client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_pages_are_not_kept_by_the_browser() -> None:
    answer = client_of(factories.make_user()).get("/")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


def test_the_way_in_is_by_e_mail_and_password(client: Client) -> None:
    user = factories.make_user()
    typed = {"login": user.email, "password": "pass-word-of-staff"}
    answer = client.post(reverse("account_login"), typed)
    assert (answer.status_code, answer.url) == (302, reverse("clinic:home"))


def test_a_wrong_password_says_what_to_check_and_keeps_the_address(client: Client) -> None:
    user = factories.make_user()
    typed = {"login": user.email, "password": "another-pass-word"}
    page = client.post(reverse("account_login"), typed).content.decode()
    assert "There is a problem" in page
    assert user.email in page
