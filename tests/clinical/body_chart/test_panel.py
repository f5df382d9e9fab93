from itertools import groupby

import pytest

from clinical.body_chart import render_panel
from clinical.body_chart.figure import Layer, View, panels
from clinical.body_chart.orientation import HEIGHT, MIDLINE, WIDTH
from clinical.reference import reference
from clinical.vocabulary import Side
from tests.clinical.body_chart.drawing import SVG, Drawn, by_place, read, shapes_of

KNOWN = reference()
PANELS = panels()


def drawn(view: str, layer: str) -> list[Drawn]:
    return shapes_of(render_panel(view, layer, {}, title="chart"))


def is_on_its_side(view: View, shape: Drawn) -> bool:
    """The rule in words: facing us, the patient's right is on our left; turned, on our right."""
    is_left_of_middle = shape.centre[0] < MIDLINE
    return is_left_of_middle == ((shape.side == "right") == (view is View.FRONT))


@pytest.mark.parametrize(("view", "layer"), PANELS)
def test_every_shape_stands_on_its_side_of_the_body(view: View, layer: Layer) -> None:
    shapes = drawn(view, layer)
    assert shapes
    assert [shape.id or shape.key for shape in shapes if not is_on_its_side(view, shape)] == []


@pytest.mark.parametrize(("view", "layer"), PANELS)
def test_both_sides_are_drawn_as_mirror_images(view: View, layer: Layer) -> None:
    def mirrored(side: str) -> list[tuple[str, float, float]]:
        flip = 1 if side == "right" else -1
        centres = [(s.key, *s.centre) for s in drawn(view, layer) if s.side == side]
        return sorted((key, round(flip * (x - MIDLINE), 1), round(y, 1)) for key, x, y in centres)

    assert mirrored("right") == mirrored("left")
    assert len(mirrored("right")) > 15


@pytest.mark.parametrize(("view", "layer"), PANELS)
def test_every_shape_is_on_the_canvas(view: View, layer: Layer) -> None:
    for shape in drawn(view, layer):
        assert 0 < shape.centre[0] < WIDTH, shape.id
        assert 0 < shape.centre[1] < HEIGHT, shape.id


def test_no_id_is_there_twice_on_all_panels_together() -> None:
    ids = sorted(s.id for view, layer in PANELS for s in drawn(view, layer) if s.id)
    assert [name for name, same in groupby(ids) if len(list(same)) > 1] == []
    assert "back-deep-piriformis-right" in ids


@pytest.mark.parametrize("standalone", [False, True])
@pytest.mark.parametrize(("view", "layer"), PANELS)
def test_a_panel_is_well_formed_and_says_right_and_left(
    view: View, layer: Layer, standalone: bool
) -> None:
    root = read(render_panel(view, layer, {}, title="Tender <&> tight", standalone=standalone))
    assert root.findtext(f"{SVG}title") == "Tender <&> tight"
    words = {
        text.text: float(text.attrib["x"])
        for text in root.iter(f"{SVG}text")
        if text.text in ("Right", "Left")
    }
    assert (words["Right"] < words["Left"]) == (view is View.FRONT)
    assert len(root.findall(f"{SVG}style")) == int(standalone)
    assert len(root.findall(f"{SVG}defs/{SVG}pattern")) == 4 * int(standalone)


def test_a_grade_colours_its_own_side_and_nothing_else() -> None:
    grades = {("piriformis", Side.RIGHT): 3, ("piriformis", Side.LEFT): 0}
    shapes = by_place(render_panel("back", "deep", grades, title="chart"))
    assert shapes["piriformis", "right"].css == ("m", "g3")
    assert shapes["piriformis", "right"].title == "Piriformis, right: grade 3"
    assert shapes["piriformis", "left"].title == "Piriformis, left: grade 0"
    others = {shape.css for (key, _), shape in shapes.items() if key != "piriformis"}
    assert others == {("m", "gx")}


def test_not_tested_is_never_drawn_as_normal() -> None:
    grades = {("piriformis", Side.RIGHT): None, ("piriformis", Side.LEFT): 0}
    shapes = by_place(render_panel("back", "deep", grades, title="chart"))
    assert shapes["piriformis", "right"].css == ("m", "gx")
    assert shapes["piriformis", "right"].title == "Piriformis, right: not tested"
    assert shapes["piriformis", "left"].css == ("m", "g0")


def test_a_pain_zone_takes_a_grade_too() -> None:
    shapes = by_place(render_panel("front", "pain", {("face_jaw", Side.LEFT): 2}, title="pain"))
    assert shapes["face_jaw", "left"].css == ("z", "g2")
    assert shapes["face_jaw", "left"].title == "face jaw, left: grade 2"


def test_the_dermatomes_show_every_root_of_the_table_on_one_view_or_the_other() -> None:
    roots = {shape.key for view in View for shape in drawn(view, Layer.DERMATOMES)}
    assert roots == set(KNOWN.levels)
    points = [s for view in View for s in drawn(view, Layer.DERMATOMES) if s.css == ("kp",)]
    assert {point.key for point in points} == set(KNOWN.levels)
    assert points[0].title in {f"{root} key sensory point, right" for root in KNOWN.levels}


@pytest.mark.parametrize(
    ("grades", "problem"),
    [
        ({("grinmuscle", Side.RIGHT): 1}, "grinmuscle: nothing of this name"),
        ({("deltoid", Side.LEFT): 5}, "deltoid, left: grade 5 is not between 0 and 4"),
        ({("deltoid", Side.LEFT): -1}, "deltoid, left: grade -1 is not between 0 and 4"),
    ],
)
def test_an_unknown_name_or_grade_is_refused(
    grades: dict[tuple[str, Side], int | None], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        render_panel("front", "surface", grades, title="chart")


def test_a_grade_of_another_panel_is_left_out_in_silence() -> None:
    plain = render_panel("front", "surface", {}, title="chart")
    assert render_panel("front", "surface", {("piriformis", Side.LEFT): 4}, title="chart") == plain


def test_a_marked_muscle_is_crossed_out_on_both_sides_with_its_words() -> None:
    grades = {("piriformis", Side.RIGHT): 3}
    svg = render_panel(
        "back", "deep", grades, title="chart", marks={"piriformis": "Blocked <here>"}
    )
    shapes = by_place(svg)
    assert shapes["piriformis", "right"].css == ("m", "g3")
    assert shapes["piriformis", "right"].title == "Piriformis, right, blocked <here>: grade 3"
    assert shapes["piriformis", "left"].title == "Piriformis, left, blocked <here>: not tested"
    assert svg.count('class="x"') == 2
    assert render_panel("back", "deep", grades, title="chart").count('class="x"') == 0
