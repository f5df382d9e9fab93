"""The places of the pain drawing: all of the chart, both sides alike, large enough to tap."""

import re

import pytest

from clinical.body_chart import pain_figure, pain_places, tap_figure
from clinical.body_chart.figure import Layer, named_shapes
from clinical.body_chart.orientation import MIDLINE, View
from clinical.body_chart.pain import PLACES, SMALLEST_TARGET, zone_key
from clinical.vocabulary import Side

WORDS = {Side.RIGHT: "Your right", Side.LEFT: "Your left"}
TARGETS = {(key, side): f"id-{zone_key(key, side)}" for key in pain_places() for side in Side}
TARGET = re.compile(
    r'<foreignObject x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"><label for="id-(\w+)'
)

Rectangle = tuple[int, int, int, int]


def targets(view: View) -> list[tuple[str, Rectangle]]:
    found = TARGET.findall(tap_figure(view, TARGETS, WORDS))
    return [(key, (int(x), int(y), int(w), int(h))) for x, y, w, h, key in found]


@pytest.mark.parametrize("view", View)
def test_every_zone_of_the_chart_belongs_to_one_place(view: View) -> None:
    joined = [zone for place in PLACES[view] for zone in place.zones]
    assert sorted(joined) == sorted(shape.key for shape in named_shapes(view, Layer.PAIN))


@pytest.mark.parametrize("view", View)
def test_every_target_is_large_enough_for_a_finger(view: View) -> None:
    small = [key for key, (_x, _y, w, h) in targets(view) if min(w, h) < SMALLEST_TARGET]
    assert small == []


@pytest.mark.parametrize("view", View)
def test_no_target_covers_another(view: View) -> None:
    found = targets(view)
    covered = [
        (one, other)
        for number, (one, a) in enumerate(found)
        for other, b in found[number + 1 :]
        if a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
    ]
    assert covered == []


@pytest.mark.parametrize("view", View)
def test_a_place_of_one_side_mirrors_the_other(view: View) -> None:
    found = targets(view)
    right = {(key[:-1], box) for key, box in found if key.endswith("R")}
    left = {(key[:-1], box) for key, box in found if key.endswith("L")}
    assert {(key, (2 * MIDLINE - x - w, y, w, h)) for key, (x, y, w, h) in right} == left


@pytest.mark.parametrize(("view", "is_on_viewers_left"), [(View.FRONT, True), (View.BACK, False)])
def test_the_patients_right_is_where_the_view_shows_it(
    view: View, is_on_viewers_left: bool
) -> None:
    sides = {x + w <= MIDLINE for key, (x, _y, w, _h) in targets(view) if key.endswith("R")}
    assert sides == {is_on_viewers_left}


def test_a_drawing_shows_only_what_is_marked_and_says_what_it_is() -> None:
    marked = pain_figure(View.BACK, {("calf", Side.LEFT)}, WORDS, title="Pain & more")
    none = pain_figure(View.BACK, set(), WORDS, title="Pain & more")
    assert marked.count("#c4432f") - none.count("#c4432f") == 1
    assert "<title>Pain &amp; more</title>" in marked
    assert "<label" not in marked


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no such place: tail"):
        pain_figure(View.BACK, {("tail", Side.LEFT)}, WORDS, title="Pain")
