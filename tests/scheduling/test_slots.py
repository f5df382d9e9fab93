from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduling.slots import Span, free_starts, gaps, nearest

DAY = datetime(2027, 1, 5, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def at(minutes: int) -> datetime:
    return DAY + timedelta(minutes=minutes)


def span(start: int, end: int) -> Span:
    return Span(at(start), at(end))


def test_a_free_day_offers_every_quarter_hour_that_fits() -> None:
    assert list(free_starts([span(0, 60)], [], HALF_HOUR)) == [at(0), at(15), at(30)]


def test_a_busy_period_is_left_out_and_touching_it_is_fine() -> None:
    assert list(free_starts([span(0, 90)], [span(30, 60)], HALF_HOUR)) == [at(0), at(60)]


def test_starts_keep_to_the_quarter_hours_of_the_working_hours_after_an_odd_end() -> None:
    assert list(free_starts([span(0, 90)], [span(0, 20)], HALF_HOUR)) == [at(30), at(45), at(60)]


def test_gaps_are_what_overlapping_busy_periods_leave() -> None:
    busy = [span(50, 60), span(-10, 10), span(20, 40), span(25, 30), span(90, 200)]
    assert list(gaps(span(0, 100), busy)) == [span(10, 20), span(40, 50), span(60, 90)]
    assert list(gaps(span(0, 100), [])) == [span(0, 100)]
    assert list(gaps(span(0, 100), [span(-5, 100)])) == []


def test_the_nearest_times_come_in_order_of_time() -> None:
    starts = [at(0), at(60), at(75), at(300)]
    assert nearest(starts, at(70), 2) == [at(60), at(75)]


spans = st.tuples(st.integers(0, 600), st.integers(1, 120)).map(lambda p: span(p[0], p[0] + p[1]))


@given(st.lists(spans, max_size=4), st.lists(spans, max_size=8), st.integers(5, 90))
def test_an_offered_time_is_inside_working_hours_and_never_busy(
    working: list[Span], busy: list[Span], minutes: int
) -> None:
    length = timedelta(minutes=minutes)
    for start in free_starts(working, busy, length):
        wanted = Span(start, start + length)
        assert not any(wanted.overlaps(one) for one in busy)
        assert any(one.start <= wanted.start and wanted.end <= one.end for one in working)
