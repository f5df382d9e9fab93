import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.signature import MOST_POINTS, MOST_STROKES, read_strokes, signature_svg

tenths_x = st.integers(0, 6000).map(lambda n: n / 10)
tenths_y = st.integers(0, 2000).map(lambda n: n / 10)
points = st.tuples(tenths_x, tenths_y).map(list)
drawings = st.lists(st.lists(points, min_size=1, max_size=8), max_size=5)


@given(drawings)
def test_what_a_hand_drew_is_read_as_it_was_drawn(strokes: list[list[list[float]]]) -> None:
    assert read_strokes(json.dumps(strokes)) == strokes


@pytest.mark.parametrize("text", ["", "  ", "[]", "[[]]"])
def test_nothing_drawn_is_no_signature(text: str) -> None:
    assert read_strokes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ink",
        "{}",
        "null",
        "[1]",
        "[[1]]",
        "[[[1]]]",
        "[[[1, 2, 3]]]",
        '[[["1", 2]]]',
        "[[[true, 2]]]",
        "[[[NaN, 2]]]",
        "[[[Infinity, 2]]]",
        "[[[-1, 2]]]",
        "[[[601, 2]]]",
        "[[[1, 201]]]",
        "[" * 5000,
        json.dumps([[[1, 1]]] * (MOST_STROKES + 1)),
        json.dumps([[[1, 1]] * (MOST_POINTS + 1)]),
        json.dumps([[[111.1, 111.1]] * 19_000]),
    ],
)
def test_what_no_hand_draws_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_strokes(text)


def test_a_signature_is_drawn_from_its_numbers_and_a_dot_is_seen() -> None:
    svg = signature_svg([[[1, 2], [3.5, 4]], [[10, 20]]], "Signature of <Robin>")
    assert 'd="M1 2L3.5 4M10 20l.01 0"' in svg
    assert "<title>Signature of &lt;Robin&gt;</title>" in svg
    assert signature_svg([], "Signature of Robin") == ""
