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


def gaps(working: Span, busy: Iterable[Span]) -> Iterator[Span]:
    """What ``busy`` leaves of ``working``, in order of time."""
    free_from = working.start
    for taken in sorted(busy):
        if taken.start >= working.end:
            break
        if taken.start > free_from:
            yield Span(free_from, taken.start)
        free_from = max(free_from, taken.end)
    if free_from < working.end:
        yield Span(free_from, working.end)


def free_starts(
    working: Iterable[Span], busy: Iterable[Span], length: timedelta, step: timedelta = STEP
) -> Iterator[datetime]:
    """Starts, a step apart from the begin of each working span, at which ``length`` is free."""
    taken = sorted(busy)
    for span in sorted(working):
        for gap in gaps(span, taken):
            steps = -((span.start - gap.start) // step)  # rounded up to the grid of the span
            start = span.start + steps * step
            while start + length <= gap.end:
                yield start
                start += step


def nearest(starts: Iterable[datetime], wanted: datetime, count: int = 3) -> list[datetime]:
    """The ``count`` starts nearest to the wanted one, in order of time."""
    return sorted(sorted(starts, key=lambda start: abs(start - wanted))[:count])
