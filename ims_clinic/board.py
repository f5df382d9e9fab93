"""One day of the clinic as the calendar draws it: a column for each practitioner.

Pure: rows come in, dataclasses go out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ims_clinic.board_items import HOUR, ROW, WHOLE_DAY, Card, Gap, Item, Now, Off, Place, Ruler
from ims_clinic.lanes import lanes
from intake.status import IntakeBadge
from people.models import Practitioner
from scheduling.choices import AppointmentStatus
from scheduling.free_times import working_span
from scheduling.models import Appointment, Availability
from scheduling.slots import STEP, Span, gaps
from scheduling.status import usual_act

USUAL_HOURS = (8 * HOUR, 17 * HOUR)


@dataclass(frozen=True)
class Column:
    """One practitioner's day, in order of time."""

    practitioner: Practitioner
    hours: str
    rooms: str
    items: tuple[Item, ...]

    @property
    def cards(self) -> list[Card]:
        return [item for item in self.items if isinstance(item, Card)]


@dataclass(frozen=True)
class DayRows:
    """What was read of the day. Rows come with everything joined that a card shows."""

    day: date
    now: datetime
    zone: ZoneInfo
    hours: Sequence[Availability]
    appointments: Sequence[Appointment]
    badges: Mapping[int, IntakeBadge]
    cancelled: int = 0

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def time(self) -> str:
        return f"{self.now.astimezone(self.zone):%H:%M}"


@dataclass(frozen=True)
class Board:
    rows: DayRows
    ruler: Ruler
    columns: tuple[Column, ...]
    now: Place | None

    @property
    def labels(self) -> Iterator[tuple[Place, str]]:
        """The hours beside the columns."""
        for minute in range(self.ruler.opens, self.ruler.closes, HOUR):
            yield self.ruler.rows(minute, minute + HOUR), f"{minute // HOUR:02}:00"

    @property
    def is_closed(self) -> bool:
        """Nobody works and nothing is booked."""
        return not self.columns

    @property
    def counts(self) -> list[tuple[AppointmentStatus, int]]:
        """How many of each status, in the order of a day."""
        found = Counter(a.status for a in self.rows.appointments)
        return [(status, found[status]) for status in AppointmentStatus if found[status]]

    @property
    def waiting(self) -> list[tuple[Appointment, int]]:
        """Who sits in the waiting room, and for how many minutes; the longest first."""
        here = [
            (a.arrived_at, a)
            for a in self.rows.appointments
            if a.status == AppointmentStatus.ARRIVED and a.arrived_at is not None
        ]
        here.sort(key=lambda pair: (pair[0], pair[1].pk))
        now = self.rows.now
        return [(a, max(0, int((now - since).total_seconds()) // 60)) for since, a in here]


def board_of(rows: DayRows) -> Board:
    """Draw the day. A practitioner has a column when they work that day or have an appointment."""
    ruler = _ruler(rows)
    people = {one.practitioner_id: one.practitioner for one in rows.appointments}
    people |= {one.practitioner_id: one.practitioner for one in rows.hours}
    ordered = sorted(people.values(), key=lambda one: (f"{one}".casefold(), one.pk))
    now = _now_place(rows, ruler)
    return Board(rows, ruler, tuple(_column(one, rows, ruler, now) for one in ordered), now)


def _ruler(rows: DayRows) -> Ruler:
    """From the first full hour somebody works or is booked to the last."""
    whole = Ruler(rows.day, rows.zone, 0, WHOLE_DAY)
    spans = [working_span(one, rows.day) for one in rows.hours]
    spans += [Span(one.starts_at, one.ends_at) for one in rows.appointments]
    if not spans:
        return Ruler(rows.day, rows.zone, *USUAL_HOURS)
    first = min(whole.minute(span.start) for span in spans)
    last = max(whole.minute(span.end) for span in spans)
    return Ruler(rows.day, rows.zone, first // HOUR * HOUR, -(-last // HOUR) * HOUR)


def _now_place(rows: DayRows, ruler: Ruler) -> Place | None:
    minute = ruler.minute(rows.now)
    is_drawn = rows.today == rows.day and ruler.opens <= minute < ruler.closes
    return Place((minute - ruler.opens) // ROW, 1) if is_drawn else None


def _column(one: Practitioner, rows: DayRows, ruler: Ruler, now: Place | None) -> Column:
    hours = [h for h in rows.hours if h.practitioner_id == one.pk]
    working = sorted(working_span(h, rows.day) for h in hours)
    mine = [a for a in rows.appointments if a.practitioner_id == one.pk]
    items: list[Item] = [
        *_cards(mine, rows, ruler),
        *_gaps(working, mine, rows, ruler),
        *_offs(working, ruler),
        *([Now(now)] if now else []),
    ]
    return Column(
        practitioner=one,
        hours=_words(min(h.starts for h in hours), max(h.ends for h in hours)) if hours else "",
        rooms=", ".join(dict.fromkeys(h.room.name for h in hours)),
        items=tuple(sorted(items, key=lambda item: (item.place.at, item.kind == "now"))),
    )


def _words(first: object, last: object) -> str:
    return f"{first:%H:%M}–{last:%H:%M}"


def _cards(mine: Collection[Appointment], rows: DayRows, ruler: Ruler) -> Iterator[Card]:
    ordered = sorted(mine, key=lambda a: (a.starts_at, a.pk))
    spans = [Span(a.starts_at, a.ends_at) for a in ordered]
    for one, span, lane in zip(ordered, spans, lanes(spans), strict=True):
        yield Card(
            place=ruler.place(span),
            appointment=one,
            starts=one.starts_at.astimezone(rows.zone),
            badge=rows.badges.get(one.pk),
            act=usual_act(one.status, is_day_reached=rows.day <= rows.today),
            lane=lane,
        )


def _gaps(
    working: Iterable[Span], mine: Iterable[Appointment], rows: DayRows, ruler: Ruler
) -> Iterator[Gap]:
    """Free stretches of a quarter of an hour and more that are still to come."""
    busy = [Span(a.busy_from, a.busy_until) for a in mine if a.is_active]
    for span in working:
        for gap in gaps(span, busy):
            start = max(gap.start, _next_quarter(rows.now))
            if start + STEP <= gap.end:
                minutes = int((gap.end - start).total_seconds()) // 60
                place = ruler.place(Span(start, gap.end))
                yield Gap(place, start.astimezone(rows.zone), minutes)


def _next_quarter(now: datetime) -> datetime:
    return now + (datetime.min.replace(tzinfo=now.tzinfo) - now) % STEP


def _offs(working: Sequence[Span], ruler: Ruler) -> Iterator[Off]:
    """What the working hours leave of the drawn day."""
    end = ruler.opens
    for span in working:
        start = ruler.minute(span.start)
        if start > end:
            words = (
                f"Starts at {start // HOUR:02}:{start % HOUR:02}" if span is working[0] else "Break"
            )
            yield Off(ruler.rows(end, start), words)
        end = max(end, ruler.minute(span.end))
    if end < ruler.closes:
        yield Off(ruler.rows(end, ruler.closes), "Not working")
