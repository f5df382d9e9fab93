from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from people.choices import LinkPurpose
from people.link_devices import (
    CLINIC_DEVICE_KEY,
    claim_link,
    cookie_of,
    forget_devices,
    may_read_back,
    trust_browser,
)
from people.links import make_link
from people.models import Patient, PatientLink
from tests.factories import make_patient

pytestmark = pytest.mark.django_db


def new_link(
    patient: Patient | None = None, purpose: LinkPurpose = LinkPurpose.INTAKE
) -> PatientLink:
    ends = timezone.now() + timedelta(days=3)
    return make_link(patient or make_patient(), purpose, expires_at=ends, about="")[0]


@pytest.fixture
def link(db: None) -> PatientLink:
    return new_link()


def browser(rf: RequestFactory, response: HttpResponse | None = None) -> HttpRequest:
    """The next request of a browser, with the cookies it was given."""
    request = rf.get("/")
    request.session = SessionStore()
    for name, morsel in (response.cookies if response else {}).items():
        request.COOKIES[name] = morsel.value
    return request


def claimed(rf: RequestFactory, link: PatientLink) -> HttpResponse:
    response = HttpResponse()
    claim_link(browser(rf), response, link)
    link.refresh_from_db()
    return response


def test_the_first_browser_may_read_back_and_no_other(
    rf: RequestFactory, link: PatientLink
) -> None:
    first, second = claimed(rf, link), claimed(rf, link)
    assert may_read_back(browser(rf, first), link)
    assert not may_read_back(browser(rf, second), link)
    assert not may_read_back(browser(rf), link)


def test_a_trusted_browser_joins_the_first(rf: RequestFactory, link: PatientLink) -> None:
    first, second = claimed(rf, link), HttpResponse()
    trust_browser(browser(rf), second, link)
    link.refresh_from_db()
    assert may_read_back(browser(rf, first), link)
    assert may_read_back(browser(rf, second), link)


def test_a_browser_that_may_read_back_keeps_its_secret(
    rf: RequestFactory, link: PatientLink
) -> None:
    first, again = claimed(rf, link), HttpResponse()
    claim_link(browser(rf, first), again, link)
    assert list(again.cookies) == []


def test_the_secret_of_one_link_reads_no_other(rf: RequestFactory, link: PatientLink) -> None:
    first = claimed(rf, link)
    other, check = new_link(), new_link(link.patient, LinkPurpose.SORENESS_CHECK)
    claimed(rf, other)
    claimed(rf, check)
    assert not may_read_back(browser(rf, first), other)
    assert not may_read_back(browser(rf, first), check)


def test_the_cookie_is_for_the_server_only_and_lives_as_long_as_the_link(
    rf: RequestFactory, link: PatientLink
) -> None:
    cookie = claimed(rf, link).cookies["device-intake"]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"]) == ("Lax", "/")
    assert 0 <= 3 * 24 * 60 * 60 - cookie["max-age"] < 60
    assert cookie.value not in link.devices


def test_behind_tls_the_cookie_is_secure_and_of_this_host(
    rf: RequestFactory, link: PatientLink, settings: Any
) -> None:
    settings.BEHIND_TLS = settings.SESSION_COOKIE_SECURE = True
    cookie = claimed(rf, link).cookies["__Host-device-intake"]
    assert cookie["secure"] is True
    assert cookie["domain"] == ""


def test_on_a_device_of_the_clinic_the_cookie_ends_with_the_browser(
    rf: RequestFactory, link: PatientLink
) -> None:
    request, response = browser(rf), HttpResponse()
    request.session[CLINIC_DEVICE_KEY] = True
    claim_link(request, response, link)
    assert response.cookies[cookie_of(LinkPurpose.INTAKE)]["max-age"] == ""


def test_forgetting_removes_the_cookie_of_every_purpose(settings: Any) -> None:
    settings.BEHIND_TLS = True
    response = HttpResponse()
    forget_devices(response)
    names = {cookie_of(purpose) for purpose in LinkPurpose}
    assert {name for name, one in response.cookies.items() if one["max-age"] == 0} == names
    assert all(one["secure"] for one in response.cookies.values())
