"""Patient links: made, looked up, exchanged for a cookie, revoked."""

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people.choices import LinkPurpose
from people.models import Patient, PatientLink, token_hash

SESSION_KEY = "patient_links"
CONFIRMED_KEY = "patient_links_confirmed"


@transaction.atomic
def make_link(
    patient: Patient, purpose: LinkPurpose, *, expires_at: datetime, replaces: PatientLink | None
) -> tuple[PatientLink, str]:
    """Create a link and return it with its token, which is kept nowhere; revokes ``replaces``."""
    if replaces is not None:
        revoke(replaces)
    token = secrets.token_urlsafe(32)
    link = PatientLink.objects.create(
        patient=patient, purpose=purpose, token_hash=token_hash(token), expires_at=expires_at
    )
    return link, token


def public_address(path: str) -> str:
    """The full address of a path, for a message."""
    return f"{settings.PUBLIC_URL}{path}"


def find_link(token: str, purpose: LinkPurpose) -> PatientLink | None:
    """The usable link behind a token, or None: unknown, expired, revoked and locked look alike."""
    usable = PatientLink.objects.usable(timezone.now())
    return usable.filter(token_hash=token_hash(token), purpose=purpose).first()


def revoke(link: PatientLink) -> None:
    """Close a link at once; harmless when it is closed already."""
    PatientLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def open_in(session: SessionBase, link: PatientLink) -> None:
    """Exchange the address for this browser's session cookie, under a new session key."""
    session.cycle_key()
    PatientLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())
    session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), link.purpose: link.pk}


def link_in(session: SessionBase, purpose: LinkPurpose) -> PatientLink | None:
    """The usable link this browser opened for ``purpose``, with its patient."""
    number = session.get(SESSION_KEY, {}).get(purpose)
    if number is None:
        return None
    usable = PatientLink.objects.usable(timezone.now()).select_related("patient")
    return usable.filter(pk=number, purpose=purpose).first()


@transaction.atomic
def confirm_birth_date(session: SessionBase, link: PatientLink, typed: object) -> bool:
    """Compare with the date on file; a wrong one uses up one of the link's five tries.

    The tries are counted one after the other, so that many at once are no way round the limit.
    """
    usable = PatientLink.objects.usable(timezone.now()).select_for_update()
    if not usable.filter(pk=link.pk).exists():
        return False
    if typed != link.patient.born_on:
        PatientLink.objects.filter(pk=link.pk).update(failed_tries=F("failed_tries") + 1)
        return False
    session[CONFIRMED_KEY] = [*session.get(CONFIRMED_KEY, []), link.pk]
    return True


def is_confirmed(session: SessionBase, link: PatientLink) -> bool:
    """True when this browser gave the right date of birth for this link."""
    return link.pk in session.get(CONFIRMED_KEY, [])
