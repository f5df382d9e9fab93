"""Every address of the project, walked from the resolver: who may, and what the others see."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import RegexPattern

from people.access import Access, Audience, access_of
from people.choices import Role
from people.middleware import AccessMiddleware
from tests.conftest import client_of
from tests.factories import make_practitioner, make_user

MISSING = 2_000_000_000


def patterns(
    resolver: URLResolver | None = None, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        else:
            yield f"{namespace}{entry.name}", entry


def address_of(name: str, pattern: URLPattern) -> str:
    """An address that reaches the view with arguments that match nothing."""
    values: dict[str, Any] = {}
    for key, converter in pattern.pattern.converters.items():
        values[key] = MISSING if isinstance(converter, IntConverter) else "nothing"
        if "day" in key:
            values[key] = date(2026, 11, 24)
    if isinstance(pattern.pattern, RegexPattern):
        values = dict.fromkeys(pattern.pattern.regex.groupindex, "nothing")
    return reverse(name, kwargs=values)


ALL = list(patterns())
IDS = [name for name, _pattern in ALL]


def declared(pattern: URLPattern) -> Access:
    access = access_of(pattern.callback)
    assert access is not None
    return access


STAFF = [(n, p) for n, p in ALL if access_of(p.callback) and declared(p).audience is Audience.STAFF]
PATIENT = [
    (n, p) for n, p in ALL if access_of(p.callback) and declared(p).audience is Audience.PATIENT
]


@pytest.mark.parametrize(("name", "pattern"), ALL, ids=IDS)
def test_every_view_declares_who_may_use_it(name: str, pattern: URLPattern) -> None:
    assert access_of(pattern.callback) is not None


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "pattern"), STAFF, ids=[n for n, _ in STAFF])
def test_a_stranger_is_sent_to_the_sign_in_page(
    name: str, pattern: URLPattern, method: str, client: Client
) -> None:
    answer = getattr(client, method)(address_of(name, pattern))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "pattern"), STAFF, ids=[n for n, _ in STAFF])
def test_another_role_finds_no_such_page(name: str, pattern: URLPattern, method: str) -> None:
    others = [role for role in Role if role not in declared(pattern).roles]
    for role in others:
        user = make_practitioner().user if role == Role.PHYSIOTHERAPIST else make_user(role)
        answer = getattr(client_of(user), method)(address_of(name, pattern))
        assert answer.status_code == 404, role


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "pattern"), PATIENT, ids=[n for n, _ in PATIENT])
def test_a_patient_page_without_its_link_is_a_calm_404(
    name: str, pattern: URLPattern, method: str, client: Client
) -> None:
    answer = getattr(client, method)(address_of(name, pattern))
    assert answer.status_code == 404
    assert b"This link is closed" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "pattern"), STAFF, ids=[n for n, _ in STAFF])
def test_staff_without_a_second_factor_are_led_to_enrol(
    name: str, pattern: URLPattern, settings: Any
) -> None:
    settings.REQUIRE_TWO_FACTOR = True
    access = declared(pattern)
    user = make_user(min(access.roles))
    answer = client_of(user).get(address_of(name, pattern))
    goes_to_enrol = answer.status_code == 302 and answer.headers["Location"] == reverse(
        "mfa_activate_totp"
    )
    assert goes_to_enrol or access.is_enrolment


# An empty form says nothing about anybody's health.
EMPTY_FORMS = ("reports:blank-form", "reports:blank-form-for")


def opened_to(role: Role) -> list[str]:
    """What staff of this role may use, the empty forms left out."""
    return [n for n, p in STAFF if role in declared(p).roles and n not in EMPTY_FORMS]


def test_nothing_clinical_is_open_to_the_front_desk() -> None:
    clinical_rooms = ("assessment:", "sessions:", "reports:")
    opened = opened_to(Role.FRONT_DESK)
    assert [name for name in opened if name.startswith(clinical_rooms)] == []
    assert {"intake:review", "intake:paper", "intake:paper-save"} & set(opened) == set()


def test_a_clinic_admin_reads_nothing_clinical_either() -> None:
    opened = opened_to(Role.CLINIC_ADMIN)
    assert [n for n in opened if n.startswith(("assessment:", "sessions:", "reports:"))] == []


@pytest.mark.django_db
def test_a_view_without_a_declaration_does_not_exist(rf: Any) -> None:
    middleware = AccessMiddleware(lambda _request: HttpResponse("reached"))
    with pytest.raises(Http404):
        middleware.process_view(rf.get("/"), lambda _request: HttpResponse("reached"), (), {})
