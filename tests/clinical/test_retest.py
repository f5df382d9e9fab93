from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.retest import (
    MOST_A_ROOT,
    NOTHING_TESTED,
    PALPATED,
    RANGE,
    SOURCES,
    TENDERNESS,
    TONE,
    Change,
    Retested,
    Tally,
    change_of,
    neighbours,
    ranges,
    regional_sentence,
    sentence,
    tally,
    together,
)
from clinical.vocabulary import Side

MUSCLES = ("deltoid", "infraspinatus", "supraspinatus", "biceps_brachii", "brachioradialis")
MUSCLES += ("pronator_teres", "triceps_brachii", "extensor_carpi_radialis_longus", "teres_minor")
places = st.tuples(st.sampled_from(MUSCLES), st.sampled_from(Side))
needles = st.dictionaries(places, st.sampled_from(("", "C5", "C6", "C7")), max_size=8)
grades = st.dictionaries(
    st.tuples(st.sampled_from(PALPATED), st.sampled_from(MUSCLES), st.sampled_from(Side)),
    st.integers(0, 4).map(Decimal),
)
values = st.none() | st.integers(0, 4).map(Decimal)
rows_tested = st.builds(
    Retested, st.sampled_from(PALPATED), st.booleans(), st.just("C6"), values, values
)


def of(found: tuple) -> set[tuple[str, Side, str]]:
    return {(one.muscle, one.side, one.root) for one in found}


@given(needles, grades)
def test_swapping_the_sides_swaps_the_neighbours(needled: dict, graded: dict) -> None:
    mirrored = neighbours(
        {(muscle, side.other): root for (muscle, side), root in needled.items()},
        {(sign, muscle, side.other): value for (sign, muscle, side), value in graded.items()},
    )
    swapped = {(muscle, side.other, root) for muscle, side, root in of(mirrored)}
    assert swapped == of(neighbours(needled, graded))


@given(needles, grades, places, st.sampled_from(("C5", "C6")))
def test_what_is_needled_is_never_a_neighbour(
    needled: dict, graded: dict, place: tuple[str, Side], root: str
) -> None:
    more = needled | {place: root}
    assert {one.place for one in neighbours(more, graded)} & set(more) == set()


@given(needles, grades)
def test_a_neighbour_shares_a_root_and_side_and_a_root_has_few(needled: dict, graded: dict) -> None:
    found = neighbours(needled, graded)
    needled_at = {(root, side) for (_muscle, side), root in needled.items() if root}
    assert {(one.root, one.side) for one in found} <= needled_at
    assert all(one.root in reference().muscles[one.muscle].roots for one in found)
    for root, side in needled_at:
        assert sum((one.root, one.side) == (root, side) for one in found) <= MOST_A_ROOT
    assert len({one.place for one in found}) == len(found)


def test_an_abnormal_muscle_of_the_assessment_comes_first() -> None:
    graded = {
        (TONE, "brachioradialis", Side.RIGHT): Decimal(1),
        (TENDERNESS, "pronator_teres", Side.RIGHT): Decimal(4),
        (TONE, "supraspinatus", Side.RIGHT): Decimal(0),
        (TONE, "biceps_brachii", Side.LEFT): Decimal(4),
    }
    found = neighbours({("deltoid", Side.RIGHT): "C6"}, graded)
    assert [one.muscle for one in found[:2]] == ["pronator_teres", "brachioradialis"]
    assert {one.side for one in found} == {Side.RIGHT}


def test_a_muscle_without_a_noted_root_has_no_neighbours() -> None:
    assert neighbours({("deltoid", Side.RIGHT): ""}, {}) == ()


def test_the_most_limited_movement_of_the_needled_side_comes_first() -> None:
    graded = {
        (RANGE, "neck_rotation", Side.RIGHT): Decimal(70),
        (RANGE, "neck_rotation", Side.LEFT): Decimal(75),
        (RANGE, "shoulder_flexion", Side.RIGHT): Decimal(120),
        (RANGE, "shoulder_flexion", Side.LEFT): Decimal(170),
    }
    assert ranges([Side.RIGHT], graded) == (
        ("shoulder_flexion", Side.RIGHT),
        ("neck_rotation", Side.RIGHT),
    )


@pytest.mark.parametrize(
    ("sign", "before", "after", "change"),
    [
        (TONE, 3, 1, Change.EASED),
        (TONE, 1, 3, Change.WORSE),
        (TENDERNESS, 2, 2, Change.SAME),
        (TONE, None, 0, None),
        (TONE, 3, None, None),
        (RANGE, 50, 60, Change.EASED),
        (RANGE, 50, 59, Change.SAME),
        (RANGE, 60, 50, Change.WORSE),
    ],
)
def test_a_change_needs_both_values(
    sign: str, before: int | None, after: int | None, change: Change | None
) -> None:
    numbers = (None if value is None else Decimal(value) for value in (before, after))
    assert change_of(sign, *numbers) == change


@given(st.lists(rows_tested))
def test_what_was_not_tested_never_counts(rows: list[Retested]) -> None:
    both = [one for one in rows if None not in (one.before, one.after)]
    counted = sum(tally(rows, sign).total for sign in PALPATED)
    assert counted == len(both)
    assert [tally(rows, sign) for sign in PALPATED] == [tally(both, sign) for sign in PALPATED]


def pair(sign: str, before: int, after: int, *, is_needled: bool, root: str = "C6") -> Retested:
    return Retested(sign, is_needled, root, Decimal(before), Decimal(after))


def test_the_sentence_counts_needled_and_others_by_root() -> None:
    rows = [
        *(pair(TONE, 3, 1, is_needled=True) for _ in range(4)),
        pair(TONE, 1, 2, is_needled=True),
        pair(TENDERNESS, 3, 3, is_needled=True),
        *(pair(TONE, 2, after, is_needled=False) for after in (1, 1, 2)),
        Retested(TONE, is_needled=False, root="C5", before=None, after=Decimal(1)),
        pair(RANGE, 40, 60, is_needled=False, root=""),
    ]
    assert sentence(rows) == (
        "Needled: 4 of 5 softer, 1 firmer; 0 of 1 less tender. "
        "Not needled, same root C6: 2 of 3 softer. "
        "Not needled, same root C5: not tested before and after. "
        "Range: 1 of 1 further."
    )
    assert sentence([]) == ""


def test_the_region_is_told_in_counts_and_what_was_not_tested_as_such() -> None:
    assert regional_sentence(Tally(9, 2, 1), Tally(4, 6, 0)) == (
        "Tone or tenderness eased: needled muscles 9 of 12; not needled, same root 4 of 10."
    )
    assert regional_sentence(Tally(1, 0, 0), NOTHING_TESTED).endswith(
        "not needled, same root not tested before and after."
    )


TALLIES = st.lists(st.builds(Tally, *[st.integers(0, 9)] * 3))


@given(TALLIES)
def test_tallies_together_lose_nothing(tallies: list[Tally]) -> None:
    whole = together(tallies)
    assert whole.total == sum(one.total for one in tallies)
    assert (whole.eased, whole.worse) == (
        sum(one.eased for one in tallies),
        sum(one.worse for one in tallies),
    )


def test_the_tally_has_no_percentage_and_the_sources_exist() -> None:
    assert Tally(eased=2, same=1, worse=0).total == 3
    assert set(SOURCES) <= set(reference().sources)
