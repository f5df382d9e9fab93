import pytest

from scheduling.choices import AppointmentStatus as S
from scheduling.status import LOOKS, look_of, possible_acts, usual_act
from scheduling.templatetags.statuses import look


def usual(status: S, *, is_day_reached: bool) -> S | None:
    act = usual_act(status, is_day_reached=is_day_reached)
    return act.status if act else None


def test_every_status_has_a_look_of_its_own_icon() -> None:
    assert set(LOOKS) == set(S)
    assert len({one.icon for one in LOOKS.values()}) == len(S)


def test_a_template_asks_for_the_look_by_the_stored_word() -> None:
    assert look("in_room") == look_of(S.IN_ROOM)


@pytest.mark.parametrize(
    ("status", "following"),
    [
        (S.REQUESTED, S.BOOKED),
        (S.BOOKED, S.ARRIVED),
        (S.CONFIRMED, S.ARRIVED),
        (S.ARRIVED, S.IN_ROOM),
        (S.IN_ROOM, S.DONE),
        (S.DONE, None),
        (S.NO_SHOW, None),
        (S.CANCELLED, None),
    ],
)
def test_on_the_day_one_click_leads_towards_the_treatment_room(
    status: S, following: S | None
) -> None:
    assert usual(status, is_day_reached=True) == following


def test_before_the_day_one_click_confirms_and_nobody_arrives() -> None:
    assert usual(S.BOOKED, is_day_reached=False) == S.CONFIRMED
    assert usual(S.CONFIRMED, is_day_reached=False) is None


def offered(status: S, *, is_day_reached: bool) -> list[S]:
    return [act.status for act in possible_acts(status, is_day_reached=is_day_reached)]


def test_the_page_offers_everything_that_fits_the_usual_first() -> None:
    assert offered(S.BOOKED, is_day_reached=True) == [
        *(S.ARRIVED, S.CONFIRMED, S.IN_ROOM, S.DONE, S.NO_SHOW, S.CANCELLED)
    ]
    assert offered(S.BOOKED, is_day_reached=False) == [S.CONFIRMED, S.CANCELLED]
    assert offered(S.CONFIRMED, is_day_reached=False) == [S.CANCELLED]
    assert offered(S.DONE, is_day_reached=True) == [S.ARRIVED, S.IN_ROOM, S.NO_SHOW]


def test_a_cancelled_appointment_and_a_no_show_can_only_come_back() -> None:
    for status in (S.CANCELLED, S.NO_SHOW):
        assert offered(status, is_day_reached=True) == [S.BOOKED]
