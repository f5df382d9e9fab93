from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ims_clinic.lanes import Lane, lanes
from scheduling.slots import Span

DAY = datetime(2027, 1, 5, tzinfo=UTC)


def span(start: int, end: int) -> Span:
    return Span(DAY + timedelta(minutes=start), DAY + timedelta(minutes=end))


def test_cards_that_do_not_overlap_have_the_whole_width() -> None:
    assert lanes([span(0, 30), span(30, 60)]) == [Lane(), Lane()]
    assert str(Lane()) == ""


def test_two_cards_at_one_time_share_the_width() -> None:
    found = lanes([span(0, 30), span(0, 30), span(60, 90)])
    assert found == [Lane(0, 2), Lane(1, 2), Lane(0, 1)]
    assert str(found[1]) == "lane-1-2"


def test_a_lane_is_used_again_as_soon_as_it_is_free() -> None:
    assert lanes([span(0, 90), span(0, 30), span(30, 60)]) == [Lane(0, 2), Lane(1, 2), Lane(1, 2)]


def test_there_are_never_more_than_three_lanes() -> None:
    found = lanes([span(0, 60)] * 5)
    assert {lane.of for lane in found} == {3}
    assert max(lane.index for lane in found) == 2


minutes = st.tuples(st.integers(0, 300), st.integers(5, 90))


@given(st.lists(minutes, max_size=12))
def test_every_card_has_a_lane_and_overlapping_ones_differ_while_three_are_enough(
    periods: list[tuple[int, int]],
) -> None:
    spans = [span(start, start + length) for start, length in sorted(periods)]
    found = lanes(spans)
    assert len(found) == len(spans)
    for index, one in enumerate(spans):
        together = [other for other in spans if other.overlaps(one)]
        for position in range(index):
            if one.overlaps(spans[position]) and len(together) <= 3:
                both_few = sum(o.overlaps(spans[position]) for o in spans) <= 3
                assert found[position].index != found[index].index or not both_few
