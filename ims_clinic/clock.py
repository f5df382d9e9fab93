"""Time zone data is a safety item: refuse to run on stale rules.

British Columbia has stayed on UTC-7 since March 2026; stock systems put an appointment of the
following winter one hour off. ``PYTHONTZPATH`` is emptied so that the pinned ``tzdata`` package
answers instead of the system's files.
"""

import zoneinfo
from datetime import UTC, datetime

from django.core.exceptions import ImproperlyConfigured

CHECK_WALL = datetime(2026, 12, 15, 9, 0, tzinfo=UTC).replace(tzinfo=None)
CHECK_ZONE = "America/Vancouver"
CHECK_UTC = datetime(2026, 12, 15, 16, 0, tzinfo=UTC)


def use_pinned_zones() -> None:
    """Make ``zoneinfo`` read the pinned tzdata package only. Affects the whole process."""
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()


def require_current_zones() -> None:
    """Raise ImproperlyConfigured when Vancouver's winter of 2026 is not UTC-7."""
    found = CHECK_WALL.replace(tzinfo=zoneinfo.ZoneInfo(CHECK_ZONE)).astimezone(UTC)
    if found != CHECK_UTC:
        raise ImproperlyConfigured(
            f"Time zone data is out of date: {CHECK_WALL:%Y-%m-%d %H:%M} in {CHECK_ZONE} reads as "
            f"{found:%H:%M} UTC, it must be {CHECK_UTC:%H:%M} UTC. Install tzdata 2026.2 or newer."
        )
