"""Access, actor and caching rules that hold for every request."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from audit.actor import acting_as
from people.access import Access, Audience, access_of
from people.language import is_for_patients, language_of
from people.links import link_in
from people.sign_in import needs_second_factor

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class AccessMiddleware:
    """Let a request through only as its view declares; no declaration means no such page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        access = access_of(view)
        if access is None:
            raise Http404("This page declares no audience.")
        if access.audience is Audience.STAFF:
            return self._staff(request, access)
        if access.audience is Audience.PATIENT:
            return self._patient(request, access)
        return None

    def _staff(self, request: HttpRequest, access: Access) -> HttpResponseBase | None:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.headers.get("X-Acting-User", f"{request.user.pk}") != f"{request.user.pk}":
            return HttpResponse(status=401)  # the page of a colleague who signed out since
        if request.user.role not in access.roles:
            raise Http404("Not for this role.")
        if not access.is_enrolment and needs_second_factor(request.user):
            return redirect("mfa_activate_totp")
        return None

    def _patient(self, request: HttpRequest, access: Access) -> HttpResponseBase | None:
        link = link_in(request.session, access.purpose) if access.purpose else None
        if link is None:
            closed: Callable[[HttpRequest], HttpResponseBase]
            closed = import_string(settings.LINK_CLOSED_VIEW)
            return closed(request)
        request.patient_link = link  # type: ignore[attr-defined]
        return None


class LanguageMiddleware:
    """A patient's pages in the patient's language; all others in English, whoever came before."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if is_for_patients(view, kwargs):
            translation.activate(language_of(request))
        return None


class ActorMiddleware:
    """Name who acts, for the audit lines; the database is told only when something may change."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with acting_as(_actor(request), tell_database=request.method not in SAFE_METHODS):
            return self.get_response(request)


class ClinicTimeMiddleware:
    """Templates show every instant in the clinic's own zone, never in the browser's or UTC."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(ZoneInfo(settings.CLINIC_TIME_ZONE)):
            return self.get_response(request)


class NoStoreMiddleware:
    """Nothing of a signed-in or patient page may stay in a browser's cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. A fragment's place is never filled with it: the whole page goes there."""
    if "HX-Request" not in request.headers:
        return redirect_to_login(request.get_full_path())
    try:
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
    except ValueError:  # no address at all
        page = "/"
    return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(page).url})


def _actor(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    opened = request.session.get("patient_links", {})
    return "link:" + ",".join(str(number) for number in opened.values()) if opened else "anonymous"
