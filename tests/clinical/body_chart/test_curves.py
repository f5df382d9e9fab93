import re

import pytest

from clinical.body_chart.curves import fibre, number, outline


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.04, "0"), (3, "3"), (0.5, ".5"), (-0.5, "-.5"), (-12.25, "-12.2"), (10, "10")],
)
def test_a_number_has_one_decimal_and_no_needless_character(value: float, text: str) -> None:
    assert number(value) == text


def test_corners_are_joined_by_straight_lines() -> None:
    square = [[0, 0, 1], [10, 0, 1], [10, 10, 1], [0, 10, 1]]
    assert outline(square) == "M0 0l10 0l0 10l-10 0l0-10z"


def test_an_open_line_ends_at_its_last_point() -> None:
    data = outline([[0, 0], [10, 5], [20, 0]], closed=False)
    assert data.startswith("M0 0c")
    assert "z" not in data
    assert ends_of(data) == (20, 0)


def test_a_closed_line_comes_back_to_its_first_point_and_is_smooth_between() -> None:
    data = outline([[0, 0], [10, 0], [10, 10], [0, 10]])
    assert re.sub(r"[^a-zM]", "", data) == "Mcsssz"
    assert ends_of(data) == (0, 0)


def test_a_corner_leaves_and_is_reached_without_a_bend() -> None:
    data = outline([[0, 0, 1], [9, 0], [9, 9]])
    assert re.sub(r"[^a-zM]", "", data) == "Mcssz"
    assert data.startswith("M0 0c3 0 ")


def test_a_coarser_grid_rounds_the_points() -> None:
    line = [[0.4, 0.4, 1], [10.6, 0.4, 1]]
    assert outline(line, closed=False) == "M.5 .5l10 0"
    assert outline(line, closed=False, grid=1) == "M0 0l11 0"


def test_points_on_top_of_each_other_do_no_harm() -> None:
    assert ends_of(outline([[0, 0], [0, 0], [5, 5], [0, 9]])) == (0, 0)


@pytest.mark.parametrize(
    ("flat", "data"),
    [
        ([0, 0, 10, 4], "M0 0l10 4"),
        ([0, 0, 5, 5, 10, 0], "M0 0q5 10 10 0"),
        ([0, 0, 3, 0, 6, 0, 9, 0], "M0 0c3 0 6 0 9 0"),
    ],
)
def test_a_fibre_is_a_line_a_parabola_or_a_cubic(flat: list[float], data: str) -> None:
    assert fibre(flat) == data


def test_a_fibre_of_one_point_is_refused() -> None:
    with pytest.raises(ValueError, match="two to four points, not 1"):
        fibre([0, 0])


def ends_of(data: str) -> tuple[float, float]:
    """Where relative path data ends."""
    x = y = 0.0
    for command, text in re.findall(r"([Mlcs])([^Mlcsz]*)", data):
        steps = [float(found) for found in re.findall(r"-?\d*\.?\d+", text)]
        x, y = (steps[-2], steps[-1]) if command == "M" else (x + steps[-2], y + steps[-1])
    return round(x, 1), round(y, 1)
