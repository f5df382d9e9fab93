"""The reference body chart with the muscles of a session marked on it."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import mark_safe

from clinical.body_chart import pattern_defs, render_panel
from clinical.body_chart.figure import panels
from clinical.body_chart.orientation import side_transform
from clinical.body_chart.zoom import zooms
from clinical.vocabulary import Side
from sessions.models import NeedledMuscle

LAYERS = {"surface": "Surface", "deep": "Deep", "spine": "Spine"}
NEEDLED = 4  # drawn as the strongest shade; nothing is graded here


def _words(grade: int | None) -> str:
    return "tap to add" if grade is None else "in the session"


def chart_context(layer: str, rows: Iterable[NeedledMuscle]) -> dict[str, Any]:
    """The drawings of a layer, front before back; right and left as the renderer places them."""
    grades = {(row.muscle, Side(row.side)): NEEDLED for row in rows}
    views = []
    for view, name in panels():
        if name != layer:
            continue
        title = f"Body chart, {view}, {LAYERS[layer].lower()}: right and left as labelled"
        drawn = render_panel(view, layer, grades, title=title, words=_words)
        sides = sorted(Side, key=lambda side: side_transform(view, side))
        svg = mark_safe(drawn)  # noqa: S308 - our own SVG
        views.append({"view": view, "sides": sides, "svg": svg})
    return {
        "views": views,
        "layer": layer,
        "layers": LAYERS,
        "zooms": zooms(),
        "patterns": mark_safe(pattern_defs()),  # noqa: S308 - our own SVG
    }
