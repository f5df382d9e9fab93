"""Booking at the desk: appointment and intake link together, or neither."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ims_clinic.home import clinic_today
from intake.models import Intake
from intake.services import send_intake
from people.models import Patient, Practitioner, User
from people.services import register_patient
from scheduling.choices import AppointmentKind
from scheduling.free_times import FreeTime, Wish, next_free_time
from scheduling.models import Appointment, AppointmentType, Room
from scheduling.services import book_appointment

TWICE = timedelta(minutes=2)
YEARS = range(1900, 2200)  # beyond, a day more or less may be no day


@dataclass(frozen=True)
class Booked:
    """What a booking brought about; ``intake`` is None when the type needs none."""

    appointment: Appointment
    intake: Intake | None

    @property
    def is_intake_sent(self) -> bool:
        return self.intake is not None and self.intake.link_id is not None


@transaction.atomic
def book_at_desk(
    *,
    patient: Patient,
    practitioner: Practitioner,
    room: Room,
    appointment_type: AppointmentType,
    day: date,
    at: time,
    by: User,
) -> Booked:
    """Register the patient when new, book, and send the intake when the type needs one.

    All or nothing: a taken time (TimeTaken) leaves no patient and no message behind.
    """
    if patient._state.adding:
        register_patient(patient=patient)
    appointment = book_appointment(
        patient=patient,
        practitioner=practitioner,
        room=room,
        appointment_type=appointment_type,
        day=day,
        at=at,
        by=by,
    )
    needs_intake = appointment_type.needs_intake
    intake = send_intake(appointment=appointment, patient=patient) if needs_intake else None
    return Booked(appointment, intake)


def booked_a_moment_ago(
    *, patient: Patient, practitioner: Practitioner, starts_at: datetime, by: User
) -> Booked | None:
    """The same booking by the same person just now: a double click is not a taken time."""
    same = Appointment.objects.active().filter(
        patient=patient,
        practitioner=practitioner,
        starts_at=starts_at,
        booked_by=by,
        created_at__gte=timezone.now() - TWICE,
    )
    found = same.with_people().first() if patient.pk else None
    if found is None:
        return None
    return Booked(found, Intake.objects.filter(appointment=found).first())


def first_choice(patient: Patient | None, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the booking form starts with: what was asked for, else what the patient had last.

    Without a time the next free one is offered, on or after the day asked for.
    """
    last = _last_appointment(patient)
    kind = _usual_type(last)
    practitioners = _practitioners(asked.get("practitioner", ""), last)
    start = read_time(asked.get("at", ""))
    if start is not None:
        named = practitioners[0] if len(practitioners) == 1 else None
        return _chosen(kind, named, start)
    free = _next_free(practitioners, kind, patient, asked.get("day", "")) if kind else None
    if free is None:
        return {"appointment_type": kind}
    return _chosen(kind, free.practitioner, free.starts_at)


def _chosen(
    kind: AppointmentType | None, practitioner: Practitioner | None, start: datetime
) -> dict[str, Any]:
    return {
        "appointment_type": kind,
        "practitioner": practitioner,
        "day": start.date(),
        "at": start.time(),
    }


def _last_appointment(patient: Patient | None) -> Appointment | None:
    if patient is None:
        return None
    had = Appointment.objects.active().filter(patient=patient).order_by("-starts_at")
    return had.select_related("appointment_type", "practitioner__user").first()


def _usual_type(last: Appointment | None) -> AppointmentType | None:
    """The follow-up of last time, else the first follow-up; an initial one for somebody new."""
    kind = AppointmentKind.INITIAL if last is None else AppointmentKind.FOLLOW_UP
    if last is not None and last.appointment_type.kind == kind and last.appointment_type.is_active:
        return last.appointment_type
    active = AppointmentType.objects.filter(is_active=True)
    return active.filter(kind=kind).first() or active.first()


def _practitioners(asked: str, last: Appointment | None) -> list[Practitioner]:
    """The one asked for, else the one of last time, else everybody who can be booked."""
    bookable = Practitioner.objects.filter(is_bookable=True).select_related("user")
    if asked.isdecimal():
        return list(bookable.filter(pk=asked))
    if last is not None and last.practitioner.is_bookable:
        return [last.practitioner]
    return list(bookable)


def read_time(text: str) -> datetime | None:
    """A wall-clock time of the clinic, as 2026-11-26T10:45, or a day."""
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _next_free(
    practitioners: Sequence[Practitioner], kind: AppointmentType, patient: Patient | None, day: str
) -> FreeTime | None:
    asked, (_clinic, today) = read_time(day), clinic_today()
    first = max(asked.date(), today) if asked else today
    return next_free_time(wish_for(kind, practitioners, patient), first, timezone.now())


def wish_for(
    kind: AppointmentType, practitioners: Sequence[Practitioner], patient: Patient | None
) -> Wish:
    """What must be free for an appointment of this type."""
    return Wish(
        practitioners=practitioners,
        length=timedelta(minutes=kind.duration_minutes),
        buffer=timedelta(minutes=kind.buffer_minutes),
        patient=patient,
    )
