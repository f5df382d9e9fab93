from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from ims_clinic.board import Board, board_of
from ims_clinic.board_items import Card, Gap, Now, Off
from ims_clinic.day_rows import next_open_day, read_day
from people.models import Practitioner
from scheduling.choices import AppointmentStatus as S
from scheduling.models import Appointment, Availability
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 5)  # a Tuesday; Vancouver is UTC-7 then
YESTERDAY = datetime(2027, 1, 4, 20, tzinfo=UTC)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC) + timedelta(hours=7)


def working(*spans: tuple[int, int], name: str = "Mara Lindqvist") -> Practitioner:
    one = factories.make_practitioner()
    one.user.full_name = name
    one.user.save()
    room = factories.make_room(name=f"Room of {name}")
    for starts, ends in spans:
        Availability.objects.create(
            practitioner=one,
            room=room,
            weekday=DAY.weekday(),
            starts=time(starts),
            ends=time(ends),
        )
    return one


def book(one: Practitioner, hour: int, minute: int = 0, **fields: Any) -> Appointment:
    return factories.make_appointment(practitioner=one, starts_at=at(hour, minute), **fields)


def drawn(now: datetime = YESTERDAY, *, with_cancelled: bool = False) -> Board:
    rows = read_day(DAY, now, with_cancelled=with_cancelled)
    assert rows is not None
    return board_of(rows)


def words(board: Board) -> list[list[str]]:
    """Every item of every column in short: what it is and where it stands."""
    return [[f"{item.kind} {item.place}" for item in column.items] for column in board.columns]


def test_a_day_runs_from_the_first_full_hour_to_the_last_in_rows_of_five_minutes() -> None:
    one = working((9, 12), (13, 16))
    book(one, 9, 35)
    board = drawn()
    assert [label for _place, label in board.labels] == [
        *("09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00")
    ]
    assert [str(place) for place, _label in board.labels][:2] == ["at-0 len-12", "at-12 len-12"]
    assert words(board) == [
        [
            "gap at-0 len-7",
            "card at-7 len-6",
            "gap at-13 len-23",
            "off at-36 len-12",
            "gap at-48 len-36",
        ]
    ]


def test_an_appointment_before_and_after_the_working_hours_widens_the_day() -> None:
    one = working((9, 10))
    book(one, 7, 30)
    book(one, 19, 45)
    board = drawn()
    assert (board.ruler.opens, board.ruler.closes) == (7 * 60, 21 * 60)


def test_an_odd_length_takes_every_row_it_touches() -> None:
    kind = factories.make_type(duration_minutes=47)
    book(working((9, 12)), 9, 0, appointment_type=kind)
    [column] = drawn().columns
    assert str(column.cards[0].place) == "at-0 len-10"


def test_an_appointment_past_midnight_ends_with_the_day() -> None:
    kind = factories.make_type(duration_minutes=120)
    book(working((9, 10)), 23, 0, appointment_type=kind)
    board = drawn()
    assert board.ruler.closes == 24 * 60
    assert str(board.columns[0].cards[0].place) == "at-168 len-12"


def test_each_practitioner_has_a_column_with_room_and_hours() -> None:
    working((9, 12), (13, 16), name="Tom")
    working((8, 12), name="Ada")
    found = [(f"{c.practitioner}", c.rooms, c.hours) for c in drawn().columns]
    assert found == [
        ("Ada", "Room of Ada", "08:00–12:00"),
        ("Tom", "Room of Tom", "09:00–16:00"),
    ]


def test_who_does_not_work_has_a_column_only_with_an_appointment() -> None:
    working((9, 10), name="Works")
    factories.make_practitioner()
    book(working(name="Comes in"), 9)
    found = [(f"{c.practitioner}", c.hours) for c in drawn().columns]
    assert found == [("Comes in", ""), ("Works", "09:00–10:00")]


def test_hours_nobody_works_are_said_in_words() -> None:
    working((8, 18), name="A")
    working((9, 12), (13, 16), name="B")
    column = drawn().columns[1]
    assert [item.words for item in column.items if isinstance(item, Off)] == [
        *("Starts at 09:00", "Break", "Not working")
    ]


def test_a_gap_says_from_when_and_how_long_it_is_free() -> None:
    one = working((9, 12))
    book(one, 9, appointment_type=factories.make_type(duration_minutes=25, buffer_minutes=5))
    book(one, 9, 40)
    [column] = drawn().columns
    gaps = [(gap.time, gap.lasts, gap.key) for gap in column.items if isinstance(gap, Gap)]
    assert gaps == [("10:10", "1 h 50 min", "2027-01-05T10:10")]


def test_what_has_passed_is_not_offered_any_more() -> None:
    working((9, 12))
    [column] = drawn(at(10, 36)).columns
    assert [gap.time for gap in column.items if isinstance(gap, Gap)] == ["10:45"]
    [column] = drawn(at(11, 50)).columns
    assert [gap for gap in column.items if isinstance(gap, Gap)] == []
    [column] = drawn(at(9) + timedelta(days=3)).columns
    assert [gap for gap in column.items if isinstance(gap, Gap)] == []


def test_the_line_of_the_present_stands_after_the_card_that_has_just_begun() -> None:
    one = working((9, 12))
    book(one, 10)
    board = drawn(at(10, 3))
    kinds = [type(item) for item in board.columns[0].items]
    assert kinds == [Card, Now, Gap]
    assert (str(board.now), board.rows.time) == ("at-12 len-1", "10:03")
    assert drawn(at(8)).now is None
    assert drawn(YESTERDAY).now is None


def test_a_no_show_stands_beside_the_appointment_that_took_its_time() -> None:
    one = working((9, 12))
    book(one, 9, status=S.NO_SHOW)
    book(one, 9)
    book(one, 10)
    [column] = drawn().columns
    assert [str(card.lane) for card in column.cards] == ["lane-0-2", "lane-1-2", ""]


def test_cancelled_appointments_are_counted_and_shown_only_when_asked_for() -> None:
    one = working((9, 12))
    book(one, 9, status=S.CANCELLED)
    assert drawn().columns[0].cards == []
    assert drawn().rows.cancelled == 1
    assert len(drawn(with_cancelled=True).columns[0].cards) == 1


@pytest.mark.parametrize(("minutes", "size"), [(15, "is-tiny"), (30, "is-short"), (45, "is-tall")])
def test_a_card_shows_as_many_lines_as_fit(minutes: int, size: str) -> None:
    book(working((9, 12)), 9, appointment_type=factories.make_type(duration_minutes=minutes))
    assert drawn().columns[0].cards[0].size == size


def test_the_statuses_are_counted_in_the_order_of_a_day() -> None:
    one = working((8, 16))
    for hour, status in ((9, S.DONE), (10, S.BOOKED), (11, S.BOOKED)):
        book(one, hour, status=status)
    assert drawn().counts == [
        (S.BOOKED, 2),
        (S.DONE, 1),
    ]


def test_the_waiting_room_says_who_waits_how_long_the_longest_first() -> None:
    one = working((8, 16))
    short = book(one, 9, status=S.ARRIVED, arrived_at=at(8, 55))
    long = book(one, 10, status=S.ARRIVED, arrived_at=at(8, 30))
    book(one, 11, status=S.IN_ROOM, arrived_at=at(8, 30))
    assert drawn(at(9)).waiting == [(long, 30), (short, 5)]


def test_only_on_the_day_a_card_offers_the_arrival() -> None:
    book(working((9, 12)), 9)
    [early] = drawn().columns[0].cards
    [today] = drawn(at(8)).columns[0].cards
    assert early.act is not None
    assert today.act is not None
    assert (early.act.status, today.act.status) == (S.CONFIRMED, S.ARRIVED)


def test_a_day_without_work_is_closed_and_the_next_open_one_is_known() -> None:
    one = working((9, 12))
    sunday = date(2027, 1, 10)
    rows = read_day(sunday, YESTERDAY, with_cancelled=False)
    assert rows is not None
    board = board_of(rows)
    assert (board.is_closed, board.counts) == (True, [])
    assert next_open_day(sunday) == date(2027, 1, 12)
    one.is_bookable = False
    one.save()
    assert next_open_day(sunday) is None


def test_without_a_location_there_is_no_calendar() -> None:
    assert read_day(None, YESTERDAY, with_cancelled=False) is None
    assert read_day(DAY, YESTERDAY, with_cancelled=False) is None


def test_on_the_day_the_clock_jumps_cards_stand_at_their_wall_time() -> None:
    jump = date(2026, 3, 8)
    one = factories.make_practitioner()
    factories.make_availability(one)
    wall = datetime.combine(jump, time(9), tzinfo=factories.make_location().zone)
    factories.make_appointment(practitioner=one, starts_at=wall.astimezone(UTC))
    rows = read_day(jump, YESTERDAY, with_cancelled=False)
    assert rows is not None
    [column] = board_of(rows).columns
    assert [(card.time, str(card.place)) for card in column.cards] == [("09:00", "at-12 len-6")]
