"""Patients get no message at night: from 21:00 to 8:00 by the clinic's clock it waits until 8."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(21), time(8)


def is_quiet(instant: datetime, zone: str) -> bool:
    """True when nobody should get a message at ``instant``."""
    at = instant.astimezone(ZoneInfo(zone)).time()
    return at >= QUIET_FROM or at < QUIET_UNTIL


def next_allowed(instant: datetime, zone: str) -> datetime:
    """``instant`` itself, or the end of the quiet hours it falls in."""
    if not is_quiet(instant, zone):
        return instant.astimezone(UTC)
    local = instant.astimezone(ZoneInfo(zone))
    day = local.date()
    if local.time() >= QUIET_FROM:
        day += timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=ZoneInfo(zone)).astimezone(UTC)
