from calendar import SUNDAY, Calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Month:
    """The weeks of a month, each from Sunday to Saturday, with the days that fill them up."""

    day: date
    today: date
    weeks: tuple[tuple[date, ...], ...]

    @property
    def before(self) -> date:
        """A day of the month before, the same one where that month has it."""
        return _near(self.day, self.day.replace(day=1) - timedelta(days=1))

    @property
    def after(self) -> date:
        return _near(self.day, self.day.replace(day=28) + timedelta(days=4))


def month_of(day: date, today: date) -> Month:
    weeks = Calendar(SUNDAY).monthdatescalendar(day.year, day.month)
    return Month(day, today, tuple(tuple(week) for week in weeks))


def _near(day: date, inside: date) -> date:
    """The date of ``day`` in the month of ``inside``, or that month's last day."""
    last = (inside.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return inside.replace(day=min(day.day, last.day))
