from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.dates import readings

MAY_17 = date(1980, 5, 17)


@pytest.mark.parametrize(
    "text",
    [
        "1980-05-17",
        "1980/5/17",
        "1980.05.17",
        "19800517",
        " 1980 05 17 ",
        "17 May 1980",
        "may 17, 1980",
        "17-may-1980",
        "1980 May 17",
        "17/05/1980",
        "5/17/1980",
    ],
)
def test_a_day_is_read_in_every_order_that_can_only_mean_one(text: str) -> None:
    assert readings(text) == [MAY_17]


def test_a_day_that_can_be_read_two_ways_gives_both() -> None:
    assert readings("05/06/1980") == [date(1980, 5, 6), date(1980, 6, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1980",
        "17.05.80",
        "31/02/1980",
        "1980-13-01",
        "may june 1980",
        "17 xyz 1980",
        "17 May 80",
        "6045550123",
        "Dana Whitlock",
    ],
)
def test_what_is_no_day_with_a_whole_year_is_not_guessed(text: str) -> None:
    assert readings(text) == []


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_year_month_day_always_means_that_day(day: date) -> None:
    assert readings(day.isoformat()) == [day]
