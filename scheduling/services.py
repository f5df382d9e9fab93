from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from people.links import close_links_about, move_ends
from people.models import Patient, Practitioner, User
from scheduling.choices import INACTIVE, AppointmentStatus
from scheduling.models import Appointment, AppointmentType, Location, Room
from scheduling.wall_clock import to_instant

PRACTITIONER_LOCK, ROOM_LOCK, PATIENT_LOCK = 42, 43, 44
EXCLUSION_VIOLATION = "23P01"
NOT_HERE_YET = (
    AppointmentStatus.REQUESTED,
    AppointmentStatus.BOOKED,
    AppointmentStatus.CONFIRMED,
)
OVERLAP_SENTENCES = {
    "practitioner_never_twice": "{practitioner} already has an appointment at that time.",
    "room_never_twice": "{room} is already taken at that time.",
    "patient_never_twice": "{patient} already has an appointment at that time.",
}


class TimeTaken(Exception):
    """The wanted time overlaps another appointment; ``str()`` is the sentence for the user."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the appointment since it was read; ``str()`` says so to the user."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this appointment in the meantime. Look at it and try again."
        )


@transaction.atomic
def book_appointment(
    *,
    patient: Patient,
    practitioner: Practitioner,
    room: Room,
    appointment_type: AppointmentType,
    day: date,
    at: time,
    by: User | None,
    status: AppointmentStatus = AppointmentStatus.BOOKED,
) -> Appointment:
    """Book at a wall-clock time of the room's location.

    Takes the locks, inserts, audits. Raises TimeTaken when practitioner, room or
    patient is busy, and ValidationError when the wall-clock time does not exist that day.
    """
    location: Location = room.location
    starts_at = to_instant(day, at, location.time_zone)
    ends_at = starts_at + timedelta(minutes=appointment_type.duration_minutes)
    appointment = Appointment(
        patient=patient,
        practitioner=practitioner,
        room=room,
        appointment_type=appointment_type,
        starts_at=starts_at,
        ends_at=ends_at,
        busy_from=starts_at,
        busy_until=ends_at + timedelta(minutes=appointment_type.buffer_minutes),
        wall_date=day,
        wall_time=at,
        time_zone=location.time_zone,
        status=status,
        booked_by=by,
    )
    _save_or_say_who_is_there(appointment)
    record(Action.CREATE, appointment, patient_id=patient.pk)
    return appointment


@transaction.atomic
def move_appointment(
    appointment: Appointment, *, day: date, at: time, practitioner: Practitioner, room: Room
) -> Appointment:
    """Move to another time, practitioner or room; same refusals as booking, one audit line.

    The end of the patient's intake link moves along.

    Raises ChangedMeanwhile when the appointment was read before somebody else's change.
    """
    length = appointment.ends_at - appointment.starts_at
    buffer = appointment.busy_until - appointment.ends_at
    starts_at = to_instant(day, at, room.location.time_zone)
    appointment.practitioner, appointment.room = practitioner, room
    appointment.starts_at, appointment.ends_at = starts_at, starts_at + length
    appointment.busy_from, appointment.busy_until = starts_at, starts_at + length + buffer
    appointment.wall_date, appointment.wall_time = day, at
    appointment.time_zone = room.location.time_zone
    appointment.version += 1
    _save_or_say_who_is_there(appointment)
    move_ends(appointment, starts_at)
    record(Action.CHANGE, appointment, patient_id=appointment.patient_id, detail="moved")
    return appointment


@transaction.atomic
def set_status(appointment: Appointment, status: AppointmentStatus) -> Appointment:
    """Change the status, note or take back the arrival, audit. Cancelling closes its links.

    Restoring a freed time may raise TimeTaken; raises ChangedMeanwhile as moving does.
    """
    appointment.status = status
    if status == AppointmentStatus.ARRIVED and appointment.arrived_at is None:
        appointment.arrived_at = timezone.now()
    if status in NOT_HERE_YET:
        appointment.arrived_at = None
    appointment.version += 1
    _save_or_say_who_is_there(appointment)
    if status in INACTIVE:
        close_links_about(appointment)
    record(Action.CHANGE, appointment, patient_id=appointment.patient_id, detail=status)
    return appointment


def _save_or_say_who_is_there(appointment: Appointment) -> None:
    """Insert or update under three locks; the constraints are the guarantee.

    Two transactions that each wait for the other's row would end as a deadlock, not as a
    sentence. Everybody locks in the order practitioner, room, patient, so nobody waits in a ring.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s), pg_advisory_xact_lock(%s, %s), "
            "pg_advisory_xact_lock(%s, %s)",
            [
                *(PRACTITIONER_LOCK, appointment.practitioner_id),
                *(ROOM_LOCK, appointment.room_id),
                *(PATIENT_LOCK, appointment.patient_id),
            ],
        )
    _refuse_stale(appointment)
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError as error:
        raise _as_sentence(error, appointment) from error


def _refuse_stale(appointment: Appointment) -> None:
    """A changed appointment is one version ahead of its row, else somebody came first."""
    if appointment._state.adding:
        return
    before = Appointment.objects.select_for_update().filter(
        pk=appointment.pk, version=appointment.version - 1
    )
    if not before.exists():
        raise ChangedMeanwhile


def _as_sentence(error: IntegrityError, appointment: Appointment) -> Exception:
    cause = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    if getattr(cause, "sqlstate", None) != EXCLUSION_VIOLATION or name not in OVERLAP_SENTENCES:
        return error
    return TimeTaken(
        OVERLAP_SENTENCES[name].format(
            practitioner=appointment.practitioner,
            room=appointment.room,
            patient=appointment.patient,
        )
    )


def refuse_past(starts_at: datetime, now: datetime) -> None:
    """Raise ValidationError for a time more than a day ago: a typing slip, not a booking."""
    if starts_at < now - timedelta(days=1):
        raise ValidationError({"day": "That day has passed. Choose today or a later day."})
