"""Free times of a day. Pure: no database, no clock, no Django."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(minutes=15)


@dataclass(frozen=True, order=True)
class Span:
    """A period [start, end) of aware instants."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def free_starts(
    working: Iterable[Span], busy: Iterable[Span], length: timedelta, step: timedelta = STEP
) -> Iterator[datetime]:
    """Starts, a step apart from the begin of each working span, at which ``length`` is free."""
    taken = sorted(busy)
    for span in sorted(working):
        start = span.start
        while start + length <= span.end:
            wanted = Span(start, start + length)
            if not any(wanted.overlaps(other) for other in taken):
                yield start
            start += step


def nearest(starts: Iterable[datetime], wanted: datetime, count: int = 3) -> list[datetime]:
    """The ``count`` starts nearest to the wanted one, in order of time."""
    return sorted(sorted(starts, key=lambda start: abs(start - wanted))[:count])
