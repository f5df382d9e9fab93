"""The one-time code that lets a patient's other device read the answers: made, sent, checked."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from audit.choices import Action
from audit.services import record
from notifications.services import enqueue
from people.language import speaking_to
from people.models import LinkCode, PatientLink

LASTS = timedelta(minutes=10)
DIGITS = 6
MOST_AN_HOUR = 3
HIDDEN = "•••"


class TooManyCodes(Exception):
    """Three codes went out within the hour; the patient waits or goes on without."""


def masked_email(email: str) -> str:
    """Enough of the address for its owner to know it again, as r•••@mail.example."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}{HIDDEN}@{host}"


@transaction.atomic
def send_code(*, link: PatientLink, clinic: str) -> LinkCode:
    """Make a code, which replaces the one before, and e-mail it to the contact on file.

    Stores the hash, queues the message, audits. Raises TooManyCodes after three in an hour and
    ValueError without an e-mail address on file.
    """
    patient, now = link.patient, timezone.now()
    if not patient.email:
        raise ValueError("There is no e-mail address on file.")
    PatientLink.objects.select_for_update().get(pk=link.pk)
    sent = LinkCode.objects.filter(
        link__patient_id=patient.pk, created_at__gt=now - timedelta(hours=1)
    )
    if sent.count() >= MOST_AN_HOUR:
        raise TooManyCodes
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    made = LinkCode.objects.create(
        link=link, code_hash=_hash(link, code), created_at=now, expires_at=now + LASTS
    )
    with speaking_to(patient):
        subject = gettext("Your code from %(clinic)s") % {"clinic": clinic}
        body = _body() % {"name": patient.given_name, "clinic": clinic}
    enqueue(
        address=patient.email,
        recipient=patient.full_name,
        subject=subject,
        body=body,
        secret_link=code,
    )
    record(Action.SEND, made, patient_id=patient.pk)
    return made


def _body() -> str:
    return gettext(
        "Hello %(name)s,\n\n"
        "you asked for this code on another device. It works for 10 minutes and only once. "
        "If you did not ask for it, do nothing, and tell no one the code.\n\n"
        "%(clinic)s"
    )


@transaction.atomic
def is_right_code(*, link: PatientLink, typed: str) -> bool:
    """Use up the newest code of the link when it is the one typed; one audit line.

    A wrong one uses up one of five tries. The tries are counted one after the other.
    """
    PatientLink.objects.select_for_update().get(pk=link.pk)
    newest = LinkCode.objects.filter(link=link).first()
    if newest is None or not _counts(newest):
        return False
    if not secrets.compare_digest(newest.code_hash, _hash(link, typed)):
        newest.failed_tries += 1
        newest.save(update_fields=["failed_tries"])
        return False
    newest.used_at = timezone.now()
    newest.save(update_fields=["used_at"])
    detail = "earlier answers shown on another device"
    record(Action.CHANGE, link, patient_id=link.patient_id, detail=detail)
    return True


def _counts(code: LinkCode) -> bool:
    is_fresh = code.used_at is None and timezone.now() < code.expires_at
    return is_fresh and code.failed_tries < LinkCode.MAX_TRIES


def _hash(link: PatientLink, code: str) -> str:
    """Keyed by the clinic's secret: a million codes are soon tried against a plain hash."""
    return salted_hmac("people.link_codes", f"{link.pk}:{code}", algorithm="sha256").hexdigest()
