"""The body under and around the muscles: contour, bones, quiet lines, and what lies outside."""

import functools
from typing import Any

from clinical.body_chart.curves import number, outline
from clinical.body_chart.figure import Layer, View
from clinical.body_chart.orientation import HEIGHT, MIDLINE, matrix
from clinical.reference import reference
from clinical.vocabulary import Side

OVERLAP = 0.6  # the two halves overlap at the vertex, which hides the seam
LONG_LINE = 9


@functools.cache
def body(view: View, layer: Layer) -> str:
    """The filled body, one half for each side, with the soles where they are shown."""
    return _both(view, "b", [outline(_half(view, OVERLAP), closed=False), *_insets(view, layer)])


@functools.cache
def outside(view: View, layer: Layer, colour: str) -> str:
    """Everything around the body in the colour of the page, then the contour.

    Areas overrun the contour on purpose and this hides it. A clip path would be the other way, but
    the PDF renderer drops clip paths that contain transforms.
    """
    half = _half(view)
    top, crotch, left = half[0][1] - 1, half[-1][1] + 1, MIDLINE - 1
    seam = (
        f'<path class="mask" fill="{colour}" d="M{left} 0h2v{number(top)}h-2z'
        f'M{left} {number(crotch)}h2V{HEIGHT}h-2z"/>'
    )
    insets = _insets(view, layer)
    hole = f"M0 0V{HEIGHT}H{MIDLINE}V0z" + outline(half, closed=False) + "".join(insets)
    around = f'<g fill="{colour}" fill-rule="evenodd">{_both(view, "mask", [hole])}</g>'
    contour = _both(view, "o", [outline(_half(view, OVERLAP), closed=False), *insets])
    return f'{seam}{around}<g fill="none" stroke="#b5a294" stroke-width="1.2">{contour}</g>'


@functools.cache
def details(view: View, layer: Layer, *, on_top: bool) -> str:
    """Bones and quiet lines of a layer, below or above the muscles."""
    return "".join(
        _both(view, line["kind"], [_detail(line)])
        for line in reference().body_chart["details"][view]
        if layer in line["layers"] and bool(line.get("top")) is on_top
    )


def _detail(line: dict[str, Any]) -> str:
    points = line["pts"]
    grid = 1 if len(points) > LONG_LINE else 0.5
    return outline(points, closed=line["kind"] == "bone", grid=grid)


def _half(view: View, overlap: float = 0) -> list[list[float]]:
    """Half of the contour, from the vertex to the crotch."""
    half: list[list[float]] = reference().body_chart["silhouette"][view]["half"]
    return [[-overlap, half[0][1]], *half] if overlap else half


def _insets(view: View, layer: Layer) -> list[str]:
    insets = reference().body_chart["silhouette"][view].get("insets", {})
    return [] if layer is Layer.SPINE else [outline(points) for points in insets.values()]


def _both(view: View, css: str, drawn: list[str]) -> str:
    return "".join(
        f'<path class="{css}" {matrix(view, side)} d="{data}"/>' for data in drawn for side in Side
    )
