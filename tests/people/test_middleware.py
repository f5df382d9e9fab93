from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from people.middleware import ClinicTimeMiddleware, NoStoreMiddleware


def test_pages_are_made_in_the_clinics_own_time(rf: RequestFactory, settings: Any) -> None:
    settings.CLINIC_TIME_ZONE = "America/Vancouver"

    def hour(_request: HttpRequest) -> HttpResponse:
        instant = datetime(2026, 12, 15, 16, 0, tzinfo=UTC)
        return HttpResponse(f"{timezone.localtime(instant):%H:%M}")

    assert ClinicTimeMiddleware(hour)(rf.get("/")).content == b"09:00"
    assert timezone.get_current_timezone_name() == "UTC"


def test_an_answer_that_says_how_long_it_keeps_is_left_alone(rf: RequestFactory) -> None:
    def kept(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "private, no-cache"})

    assert NoStoreMiddleware(kept)(rf.get("/"))["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
def test_a_fragment_asked_without_a_session_leads_the_whole_page_to_the_sign_in(
    client: Client,
) -> None:
    answer = client.get("/calendar/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/account/sign-in/")
