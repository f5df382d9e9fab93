"""A drawn signature: strokes of points in a box of fixed size, read, bounded, and drawn as SVG."""

import json
import math
from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

Point = Sequence[float]
Stroke = Sequence[Point]

WIDTH, HEIGHT = 600, 200
MOST_STROKES, MOST_POINTS, MOST_BYTES = 200, 20_000, 200_000
# A dot is a line of almost no length, which its round ends turn into a dot.
DOT = "l.01 0"


def read_strokes(text: str) -> list[list[list[float]]]:
    """The strokes in a JSON text: lists of [x, y] inside the box; an empty text is no signature.

    Raises ValueError for anything else, and for more than a hand can draw.
    """
    if not text.strip():
        return []
    if len(text.encode()) > MOST_BYTES:
        raise ValueError("The signature is too large.")
    try:
        strokes = json.loads(text)
    except RecursionError:
        raise ValueError("The signature cannot be read.") from None
    if not isinstance(strokes, list) or len(strokes) > MOST_STROKES:
        raise ValueError("The signature is not a list of strokes.")
    read = [[_point(point) for point in _listed(stroke)] for stroke in strokes]
    if sum(map(len, read)) > MOST_POINTS:
        raise ValueError("The signature has too many points.")
    return [stroke for stroke in read if stroke]


def _listed(stroke: object) -> list[object]:
    if not isinstance(stroke, list):
        raise ValueError("A stroke is a list of points.")
    return stroke


def _point(point: object) -> list[float]:
    if not isinstance(point, list) or len(point) != 2:
        raise ValueError("A point is two numbers.")
    return [_within(point[0], WIDTH), _within(point[1], HEIGHT)]


def _within(number: object, end: int) -> float:
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    if not is_number or not math.isfinite(number) or not 0 <= number <= end:  # type: ignore[operator,arg-type]  # a number by the first condition
        raise ValueError("A point lies outside the box.")
    return round(float(number), 1)  # type: ignore[arg-type]


def signature_svg(strokes: Sequence[Stroke], title: str) -> SafeString:
    """The signature as an SVG picture with a name, for page and document; empty without one."""
    if not strokes:
        return SafeString("")
    path = "".join(_path(stroke) for stroke in strokes)
    # Everything in it is a number or escaped.
    return mark_safe(  # noqa: S308
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'class="signature"><title>{escape(title)}</title><path d="{path}" fill="none" '
        'stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>'
        "</svg>"
    )


def _path(stroke: Stroke) -> str:
    points = [f"{float(x):g} {float(y):g}" for x, y in stroke]
    return "M" + "L".join(points) + (DOT if len(points) == 1 else "")
