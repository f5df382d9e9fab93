"""Free times: working hours less what practitioner, room and patient have already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from people.models import Patient, Practitioner
from scheduling.models import Appointment, Availability, Room
from scheduling.slots import Span, free_starts, nearest

LONGEST_APPOINTMENT = timedelta(days=1)
DAYS_BEFORE, DAYS_AFTER = 3, 14


@dataclass(frozen=True)
class Wish:
    """What must fit: with whom, how long, kept free afterwards, for whom.

    ``ignoring`` is an appointment that is about to leave its time.
    """

    practitioners: Sequence[Practitioner]
    length: timedelta
    buffer: timedelta = timedelta(0)
    patient: Patient | None = None
    ignoring: Appointment | None = None


@dataclass(frozen=True)
class FreeTime:
    """A free start in the clinic's own time, with the room of those working hours."""

    starts_at: datetime
    practitioner: Practitioner
    room: Room

    @property
    def key(self) -> str:
        """What a form sends back, as 2026-11-26T10:15/3."""
        return f"{self.starts_at:%Y-%m-%dT%H:%M}/{self.room.pk}"

    @property
    def start_key(self) -> str:
        """The start alone, as 2026-11-26T10:15."""
        return f"{self.starts_at:%Y-%m-%dT%H:%M}"

    @property
    def words(self) -> str:
        """Day and time as text: a template would turn an instant into UTC."""
        return f"{self.starts_at:%a %-d %b, %H:%M}"


def planned_room(practitioner: Practitioner, day: date, at: time, length: timedelta) -> Room | None:
    """The room of the working hours that hold the whole period; None outside of them."""
    ends = datetime.combine(day, at, tzinfo=UTC) + length
    if ends.date() != day:
        return None
    hours = Availability.objects.filter(
        practitioner=practitioner, weekday=day.weekday(), starts__lte=at, ends__gte=ends.time()
    )
    found = hours.select_related("room__location").first()
    return found.room if found else None


def nearest_free_times(
    wish: Wish, wanted: datetime, now: datetime, count: int = 3
) -> list[FreeTime]:
    """The free times nearest to the wanted one that are still to come, in order of time.

    Two queries, whatever the number of appointments.
    """
    first = wanted.date() - timedelta(days=DAYS_BEFORE)
    days = [first + timedelta(days=n) for n in range(DAYS_BEFORE + DAYS_AFTER)]
    found = {free.starts_at: free for free in free_times(wish, days) if free.starts_at >= now}
    return [found[start] for start in nearest(found, wanted, count)]


def next_free_time(wish: Wish, day: date, now: datetime) -> FreeTime | None:
    """The first free time of that day or the two weeks from it, not before now."""
    days = [day + timedelta(days=n) for n in range(DAYS_AFTER)]
    to_come = (free for free in free_times(wish, days) if free.starts_at >= now)
    return min(to_come, key=lambda free: free.starts_at, default=None)


def free_times(wish: Wish, days: Sequence[date]) -> Iterator[FreeTime]:
    """Every free start on the quarter hours of the working hours of those days."""
    known = list(
        Availability.objects.filter(practitioner__in=wish.practitioners).select_related(
            "practitioner__user", "room__location"
        )
    )
    periods = [
        (working_span(one, day), one)
        for day in days
        for one in known
        if one.weekday == day.weekday()
    ]
    busy = _busy(wish, periods)
    for span, hours in periods:
        taken = [Span(a.busy_from, a.busy_until) for a in busy if _concerns(a, hours, wish)]
        # The time kept free afterwards may run past the end of the working hours.
        whole = Span(span.start, span.end + wish.buffer)
        for start in free_starts([whole], taken, wish.length + wish.buffer):
            local = start.astimezone(hours.room.location.zone)
            yield FreeTime(local, hours.practitioner, hours.room)


def working_span(hours: Availability, day: date) -> Span:
    """The instants of working hours on that day; ``hours`` come with room and location joined."""
    zone = hours.room.location.zone
    starts = datetime.combine(day, hours.starts, tzinfo=zone)
    ends = datetime.combine(day, hours.ends, tzinfo=zone)
    return Span(starts.astimezone(UTC), ends.astimezone(UTC))


def _concerns(appointment: Appointment, hours: Availability, wish: Wish) -> bool:
    """True when the appointment takes the practitioner, the room or the patient."""
    return (
        appointment.practitioner_id == hours.practitioner_id
        or appointment.room_id == hours.room_id
        or (wish.patient is not None and appointment.patient_id == wish.patient.pk)
    )


def _busy(wish: Wish, periods: Iterable[tuple[Span, Availability]]) -> list[Appointment]:
    """Active appointments that may stand in the way, by the range of their start."""
    spans = [span for span, _hours in periods]
    if not spans:
        return []
    rooms = {hours.room_id for _span, hours in periods}
    concerned = Q(practitioner__in=wish.practitioners) | Q(room__in=rooms)
    if wish.patient is not None:
        concerned |= Q(patient=wish.patient)
    rows = Appointment.objects.active().filter(
        concerned,
        starts_at__gte=min(spans).start - LONGEST_APPOINTMENT,
        starts_at__lt=max(span.end for span in spans) + wish.buffer,
    )
    if wish.ignoring is not None:
        rows = rows.exclude(pk=wish.ignoring.pk)
    return list(rows.only("practitioner", "room", "patient", "busy_from", "busy_until"))
