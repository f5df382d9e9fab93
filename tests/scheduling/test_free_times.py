from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from people.models import Practitioner
from scheduling.choices import AppointmentStatus
from scheduling.free_times import (
    FreeTime,
    Wish,
    free_times,
    nearest_free_times,
    next_free_time,
    planned_room,
)
from scheduling.models import Availability, Room
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 5)  # Vancouver is UTC-7 then
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC) + timedelta(hours=7)


def working(starts: int = 9, ends: int = 11, room: Room | None = None) -> Practitioner:
    one = factories.make_practitioner()
    Availability.objects.create(
        practitioner=one,
        room=room or factories.make_room(),
        weekday=DAY.weekday(),
        starts=time(starts),
        ends=time(ends),
    )
    return one


def wish(one: Practitioner, minutes: int = 30, **fields: Any) -> Wish:
    return Wish(practitioners=[one], length=timedelta(minutes=minutes), **fields)


def times(found: list[FreeTime]) -> list[str]:
    return [f"{free.starts_at:%d %H:%M}" for free in found]


def test_a_free_day_offers_the_quarter_hours_of_the_working_hours() -> None:
    found = list(free_times(wish(working(9, 10)), [DAY]))
    assert times(found) == ["05 09:00", "05 09:15", "05 09:30"]
    assert found[0].key == f"2027-01-05T09:00/{found[0].room.pk}"


def test_what_practitioner_room_or_patient_have_already_is_left_out() -> None:
    room = factories.make_room()
    one, patient = working(9, 12, room), factories.make_patient()
    factories.make_appointment(practitioner=one, starts_at=at(9))
    factories.make_appointment(room=room, starts_at=at(10))
    factories.make_appointment(patient=patient, starts_at=at(11))
    found = list(free_times(wish(one, patient=patient), [DAY]))
    assert times(found) == ["05 09:30", "05 10:30", "05 11:30"]


def test_a_cancelled_appointment_and_the_one_being_moved_take_no_time() -> None:
    one = working(9, 10)
    factories.make_appointment(
        practitioner=one, starts_at=at(9), status=AppointmentStatus.CANCELLED
    )
    moved = factories.make_appointment(practitioner=one, starts_at=at(9, 30))
    found = list(free_times(wish(one, ignoring=moved), [DAY]))
    assert times(found) == ["05 09:00", "05 09:15", "05 09:30"]


def test_the_time_kept_free_afterwards_may_run_past_the_working_hours() -> None:
    found = list(free_times(wish(working(9, 10), buffer=timedelta(minutes=15)), [DAY]))
    assert times(found)[-1] == "05 09:30"


def test_the_nearest_times_are_to_come_and_in_order() -> None:
    one = working(9, 11)
    factories.make_appointment(practitioner=one, starts_at=at(9, 30))
    zone = factories.make_location().zone
    found = nearest_free_times(wish(one), at(9, 30).astimezone(zone), at(8))
    assert times(found) == ["05 09:00", "05 10:00", "05 10:15"]
    later = nearest_free_times(wish(one), at(9, 30).astimezone(zone), at(9, 45))
    assert times(later) == ["05 10:00", "05 10:15", "05 10:30"]


def test_a_full_day_leads_to_the_same_weekday_of_the_next_week() -> None:
    one = working(9, 10)
    kind = factories.make_type(duration_minutes=60)
    factories.make_appointment(practitioner=one, starts_at=at(9), appointment_type=kind)
    zone = factories.make_location().zone
    found = nearest_free_times(wish(one), at(9).astimezone(zone), at(8))
    assert times(found) == ["12 09:00", "12 09:15", "12 09:30"]


def test_the_next_free_time_is_the_earliest_of_all_practitioners() -> None:
    late, early = working(10, 11), working(9, 11)
    found = next_free_time(
        Wish(practitioners=[late, early], length=timedelta(minutes=30)), DAY, LONG_AGO
    )
    assert found is not None
    assert (found.practitioner, found.words) == (early, "Tue 5 Jan, 09:00")


def test_nobody_working_means_no_free_time() -> None:
    assert next_free_time(wish(factories.make_practitioner()), DAY, LONG_AGO) is None


def test_free_times_cost_two_queries_however_many_appointments_there_are(
    django_assert_num_queries: Any,
) -> None:
    one = working(8, 18)
    for hour in range(8, 16):
        factories.make_appointment(practitioner=one, starts_at=at(hour))
    with django_assert_num_queries(2):
        nearest_free_times(wish(one), at(9), LONG_AGO)


@pytest.mark.parametrize(
    ("when", "minutes", "is_planned"),
    [(time(9), 60, True), (time(10), 60, True), (time(10, 30), 60, False), (time(8), 30, False)],
)
def test_the_room_is_planned_when_the_whole_time_lies_in_the_working_hours(
    when: time, minutes: int, is_planned: bool
) -> None:
    room = factories.make_room()
    found = planned_room(working(9, 11, room), DAY, when, timedelta(minutes=minutes))
    assert found == (room if is_planned else None)


def test_a_time_past_midnight_has_no_planned_room() -> None:
    assert planned_room(working(9, 23), DAY, time(23, 30), timedelta(hours=1)) is None


def test_on_the_day_the_clock_jumps_the_working_hours_keep_their_wall_time(
    django_assert_max_num_queries: Any,
) -> None:
    spring = date(2026, 3, 8)
    one = factories.make_practitioner()
    factories.make_availability(one)
    first = next(iter(free_times(wish(one), [spring])))
    assert f"{first.starts_at:%H:%M}" == "08:00"
