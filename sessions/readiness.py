"""What a session needs before it starts, each with the act that brings what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from intake.consent import consents_of, state_of
from intake.models import Intake, IntakeAlert
from intake.precautions import banner_of
from intake.status import OPEN, Topic, intakes_of, newest_submitted, topics_from
from people.choices import Role
from people.models import Patient, Practitioner, User
from scheduling.models import Appointment
from sessions.models import TreatmentSession

TITLES = {
    Topic.INTAKE: "Intake submitted",
    Topic.RED_FLAG: "No red flag waits",
    Topic.REVIEW: "Intake reviewed: needling is suitable",
    Topic.RESCREEN: "What has changed since last time: asked, or not needed today",
    Topic.CONSENT: "Consent to needling on file",
}


@dataclass(frozen=True)
class Act:
    """A link, or a button that posts."""

    words: str
    address: str
    is_post: bool = False


@dataclass(frozen=True)
class Requirement:
    """One thing a session needs; without sentences it is there."""

    title: str
    sentences: tuple[str, ...] = ()
    act: Act | None = None
    waits: str = ""

    @property
    def is_missing(self) -> bool:
        return bool(self.sentences)


def ready_context(
    patient: Patient,
    practitioner: Practitioner,
    appointment: Appointment | None,
    obstacles: Iterable[str] = (),
) -> dict[str, Any]:
    """The page: every requirement, and of the ``obstacles`` those that no requirement names."""
    requirements = requirements_of(patient, practitioner, appointment)
    named = {sentence for one in requirements for sentence in one.sentences}
    others = [sentence for sentence in obstacles if sentence not in named]
    held = TreatmentSession.objects.filter(patient=patient, practitioner=practitioner)
    return {
        "patient": patient,
        **banner_of(patient),
        "appointment": appointment,
        "requirements": requirements,
        "others": others,
        "held": held.filter(signed_at=None).first() if others else None,
        "is_ready": not others and not any(one.is_missing for one in requirements),
    }


def requirements_of(
    patient: Patient, practitioner: Practitioner, appointment: Appointment | None
) -> list[Requirement]:
    """Every requirement in the order in which it is done."""
    intakes = intakes_of(patient)
    today = timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))
    signed = TreatmentSession.objects.filter(patient=patient).exclude(signed_at=None)
    consent = state_of(consents_of(patient))
    topics = topics_from(intakes, today, consent=consent, had_session=signed.exists())
    waits = {Topic.RESCREEN: "after the review says that needling is suitable"}
    if newest_submitted(intakes) is None:
        waits = dict.fromkeys((Topic.REVIEW, Topic.RESCREEN), "after the intake is submitted")
    elif not topics[Topic.REVIEW]:
        waits = {}
    found = []
    for topic, sentences in topics.items():
        if sentences:
            act = _act(topic, patient, intakes, appointment)
            found.append(Requirement(TITLES[topic], tuple(sentences), act))
        else:
            found.append(Requirement(TITLES[topic], waits=waits.get(topic, "")))
    return [*found, _authorisation(practitioner)]


def _authorisation(practitioner: Practitioner) -> Requirement:
    title = f"{practitioner} is authorised to needle"
    today = timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))
    if practitioner.may_needle(today):
        return Requirement(title)
    admins = User.objects.filter(role=Role.CLINIC_ADMIN, is_active=True).order_by("full_name")
    names = ", ".join(one.full_name for one in admins) or "the clinic’s administration"
    told = f"No authorisation to needle is on file for {practitioner} today."
    return Requirement(title, (told, f"Ask {names} to enter it, or let a colleague treat."))


def _act(
    topic: Topic, patient: Patient, intakes: Sequence[Intake], appointment: Appointment | None
) -> Act | None:
    """The act that brings what is missing."""
    visit = f"?appointment={appointment.pk}" if appointment else ""
    if topic is Topic.INTAKE:
        return _send_intake(patient, intakes, appointment)
    if topic is Topic.RED_FLAG:
        return _open_flag(patient)
    if topic is Topic.RESCREEN:
        return Act("Ask what has changed", reverse("intake:rescreen", args=[patient.pk]) + visit)
    if topic is Topic.CONSENT:
        address = reverse("intake:consent-ask", args=[patient.pk])
        return Act("Send the consent to sign", address, is_post=True)
    newest = newest_submitted(intakes)
    return Act("Review the intake", reverse("intake:review", args=[newest.pk])) if newest else None


def _send_intake(
    patient: Patient, intakes: Sequence[Intake], appointment: Appointment | None
) -> Act:
    open_one = next((one for one in intakes if one.status in OPEN and one.appointment_id), None)
    if open_one is not None:
        address = reverse("intake:resend", args=[open_one.pk])
        return Act("Send the intake link again", address, is_post=True)
    if appointment is not None:
        address = reverse("intake:send", args=[appointment.pk])
        return Act("Send the intake link", address, is_post=True)
    return Act("Book a visit first", reverse("clinic:patient", args=[patient.pk]))


def _open_flag(patient: Patient) -> Act | None:
    flag = IntakeAlert.objects.open().filter(patient=patient).first()
    return Act("Open the red flag", reverse("intake:alert", args=[flag.pk])) if flag else None
