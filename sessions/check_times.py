"""When the checks of a session are due: counted from the last needle out, never at night."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from notifications.quiet_hours import QUIET_FROM, is_quiet, next_allowed
from sessions.choices import CheckHours
from sessions.models import TreatmentSession

# The first check over the lung comes before the night, if so much time is left for it.
BEFORE_NIGHT = timedelta(minutes=30)
SOONEST = timedelta(hours=1)


def last_needle_out(treatment: TreatmentSession) -> datetime:
    """When the needles out were counted, else the signing. Raises ValueError without either."""
    instant = treatment.needles_out_at or treatment.signed_at
    if instant is None:
        raise ValueError("Only a session whose needles are out has checks.")
    return instant


def due_at(hours: CheckHours, out_at: datetime, zone: str) -> datetime:
    """When a check is to be sent; in the quiet hours it waits for their end.

    The one of the first evening is moved before the night instead, where an hour is left.
    """
    wanted = out_at + timedelta(hours=hours)
    if hours is CheckHours.FIRST_EVENING and is_quiet(wanted, zone):
        day = out_at.astimezone(ZoneInfo(zone)).date()
        evening = datetime.combine(day, QUIET_FROM, tzinfo=ZoneInfo(zone)) - BEFORE_NIGHT
        if out_at + SOONEST <= evening < wanted:
            return evening
    return next_allowed(wanted, zone)
