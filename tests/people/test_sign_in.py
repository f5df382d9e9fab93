"""The ways in: invitation only, second factor, a forgotten password."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import NoReverseMatch, reverse

from notifications.models import Message
from people.choices import Role
from people.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
RESET = "account_reset_password"


def test_nobody_can_sign_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_forgotten_password_sends_a_link_apart_from_the_text(client: Client) -> None:
    user = make_user()
    assert client.post(reverse(RESET), {"email": user.email}).status_code == 302
    message = Message.objects.get()
    assert message.address == user.email
    assert "/account/password/reset/key/" in message.secret_link
    assert "key" not in message.body


def test_the_link_of_a_forgotten_password_sets_a_new_one(client: Client) -> None:
    user = make_user()
    client.post(reverse(RESET), {"email": user.email})
    link = Message.objects.get().secret_link
    page = client.get(re.sub(r"^https?://[^/]+", "", link), follow=True)
    typed = {"password1": "a-new-pass-word-1", "password2": "a-new-pass-word-1"}
    client.post(page.redirect_chain[-1][0], typed)
    user.refresh_from_db()
    assert user.check_password("a-new-pass-word-1")


def test_an_unknown_address_gets_no_message_and_the_same_page(client: Client) -> None:
    known = make_user()
    answers = [client.post(reverse(RESET), {"email": e}) for e in (known.email, "who@else.example")]
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [
        (302, reverse("account_reset_password_done"))
    ] * 2
    assert Message.objects.count() == 1


def test_staff_enrol_a_second_factor_and_then_see_their_pages(
    client: Client, settings: Any
) -> None:
    settings.REQUIRE_TWO_FACTOR = True
    user: User = make_user(Role.FRONT_DESK)
    client.post(reverse("account_login"), {"login": user.email, "password": "pass-word-of-staff"})
    assert client.get("/").headers["Location"] == reverse("mfa_activate_totp")
    asks_again = client.get(reverse("mfa_activate_totp")).headers["Location"]
    client.post(asks_again, {"password": "pass-word-of-staff"})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    counter = next(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(secret, counter))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert client.get("/").status_code == 200
