"""Which times the demo appointments take: on the grid of the working hours, never twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from ims_clinic.demo.clinic import HOURS

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, order=True)
class Slot:
    """A wall-clock time of one practitioner (by their place in HOURS)."""

    day: date
    at: time
    practitioner: int


class Diary:
    """The half hours that are still free."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[Slot] = set()

    def free_on(self, practitioner: int, day: date) -> int:
        """How many half hours are still free."""
        return len(set(self._starts(practitioner, day)) - self._taken)

    def take(
        self, practitioner: int, day: date, half_hours: int, *, latest: bool = False
    ) -> Slot | None:
        """Take a free time of that day, the last one or any; None when the day is full."""
        free = [
            steps
            for start in self._starts(practitioner, day)
            if (steps := self._run(start, half_hours)) is not None
        ]
        if not free:
            return None
        chosen = free[-1] if latest else self._random.choice(free)
        self._taken.update(chosen)
        return chosen[0]

    def _starts(self, practitioner: int, day: date) -> Iterator[Slot]:
        _email, weekdays, spans, _room = HOURS[practitioner]
        if day.weekday() in weekdays:
            for starts, ends in spans:
                for half in range(starts * 2, ends * 2):
                    yield Slot(day, time(half // 2, 30 * (half % 2)), practitioner)

    def _run(self, start: Slot, half_hours: int) -> list[Slot] | None:
        """``half_hours`` free slots in a row, all of them in working hours."""
        open_slots = set(self._starts(start.practitioner, start.day)) - self._taken
        begun = datetime.combine(start.day, start.at)
        run = [
            Slot(start.day, (begun + step * HALF_HOUR).time(), start.practitioner)
            for step in range(half_hours)
        ]
        return run if open_slots.issuperset(run) else None
