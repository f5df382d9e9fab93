"""What stands on the calendar of a day: cards, free gaps, hours off, the line of the present.

Everything is placed in rows of five minutes from the hour the day opens, so that classes ``at-N``
and ``len-N`` say where a card stands.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from ims_clinic.lanes import Lane
from ims_clinic.pieces import Shown, card_html
from intake.status import IntakeBadge
from scheduling.models import Appointment
from scheduling.slots import Span
from scheduling.status import Act, Look, look_of

ROW = 5
HOUR, WHOLE_DAY = 60, 24 * 60
TALL, TINY = 9, 3  # rows: three lines from 45 minutes on, one line up to 15 minutes


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: ``str()`` is its two classes."""

    at: int
    length: int

    def __str__(self) -> str:
        return f"at-{self.at} len-{self.length}"


@dataclass(frozen=True)
class Ruler:
    """Turns instants into rows of the drawn day, which opens and closes on a full hour."""

    day: date
    zone: ZoneInfo
    opens: int
    closes: int

    def minute(self, instant: datetime) -> int:
        """The wall-clock minute of the day, kept inside of it."""
        local = instant.astimezone(self.zone)
        days = (local.date() - self.day).days
        return min(max(days * WHOLE_DAY + local.hour * HOUR + local.minute, 0), WHOLE_DAY)

    def place(self, span: Span) -> Place:
        first = (self.minute(span.start) - self.opens) // ROW
        last = -((self.opens - self.minute(span.end)) // ROW)
        return Place(first, max(last - first, 1))

    def rows(self, first: int, last: int) -> Place:
        """The place between two minutes of the day."""
        return Place((first - self.opens) // ROW, (last - first) // ROW)


@dataclass(frozen=True)
class Card:
    """An appointment: who, when, what, its status and the state of the intake. Nothing clinical."""

    kind: ClassVar = "card"
    place: Place
    appointment: Appointment
    starts: datetime
    badge: IntakeBadge | None
    act: Act | None
    lane: Lane = field(default_factory=Lane)

    @property
    def look(self) -> Look:
        return look_of(self.appointment.status)

    @property
    def time(self) -> str:
        """The clinic's own time, as text: a template would turn an instant into UTC."""
        return f"{self.starts:%H:%M}"

    @property
    def html(self) -> str:
        one, look = self.appointment, self.look
        shown = Shown(
            number=one.pk,
            version=one.version,
            patient=f"{one.patient}",
            type=f"{one.appointment_type}",
            status=one.get_status_display(),
            time=self.time,
            classes=f"{look.card} {self.place} {self.size} {self.lane}",
            look=look,
            badge=self.badge,
            act=self.act,
        )
        return card_html(shown)

    @property
    def size(self) -> str:
        """How much fits: three lines, two or one."""
        if self.place.length <= TINY:
            return "is-tiny"
        return "is-short" if self.place.length < TALL else "is-tall"


@dataclass(frozen=True)
class Gap:
    """Free working time that can be booked."""

    kind: ClassVar = "gap"
    place: Place
    starts: datetime
    minutes: int

    @property
    def key(self) -> str:
        """The start as the booking page reads it."""
        return f"{self.starts:%Y-%m-%dT%H:%M}"

    @property
    def time(self) -> str:
        return f"{self.starts:%H:%M}"

    @property
    def lasts(self) -> str:
        hours, minutes = divmod(self.minutes, HOUR)
        parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
        return " ".join(parts)


@dataclass(frozen=True)
class Off:
    """Hours in which the practitioner does not work."""

    kind: ClassVar = "off"
    place: Place
    words: str

    @property
    def is_small(self) -> bool:
        return self.place.length < TINY


@dataclass(frozen=True)
class Now:
    """The line of the present time."""

    kind: ClassVar = "now"
    place: Place


Item = Card | Gap | Off | Now
