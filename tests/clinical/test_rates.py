import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.rates import hidden_groups, poisson_interval, rate_of

PEOPLE = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=8)
LEAST = 5


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        (0, 0.0, 3.689),  # the tables of GARWOOD1936, as R's epitools gives them
        (1, 0.0253, 5.572),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (100, 81.364, 121.627),
    ],
)
def test_the_interval_is_the_exact_one(events: int, low: float, high: float) -> None:
    assert poisson_interval(events) == pytest.approx((low, high), abs=0.001)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 200))
def test_the_interval_holds_its_count_and_grows_with_it(events: int) -> None:
    low, high = poisson_interval(events)
    assert low <= events < high
    assert poisson_interval(events + 1) > (low, high)


def test_a_rate_is_given_for_a_thousand_needles() -> None:
    rate = rate_of(5, 2500)
    assert rate is not None
    assert (rate.rate, round(rate.low, 3), round(rate.high, 3)) == (2.0, 0.649, 4.667)


def test_no_event_still_has_an_upper_limit_and_no_needle_has_no_rate() -> None:
    rate = rate_of(0, 1000)
    assert rate is not None
    assert (rate.rate, rate.low, round(rate.high, 2)) == (0, 0, 3.69)
    assert math.isfinite(rate.high)
    assert rate_of(0, 0) is None


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({"a": 9, "b": 7}, set()),
        ({"a": 9, "b": 0}, set()),
        ({"a": 9, "b": 4}, {"a", "b"}),
        ({"a": 9, "b": 6, "c": 4}, {"b", "c"}),
        ({"a": 9, "b": 2, "c": 2}, {"a", "b", "c"}),
        ({"a": 9, "b": 3, "c": 2}, {"b", "c"}),
        ({"a": 1}, {"a"}),
    ],
)
def test_small_groups_are_hidden_also_from_subtraction(
    people: dict[str, int], hidden: set[str]
) -> None:
    assert hidden_groups(people, LEAST) == hidden


@given(PEOPLE)
def test_nobody_can_be_found_by_subtracting_what_is_shown(people: dict[str, int]) -> None:
    hidden = hidden_groups(people, LEAST)
    shown = {name: count for name, count in people.items() if name not in hidden}
    assert all(count == 0 or count >= LEAST for count in shown.values())
    rest = sum(people[name] for name in hidden)
    everybody_is_hidden = not any(shown.values())
    assert not hidden or everybody_is_hidden or (len(hidden) > 1 and rest >= LEAST)
