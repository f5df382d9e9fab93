from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ims_clinic import clock
from scheduling.wall_clock import day_bounds, to_instant

ZONES = ("America/Vancouver", "America/Toronto", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia")


def test_vancouver_stays_on_utc_minus_seven_in_the_winter_of_2026() -> None:
    instant = to_instant(date(2026, 12, 15), time(9), "America/Vancouver")
    assert instant == datetime(2026, 12, 15, 16, tzinfo=UTC)
    clock.require_current_zones()


def test_stale_zone_data_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "CHECK_ZONE", "Etc/GMT+8")
    with pytest.raises(ImproperlyConfigured, match="out of date"):
        clock.require_current_zones()


def test_a_time_that_the_clock_skips_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="skips 02:30"):
        to_instant(date(2027, 3, 14), time(2, 30), "America/Toronto")


def test_a_time_shown_twice_means_the_earlier_one() -> None:
    instant = to_instant(date(2026, 11, 1), time(1, 30), "America/Toronto")
    assert instant == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_day_of_change_has_another_length() -> None:
    start, end = day_bounds(date(2027, 3, 14), "America/Toronto")
    assert end - start == timedelta(hours=23)


@given(
    st.dates(date(2025, 1, 1), date(2029, 12, 31)),
    st.times(),
    st.sampled_from(ZONES),
)
def test_wall_time_survives_the_round_trip(day: date, at: time, zone: str) -> None:
    try:
        instant = to_instant(day, at, zone)
    except ValidationError:
        return
    back = instant.astimezone(ZoneInfo(zone))
    assert (back.date(), back.time()) == (day, at)


def test_the_pinned_zone_package_is_the_one_in_use() -> None:
    assert "America/Vancouver" in available_timezones()
    assert not __import__("zoneinfo").TZPATH
