import zoneinfo
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ImproperlyConfigured

from ims_clinic import clock


def test_the_winter_of_2026_in_vancouver_is_seven_hours_behind() -> None:
    at_nine = datetime(2026, 12, 15, 9, 0, tzinfo=ZoneInfo("America/Vancouver"))
    assert at_nine.astimezone(UTC) == datetime(2026, 12, 15, 16, 0, tzinfo=UTC)
    clock.require_current_zones()


def test_stale_zone_data_stops_the_start(monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "CHECK_ZONE", "Etc/GMT+8")
    with pytest.raises(ImproperlyConfigured, match="reads as 17:00 UTC, it must be 16:00 UTC"):
        clock.require_current_zones()


def test_the_systems_zone_files_are_not_asked() -> None:
    clock.use_pinned_zones()
    assert zoneinfo.TZPATH == ()
