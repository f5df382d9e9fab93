"""The patient's next appointment, booked from the session: same weekday and time where free."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from clinical.care_course import INTERVAL_DAYS
from people.models import User
from scheduling.choices import AppointmentKind
from scheduling.free_times import FreeTime, Wish, nearest_free_times, planned_room
from scheduling.models import Appointment, AppointmentType, Location
from scheduling.services import book_appointment, refuse_past
from sessions.models import PlannedSession, TreatmentSession


def next_booked(treatment: TreatmentSession) -> Appointment | None:
    """The patient's next appointment that is still to come, whoever it is with."""
    to_come = Appointment.objects.active().filter(
        patient=treatment.patient_id, starts_at__gt=timezone.now()
    )
    if treatment.appointment_id is not None:
        to_come = to_come.exclude(pk=treatment.appointment_id)
    return to_come.with_people().first()


def follow_up_type(treatment: TreatmentSession) -> AppointmentType | None:
    """The kind of this visit when it was a follow-up, else the first that needs no intake."""
    known = AppointmentType.objects.filter(
        is_active=True, kind=AppointmentKind.FOLLOW_UP, needs_intake=False
    )
    own = treatment.appointment.appointment_type if treatment.appointment else None
    return own if own in known else known.first()


def wanted_start(treatment: TreatmentSession) -> datetime | None:
    """The same weekday and time, the plan's interval after this visit, in the clinic's own time."""
    clinic = Location.objects.order_by("pk").first()
    if clinic is None:
        return None
    planned = PlannedSession.objects.filter(treatment=treatment).first()
    days = planned.interval_days if planned else INTERVAL_DAYS
    visit = treatment.appointment
    start = (visit.starts_at if visit else treatment.started_at).astimezone(clinic.zone)
    return start + timedelta(days=days)


def offered(treatment: TreatmentSession) -> list[FreeTime]:
    """The three free times nearest to the wanted one, with this practitioner."""
    kind, wanted = follow_up_type(treatment), wanted_start(treatment)
    if kind is None or wanted is None:
        return []
    wish = Wish(
        practitioners=[treatment.practitioner],
        length=timedelta(minutes=kind.duration_minutes),
        buffer=timedelta(minutes=kind.buffer_minutes),
        patient=treatment.patient,
    )
    return nearest_free_times(wish, wanted, timezone.now())


@transaction.atomic
def book_next(*, treatment: TreatmentSession, start: datetime, by: User) -> Appointment:
    """Book a wall-clock start of the clinic with the session's practitioner; audits.

    The same start booked by the same person a moment ago is returned again. Raises TimeTaken, and
    ValidationError for a time that has passed or lies outside of the working hours.
    """
    kind = follow_up_type(treatment)
    if kind is None:
        raise ValidationError("The clinic has no follow-up appointment type.")
    length = timedelta(minutes=kind.duration_minutes)
    practitioner = treatment.practitioner
    room = planned_room(practitioner, start.date(), start.time(), length)
    if room is None:
        raise ValidationError(f"{practitioner} does not work at that time.")
    instant = start.replace(tzinfo=room.location.zone)
    refuse_past(instant, timezone.now())
    twice = next_booked(treatment)
    if twice and (twice.starts_at, twice.booked_by_id) == (instant, by.pk):
        return twice
    return book_appointment(
        patient=treatment.patient,
        practitioner=practitioner,
        room=room,
        appointment_type=kind,
        day=start.date(),
        at=start.time(),
        by=by,
    )
