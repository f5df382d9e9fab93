"""Which browser may read the answers of a link back: a secret of its own in a cookie."""

import secrets

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.choices import LinkPurpose
from people.models import PatientLink, token_hash

CLINIC_DEVICE_KEY = "clinic_device"


def cookie_of(purpose: str) -> str:
    """The name of the cookie; a browser takes the prefix over TLS only, and for this host only."""
    prefix = "__Host-" if settings.BEHIND_TLS else ""
    return f"{prefix}device-{purpose.replace('_', '-')}"


def may_read_back(request: HttpRequest, link: PatientLink) -> bool:
    """True in a browser that started with this link or gave a code for it; no query."""
    secret = request.COOKIES.get(cookie_of(link.purpose), "")
    return bool(secret) and token_hash(secret) in link.devices


def claim_link(request: HttpRequest, response: HttpResponse, link: PatientLink) -> None:
    """Make this browser the one that started, when no other is; asked once, by the database."""
    if may_read_back(request, link):
        return
    secret = secrets.token_urlsafe(32)
    unclaimed = PatientLink.objects.filter(pk=link.pk, devices=[])
    if unclaimed.update(devices=[token_hash(secret)]):
        _keep(request, response, link, secret)


@transaction.atomic
def trust_browser(request: HttpRequest, response: HttpResponse, link: PatientLink) -> None:
    """Let this browser read back too, beside the one that started."""
    secret = secrets.token_urlsafe(32)
    held = PatientLink.objects.select_for_update().get(pk=link.pk)
    held.devices = [*held.devices, token_hash(secret)]
    held.save(update_fields=["devices"])
    _keep(request, response, link, secret)


def _keep(request: HttpRequest, response: HttpResponse, link: PatientLink, secret: str) -> None:
    """Set the cookie; it lives as long as the link, on a device of the clinic until handed back."""
    seconds = int((link.expires_at - timezone.now()).total_seconds())
    response.set_cookie(
        cookie_of(link.purpose),
        secret,
        max_age=None if is_clinic_device(request) else max(seconds, 0),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_clinic_device(request: HttpRequest) -> bool:
    """True on a tablet that staff handed over to a patient."""
    return bool(request.session.get(CLINIC_DEVICE_KEY))


def forget_devices(response: HttpResponse) -> None:
    """Remove the cookies of every purpose from this browser."""
    for purpose in LinkPurpose:
        response.delete_cookie(cookie_of(purpose), samesite="Lax")
