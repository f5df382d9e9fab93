"""One panel of the body chart as SVG: a view, a layer, and a grade for every muscle and side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from clinical.body_chart.body import body, details, outside
from clinical.body_chart.dermatomes import dermatomes
from clinical.body_chart.figure import Layer, Shape, View, chart_keys, check_panel, named_shapes
from clinical.body_chart.orientation import HEIGHT, WIDTH, matrix, x_of
from clinical.body_chart.style import (
    BODY_ON_PAGE,
    BODY_ON_PAPER,
    LIGHT,
    OUTSIDE_ON_PAGE,
    OUTSIDE_ON_PAPER,
    STANDALONE_STYLE,
    patterns,
)
from clinical.reference import reference
from clinical.vocabulary import Side

Grades = Mapping[tuple[str, Side], int | None]
Marks = Mapping[str, str]

GRADES = range(5)
AREA_LAYERS = (Layer.DERMATOMES, Layer.PAIN)
LABEL_U, LABEL_Y = 165, 48
Words = Callable[[int | None], str]
NO_MARKS: Marks = MappingProxyType({})
SIDE_WORDS = {side: side.title() for side in Side}


@dataclass(frozen=True)
class Shown:
    """What the shapes show: their grades, the marks across them, and what a grade is called."""

    grades: Grades
    marks: Marks
    words: Words


def grade_words(grade: int | None) -> str:
    """What a shape says of its grade."""
    return "not tested" if grade is None else f"grade {grade}"


def render_panel(
    view: str,
    layer: str,
    grades: Grades,
    *,
    title: str,
    standalone: bool = False,
    side_words: Mapping[Side, str] = SIDE_WORDS,
    words: Words = grade_words,
    marks: Marks = NO_MARKS,
) -> str:
    """The panel as SVG text. ``title`` is its alternative text.

    ``grades`` may name muscles and pain zones of other panels too; what it leaves out or holds as
    None is drawn as not tested. The dermatomes take no grades. With ``standalone`` the drawing
    carries its colours and patterns itself (print); otherwise the page has them. ``side_words``
    stand above the two sides, ``words`` say in the title of a shape what its grade means.
    ``marks`` are muscles that are crossed out, with the words why.
    """
    view, layer = check_panel(view, layer)
    _check(grades)
    own_style = f"<style>{STANDALONE_STYLE}</style>{patterns(LIGHT)}" if standalone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(title)}</title>{own_style}"
        + _drawing(view, layer, Shown(grades, marks, words), standalone)
        + details(view, layer, on_top=True)
        + "".join(_side_word(view, side, side_words[side]) for side in Side)
        + "</svg>"
    )


def _check(grades: Grades) -> None:
    for (key, side), grade in grades.items():
        if key not in chart_keys():
            raise ValueError(f"{key}: nothing of this name is on the body chart")
        if grade is not None and grade not in GRADES:
            raise ValueError(f"{key}, {Side(side)}: grade {grade} is not between 0 and 4")


def _drawing(view: View, layer: Layer, shown: Shown, standalone: bool) -> str:
    if layer not in AREA_LAYERS:
        shapes = _shapes(view, layer, shown)
        return body(view, layer) + details(view, layer, on_top=False) + shapes
    skin = BODY_ON_PAPER if standalone else BODY_ON_PAGE
    page = OUTSIDE_ON_PAPER if standalone else OUTSIDE_ON_PAGE
    return (
        f'<path class="skin" fill="{skin}" d="M1 1h{WIDTH - 2}v{HEIGHT - 2}H1z"/>'
        + details(view, layer, on_top=False)
        + (dermatomes(view) if layer is Layer.DERMATOMES else _shapes(view, layer, shown))
        + outside(view, layer, page)
    )


def _shapes(view: View, layer: Layer, shown: Shown) -> str:
    shapes = "".join(
        _shape(view, layer, shape, side, shown)
        for shape in named_shapes(view, layer)
        for side in Side
    )
    return f'<g stroke="#94a3ad" stroke-width=".7">{shapes}</g>'


def _shape(view: View, layer: Layer, shape: Shape, side: Side, shown: Shown) -> str:
    is_zone = layer is Layer.PAIN
    kind = ("z", "zone") if is_zone else ("m", "muscle")
    name = shape.key.replace("_", " ") if is_zone else reference().muscles[shape.key].name
    grade, mark = shown.grades.get((shape.key, side)), shown.marks.get(shape.key, "")
    said = f"{side}, {mark[:1].lower()}{mark[1:]}" if mark else side
    place = matrix(view, side)
    drawn = (
        f'<path class="{kind[0]} {"gx" if grade is None else f"g{grade}"}" {place} '
        f'id="{view}-{layer}-{shape.key.replace("_", "-")}-{side}" '
        f'data-{kind[1]}="{shape.key}" data-side="{side}" d="{shape.outline}">'
        f"<title>{escape(name)}, {escape(said)}: {shown.words(grade)}</title></path>"
    )
    fibres = f'<path class="f" {place} d="{shape.fibres}"/>' if shape.fibres else ""
    crosses = f'<path class="x" {place} d="{shape.outline}"/>' if mark else ""
    return drawn + fibres + crosses


def _side_word(view: View, side: Side, words: str) -> str:
    where = f'x="{x_of(LABEL_U, view, side)}" y="{LABEL_Y}"'
    look = 'text-anchor="middle" font-size="25" font-weight="650" fill="#485557"'
    return f'<text class="t" {where} {look}>{escape(words)}</text>'
