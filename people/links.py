"""Patient links: made, looked up, exchanged for a cookie, closed, and who may read back."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from people.choices import LinkPurpose
from people.models import Patient, PatientLink, token_hash

SESSION_KEY = "patient_links"
CONFIRMED_KEY = "patient_links_confirmed"
OPEN_AFTER_START = timedelta(hours=24)
LONGEST = timedelta(days=30)
LONGEST_TOKEN = 200


def about(row: models.Model) -> str:
    """The name of the row a link is for, the same wherever it is asked."""
    return f"{row._meta.db_table}-{row.pk}"


@transaction.atomic
def make_link(
    patient: Patient, purpose: LinkPurpose, *, expires_at: datetime, about: str
) -> tuple[PatientLink, str]:
    """Create a link and return it with its token, which is kept nowhere.

    Closes the links of this purpose about the same row; their devices may still read back.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)  # one new link at a time
    before = PatientLink.objects.filter(patient=patient, purpose=purpose, about=about)
    newest = before.first() if about else None
    if newest is not None:
        before.filter(revoked_at=None).update(revoked_at=timezone.now())
    secret = secrets.token_urlsafe(32)
    link = PatientLink.objects.create(
        patient=patient,
        purpose=purpose,
        about=about,
        token_hash=token_hash(secret),
        expires_at=expires_at,
        devices=newest.devices if newest else [],
    )
    return link, _envelope(purpose).sign(secret)


def _envelope(purpose: str) -> Signer:
    """Signs the secrets of one purpose, so that junk is turned away before the database."""
    return Signer(sep=".", salt=f"people.links.{purpose}")


def public_address(path: str) -> str:
    """The full address of a path, for a message."""
    return f"{settings.PUBLIC_URL}{path}"


def find_link(token: str, purpose: LinkPurpose) -> PatientLink | None:
    """The usable link behind a token, or None: unknown, expired, closed and locked look alike."""
    try:
        secret = _envelope(purpose).unsign(token[:LONGEST_TOKEN])
    except BadSignature:
        return None
    usable = PatientLink.objects.usable(timezone.now())
    return usable.filter(token_hash=token_hash(secret), purpose=purpose).first()


@transaction.atomic
def close_link(*, link: PatientLink) -> None:
    """Close a link at once and write one audit line; harmless when it is closed already."""
    is_open = PatientLink.objects.filter(pk=link.pk, revoked_at=None)
    if is_open.update(revoked_at=timezone.now()):
        record(Action.CHANGE, link, patient_id=link.patient_id, detail="closed")


@transaction.atomic
def allow_more_tries(*, link: PatientLink) -> None:
    """Allow five more tries of the date of birth; one audit line."""
    PatientLink.objects.filter(pk=link.pk).update(failed_tries=0)
    detail = f"{PatientLink.MAX_TRIES} more tries allowed"
    record(Action.CHANGE, link, patient_id=link.patient_id, detail=detail)


def end_with_visit(starts_at: datetime) -> datetime:
    """When the link for a visit ends that is made now: a day after its start, 30 days at most."""
    return min(starts_at + OPEN_AFTER_START, timezone.now() + LONGEST)


def move_ends(visit: models.Model, starts_at: datetime) -> None:
    """The visit moved: so does the end of its intake link, up to 30 days after it was made."""
    PatientLink.objects.filter(
        about=about(visit), purpose=LinkPurpose.INTAKE, revoked_at=None
    ).update(expires_at=Least(starts_at + OPEN_AFTER_START, F("created_at") + LONGEST))


def close_links_about(row: models.Model) -> None:
    """Close every link about a row that no longer takes place."""
    PatientLink.objects.filter(about=about(row), revoked_at=None).update(revoked_at=timezone.now())


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
    The fifth wrong one leaves an audit line.
    """
    usable = PatientLink.objects.usable(timezone.now()).select_for_update()
    held = usable.filter(pk=link.pk).first()
    if held is None:
        return False
    if typed != link.patient.born_on:
        held.failed_tries += 1
        held.save(update_fields=["failed_tries"])
        if held.is_locked:
            detail = f"date of birth wrong {PatientLink.MAX_TRIES} times"
            record(Action.DENY, link, patient_id=link.patient_id, detail=detail)
        return False
    session[CONFIRMED_KEY] = [*session.get(CONFIRMED_KEY, []), link.pk]
    return True


def is_confirmed(session: SessionBase, link: PatientLink) -> bool:
    """True when this browser gave the right date of birth for this link."""
    return link.pk in session.get(CONFIRMED_KEY, [])


def forget_links(session: SessionBase) -> None:
    """Whoever uses this browser next finds no patient's pages open."""
    for key in (SESSION_KEY, CONFIRMED_KEY):
        session.pop(key, None)
