import pytest

from clinical.body_chart.orientation import matrix, side_transform, x_of
from clinical.vocabulary import Side


@pytest.mark.parametrize(
    ("view", "side", "expected"),
    [
        ("front", Side.RIGHT, -1),
        ("front", Side.LEFT, 1),
        ("back", Side.RIGHT, 1),
        ("back", Side.LEFT, -1),
    ],
)
def test_the_right_of_the_patient_is_on_the_left_in_front_and_on_the_right_from_behind(
    view: str, side: Side, expected: int
) -> None:
    assert side_transform(view, side) == expected


def test_a_half_body_is_mirrored_about_the_middle_of_the_canvas() -> None:
    assert matrix("front", Side.RIGHT) == 'transform="matrix(-1 0 0 1 240 0)"'
    assert matrix("back", Side.RIGHT) == 'transform="matrix(1 0 0 1 240 0)"'
    assert (x_of(10, "front", Side.RIGHT), x_of(10, "front", Side.LEFT)) == ("230", "250")


def test_an_unknown_view_is_refused() -> None:
    with pytest.raises(ValueError, match="side"):
        side_transform("side", Side.RIGHT)
