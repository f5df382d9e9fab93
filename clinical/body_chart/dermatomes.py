"""The skin areas of the roots: the whole band, its inner part, and the key sensory points."""

import functools
from typing import Any

from clinical.body_chart.curves import number
from clinical.body_chart.figure import View, area
from clinical.body_chart.orientation import matrix, x_of
from clinical.reference import reference
from clinical.vocabulary import Side

OPACITY = {"overlap": ".42", "core": ".72"}


@functools.cache
def dermatomes(view: View) -> str:
    """Bands, key points and root names of a view, both sides."""
    chart = reference().body_chart
    bands = "".join(
        _band(view, index, band) for index, band in enumerate(chart[view]["dermatomes"])
    )
    points = "".join(_point(view, point) for point in chart["key_points"] if point["view"] == view)
    names = "".join(_name(view, level, at) for level, at in chart[view]["dermatome_labels"].items())
    return (
        f'<g stroke="#fff" stroke-width=".7">{bands}</g>'
        f'<g fill="#333" stroke="#fff" stroke-width=".7">{points}</g>'
        f'<g font-size="6.5" fill="#485557" text-anchor="middle">{names}</g>'
    )


def _band(view: View, index: int, band: dict[str, Any]) -> str:
    level, kind, data = band["level"], band["certainty"], area(band)
    colour = reference().body_chart["palette"][level]
    look = f'class="d {kind}" fill="{colour}" fill-opacity="{OPACITY[kind]}"'
    if kind == "core":
        return "".join(f'<path {look} {matrix(view, side)} d="{data}"/>' for side in Side)
    return "".join(
        f'<path {look} {matrix(view, side)} id="{view}-dermatomes-{level.lower()}-{index}-{side}" '
        f'data-level="{level}" data-side="{side}" d="{data}"><title>{level}, {side}</title></path>'
        for side in Side
    )


def _point(view: View, point: dict[str, Any]) -> str:
    (u, y), level = point["at"], point["level"]
    return "".join(
        f'<circle class="kp" r="2.1" cx="{x_of(u, view, side)}" cy="{number(y)}" '
        f'data-level="{level}" data-side="{side}">'
        f"<title>{level} key sensory point, {side}</title></circle>"
        for side in Side
    )


def _name(view: View, level: str, at: list[float]) -> str:
    """The name of a root on both sides, or once when it stands on the midline."""
    sides = Side if at[0] else (Side.RIGHT,)
    y = number(at[1] + 2.3)
    return "".join(
        f'<text class="s" x="{x_of(at[0], view, side)}" y="{y}">{level}</text>' for side in sides
    )
