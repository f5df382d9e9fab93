"""Wall-clock time to instant and back, by the pinned zone data only."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError


def to_instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a wall-clock time. The earlier one when the clock shows it twice.

    Raises ValidationError naming ``at`` when the clock skips that time.
    """
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError(
            {"at": f"The clock skips {at:%H:%M} on {day:%d %B %Y}. Choose another time."}
        )
    return instant


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The instants between which ``day`` lasts in ``zone``."""
    start = datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
    following = date.fromordinal(day.toordinal() + 1)
    return start.astimezone(UTC), datetime.combine(
        following, time.min, tzinfo=ZoneInfo(zone)
    ).astimezone(UTC)
