"""The key of a browser's outbox: always the same for one user, never another's, never stored."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from people.choices import Role
from people.outbox import outbox_key
from tests.conftest import client_of
from tests.factories import make_practitioner, make_user

pytestmark = pytest.mark.django_db
KEY = reverse("people:outbox-key")


def test_the_same_user_gets_the_same_key_after_the_next_sign_in() -> None:
    user = make_user(Role.PHYSIOTHERAPIST)
    answers = [client_of(user).get(KEY) for _ in range(2)]
    assert answers[0].content == answers[1].content == outbox_key(user)
    assert len(answers[0].content) == 32


def test_two_users_never_share_a_key_even_with_one_salt() -> None:
    one, other = make_practitioner().user, make_practitioner().user
    assert outbox_key(one) != outbox_key(other)
    assert one.outbox_salt != other.outbox_salt
    other.outbox_salt = one.outbox_salt
    assert outbox_key(one) != outbox_key(other)


def test_a_new_salt_makes_a_new_key() -> None:
    user = make_user(Role.PHYSIOTHERAPIST)
    before = outbox_key(user)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_user SET outbox_salt = gen_random_uuid()")
    user.refresh_from_db()
    assert outbox_key(user) != before


def test_another_secret_of_the_clinic_makes_another_key(settings: object) -> None:
    user = make_user(Role.PHYSIOTHERAPIST)
    before = outbox_key(user)
    settings.SECRET_KEY = "another secret"  # type: ignore[attr-defined]  # pytest-django
    assert outbox_key(user) != before


def test_the_key_is_not_kept_by_any_cache_and_not_for_strangers() -> None:
    answer = client_of(make_user(Role.FRONT_DESK)).get(KEY)
    assert answer.headers["Cache-Control"] == "no-store"
    assert Client().get(KEY).status_code == 302


def test_the_page_of_a_colleague_who_signed_out_is_refused() -> None:
    one, other = make_practitioner().user, make_practitioner().user
    browser = client_of(one)
    assert browser.get(KEY, headers={"X-Acting-User": f"{one.pk}"}).status_code == 200
    assert browser.get(KEY, headers={"X-Acting-User": f"{other.pk}"}).status_code == 401
