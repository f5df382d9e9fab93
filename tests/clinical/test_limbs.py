import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.limbs import LIMB_WORDS, SIDE_WORDS, Limb, limbs_in
from clinical.vocabulary import Side


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("left arm", {("arm", "left")}),
        ("Right breast, lymph nodes taken out in 2019", {("arm", "right")}),
        ("both legs", {("leg", "right"), ("leg", "left")}),
        ("bras gauche", {("arm", "left")}),
        ("left arm and leg", {("arm", "left"), ("leg", "left")}),
    ],
)
def test_a_limb_is_read_from_plain_words(words: str, named: set[tuple[str, str]]) -> None:
    found = limbs_in(words)
    assert (set(found.named), found.is_clear) == (named, True)


@pytest.mark.parametrize(
    "words",
    ["", "left", "arm", "not the left arm", "left arm or leg", "left arm, right leg", "since 2019"],
)
def test_what_is_doubtful_is_not_clear(words: str) -> None:
    assert (limbs_in(words).named, limbs_in(words).is_clear) == (frozenset(), False)


@given(limb=st.sampled_from(Limb), side=st.sampled_from(Side), data=st.data())
def test_left_and_right_are_read_alike(limb: Limb, side: Side, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(LIMB_WORDS[limb])))
    word = data.draw(st.sampled_from(sorted(SIDE_WORDS[side] - SIDE_WORDS[side.other])))
    assert limbs_in(f"{word} {name}").named == {(limb, str(side))}
