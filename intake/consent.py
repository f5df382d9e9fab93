"""Consent to needling: signed, withdrawn, and the link by which a patient does both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from audit.choices import Action
from audit.services import record
from intake.choices import AskedBy, ConsentState
from intake.consent_text import (
    CONSENT_VERSION,
    HELP_TO_DECIDE,
    OF_AGE,
    introduction_shown,
    statements_shown,
)
from intake.models import Consent, Intake, IntakeAnswer
from intake.questions import NO
from notifications.jobs import schedule
from notifications.services import enqueue
from people.choices import LinkPurpose
from people.language import address_for, speaking_to
from people.links import about, make_link
from people.models import Patient, PatientLink, User
from scheduling.models import Location

LINK_LASTS = timedelta(days=365)
LATEST = 20


class SecondSigner(StrEnum):
    """Whether somebody signs beside the patient."""

    NOBODY = "nobody"
    OFFERED = "offered"  # a legal decision-maker, where help to decide may be needed
    NEEDED = "needed"  # a parent or guardian, under age


@dataclass(frozen=True)
class Marks:
    """What a consent keeps beside the typed name. ``recorded_by`` re-keyed it from paper."""

    signature: Sequence[Sequence[Sequence[float]]] = ()
    chaperone: str = ""
    guardian_name: str = ""
    guardian_relation: str = ""
    guardian_signature: Sequence[Sequence[Sequence[float]]] = ()
    recorded_by: User | None = None


TYPED_ONLY = Marks()


class Unsigned(Exception):
    """Signing was refused; ``missing`` names the fields without an answer."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"Not signed: {', '.join(missing)}")
        self.missing = missing


def clinic_day(at: datetime) -> datetime:
    """The instant on the clinic's calendar."""
    return timezone.localtime(at, ZoneInfo(settings.CLINIC_TIME_ZONE))


def is_under_age(patient: Patient, at: datetime) -> bool:
    """Whether a parent or guardian has to sign too."""
    return patient.age_on(clinic_day(at).date()) < OF_AGE


def may_need_help(patient: Patient) -> bool:
    """Whether the newest answer was anything but that no help is needed to decide."""
    answers = IntakeAnswer.objects.filter(intake__patient=patient, question=HELP_TO_DECIDE)
    newest = answers.order_by("-answered_at", "-id").values_list("value", flat=True).first()
    return newest not in (None, NO)


def second_signer(patient: Patient, at: datetime) -> SecondSigner:
    """Who signs beside the patient, from the age and the answers."""
    if is_under_age(patient, at):
        return SecondSigner.NEEDED
    return SecondSigner.OFFERED if may_need_help(patient) else SecondSigner.NOBODY


def missing_to_sign(patient: Patient, signed_name: str, marks: Marks, at: datetime) -> list[str]:
    """The names of the signatures that are still missing."""
    second = {name: getattr(marks, name).strip() for name in ("guardian_name", "guardian_relation")}
    is_second_needed = is_under_age(patient, at) or any(second.values())
    missing = [] if signed_name.strip() else ["signed_name"]
    return missing + [name for name, value in second.items() if is_second_needed and not value]


@transaction.atomic
def sign_consent(
    *,
    patient: Patient,
    signed_name: str,
    at: datetime,
    marks: Marks = TYPED_ONLY,
    intake: Intake | None = None,
) -> Consent:
    """Store the text as shown in the language of the page, all of it ticked, and who signed.

    Puts off the job that makes and keeps the document; audits. Raises Unsigned.
    """
    missing = missing_to_sign(patient, signed_name, marks, at)
    if missing:
        raise Unsigned(missing)
    consent = Consent.objects.create(
        patient=patient,
        intake=intake,
        text_version=CONSENT_VERSION,
        language=(get_language() or "en").partition("-")[0],
        introduction=introduction_shown(),
        statements=statements_shown(),
        signed_name=signed_name.strip(),
        signature=marks.signature,
        signed_at=at,
        age_at_signing=patient.age_on(clinic_day(at).date()),
        chaperone=marks.chaperone,
        guardian_name=marks.guardian_name.strip(),
        guardian_relation=marks.guardian_relation,
        guardian_signature=marks.guardian_signature,
        recorded_by=marks.recorded_by,
    )
    record(Action.SIGN, consent, patient_id=patient.pk, detail=CONSENT_VERSION)
    key = f"consent-document-{consent.pk}"
    schedule("reports.store_consent", key=key, consent_id=consent.pk)
    return consent


@transaction.atomic
def sign_again(*, patient: Patient, signed_name: str, marks: Marks) -> Consent:
    """Sign today's text by the consent link. While a valid consent stands, that one is returned.

    One after the other, so that two submits at once make one consent. Raises Unsigned.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    held = Consent.objects.valid().filter(patient=patient).first()
    if held is not None:
        return held
    at = timezone.now()
    return sign_consent(patient=patient, signed_name=signed_name, at=at, marks=marks)


@transaction.atomic
def withdraw_consent(
    *, patient: Patient, asked_by: AskedBy, reason: str = "", by: User | None = None
) -> list[Consent]:
    """Withdraw every consent that stands: from now on no session starts. ``by`` is who recorded it.

    A second withdrawal changes nothing. One audit line a consent.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    standing = list(Consent.objects.standing().filter(patient=patient).select_for_update())
    for consent in standing:
        consent.withdrawn_at, consent.withdrawn_by = timezone.now(), by
        consent.withdrawal_asked_by, consent.withdrawal_reason = asked_by, reason.strip()
        fields = ["withdrawn_at", "withdrawn_by", "withdrawal_asked_by", "withdrawal_reason"]
        consent.save(update_fields=fields)
        record(Action.CHANGE, consent, patient_id=patient.pk, detail="withdrawn")
    return standing


@transaction.atomic
def send_consent_link(*, patient: Patient) -> PatientLink | None:
    """Send the link to sign or take back the consent; it closes the one sent before.

    None, and nothing sent, without an e-mail address or a clinic. Queues the message, audits.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    clinic = Location.objects.order_by("pk").first()
    if not patient.email or clinic is None:
        return None
    ends = timezone.now() + LINK_LASTS
    link, token = make_link(patient, LinkPurpose.CONSENT, expires_at=ends, about=about(patient))
    with speaking_to(patient):
        _tell(patient, clinic, token)
    record(Action.SEND, link, patient_id=patient.pk, detail="consent")
    return link


def _tell(patient: Patient, clinic: Location, token: str) -> None:
    words = {"name": patient.given_name, "clinic": clinic.name, "phone": clinic.phone}
    enqueue(
        address=patient.email,
        recipient=patient.full_name,
        subject=gettext("Your form at {clinic}").format(**words),
        body=gettext(
            "Hello {name},\n\n"
            "by this link you can see what you signed at {clinic}, sign it, or take it back. The "
            "link works for one year. Please keep this message.\n\n"
            "Questions? Call us: {phone}"
        ).format(**words),
        secret_link=address_for(patient, reverse("intake:consent-start", args=[token])),
    )


def consents_of(patient: Patient) -> list[Consent]:
    """The consents of a patient, newest first; one query."""
    known = Consent.objects.filter(patient=patient).select_related("withdrawn_by", "recorded_by")
    return list(known[:LATEST])


def state_of(consents: Sequence[Consent]) -> ConsentState:
    """What all the consents of a patient come to."""
    if any(one.is_valid for one in consents):
        return ConsentState.ON_FILE
    if any(one.withdrawn_at is None for one in consents):
        return ConsentState.OLDER_TEXT
    return ConsentState.WITHDRAWN if consents else ConsentState.MISSING
