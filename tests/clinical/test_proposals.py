from hypothesis import given
from hypothesis import strategies as st

from clinical.proposals import TIGHT_FROM, propose_muscles
from clinical.reference import reference
from clinical.vocabulary import ROOTS, Side

R, L = Side.RIGHT, Side.LEFT
MUSCLES = sorted(reference().muscles)


def names(flags: list, tone: dict | None = None, bands: dict | None = None) -> list:
    found = propose_muscles(flags, tone=tone or {}, bands=bands or {})
    return [(one.muscle, one.side, one.segment) for one in found]


def test_a_tight_muscle_of_a_flagged_root_is_proposed_on_its_side() -> None:
    tone = {("deltoid", R): 3, ("deltoid", L): 3, ("infraspinatus", R): 1}
    assert names([("C5", R)], tone) == [("deltoid", R, "C5")]


def test_a_tight_muscle_of_another_root_is_not_proposed() -> None:
    assert names([("L5", R)], {("deltoid", R): 4}) == []


def test_the_tightest_muscle_of_the_first_flag_comes_first() -> None:
    tone = {("deltoid", R): 2, ("infraspinatus", R): 3, ("triceps_brachii", L): 4}
    found = names([("C5", R), ("C7", L)], tone)
    assert found == [("infraspinatus", R, "C5"), ("deltoid", R, "C5"), ("triceps_brachii", L, "C7")]


def test_a_muscle_of_two_flagged_roots_is_proposed_once_for_the_first() -> None:
    found = names([("C6", R), ("C5", R)], {("biceps_brachii", R): 3})
    assert found == [("biceps_brachii", R, "C6")]


def test_a_paraspinal_band_proposes_the_multifidus_at_its_level_only() -> None:
    found = names([("C5", R)], bands={("C5", R): 3, ("C7", R): 3})
    assert found == [("multifidus_cervical_lower", R, "C5")]
    assert names([("C5", R)], bands={("C5", R): 1}) == []


@given(
    st.lists(st.tuples(st.sampled_from(ROOTS), st.sampled_from(Side)), unique=True, max_size=4),
    st.dictionaries(
        st.tuples(st.sampled_from(MUSCLES), st.sampled_from(Side)),
        st.integers(min_value=0, max_value=4),
        max_size=12,
    ),
)
def test_swapping_the_sides_swaps_the_proposals(flags: list, tone: dict) -> None:
    swapped = names(
        [(root, side.other) for root, side in flags],
        {(muscle, side.other): grade for (muscle, side), grade in tone.items()},
    )
    plain = names(flags, tone)
    assert swapped == [(muscle, side.other, root) for muscle, side, root in plain]
    assert all(tone[muscle, side] >= TIGHT_FROM for muscle, side, _root in plain)
