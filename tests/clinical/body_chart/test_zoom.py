import pytest

from clinical.body_chart.orientation import MIDLINE, View
from clinical.body_chart.zoom import zooms
from clinical.reference import reference

BY_NAME = {zoom.name: zoom for zoom in zooms()}


def numbers(box: str) -> list[float]:
    return [float(part) for part in box.split()]


def test_a_region_of_one_side_exists_for_both() -> None:
    assert {"Shoulder, right", "Shoulder, left", "Neck"} <= set(BY_NAME)
    assert "Neck, right" not in BY_NAME


@pytest.mark.parametrize("name", ["Shoulder", "Forearm", "Hand", "Knee", "Leg"])
def test_the_right_side_is_on_the_viewers_left_from_the_front_only(name: str) -> None:
    for view, text in BY_NAME[f"{name}, right"].boxes.items():
        left, _top, width, _height = numbers(text)
        middle = left + width / 2
        assert (middle < MIDLINE) == (view is View.FRONT)


def test_both_sides_of_a_region_mirror_each_other() -> None:
    for zoom in zooms():
        if zoom.name.endswith(", right"):
            other = BY_NAME[zoom.name.replace("right", "left")]
            for view, text in zoom.boxes.items():
                (x, y, w, h), mirrored = numbers(text), numbers(other.boxes[view])
                assert mirrored == [2 * MIDLINE - x - w, y, w, h]


def test_every_region_of_the_chart_can_be_looked_at() -> None:
    named = {zoom["id"].replace("_", " ").capitalize() for zoom in reference().body_chart["zooms"]}
    assert {name.partition(",")[0] for name in BY_NAME} == named
    assert BY_NAME["Foot, right"].back == ""
    assert BY_NAME["Sole, right"].front == ""
