from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.quiet_hours import is_quiet, next_allowed

ZONE = "America/Vancouver"
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("wall", "sent"),
    [
        ("2026-11-24T20:59:59", "2026-11-24T20:59:59"),
        ("2026-11-24T21:00:00", "2026-11-25T08:00:00"),
        ("2026-11-24T23:59:59", "2026-11-25T08:00:00"),
        ("2026-11-25T00:00:00", "2026-11-25T08:00:00"),
        ("2026-11-25T07:59:59", "2026-11-25T08:00:00"),
        ("2026-11-25T08:00:00", "2026-11-25T08:00:00"),
    ],
)
def test_a_message_of_the_night_waits_until_eight(wall: str, sent: str) -> None:
    assert next_allowed(at(wall), ZONE) == at(sent)


def test_eight_is_the_wall_clock_also_over_a_change_of_the_clock() -> None:
    zone = "Europe/Berlin"
    night = datetime(2026, 3, 28, 22, 0, tzinfo=ZoneInfo(zone))
    assert next_allowed(night, zone).astimezone(ZoneInfo(zone)).isoformat() == (
        "2026-03-29T08:00:00+02:00"
    )


@given(INSTANTS, st.sampled_from([ZONE, "Europe/Berlin", "Asia/Kolkata"]))
def test_the_time_to_send_is_never_quiet_never_earlier_and_less_than_half_a_day_later(
    instant: datetime, zone: str
) -> None:
    allowed = next_allowed(instant, zone)
    assert not is_quiet(allowed, zone)
    assert timedelta(0) <= allowed - instant <= timedelta(hours=12)
    assert next_allowed(allowed, zone) == allowed
