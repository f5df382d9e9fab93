"""The regions of the chart that can be looked at closely, each as a box on the drawing."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from clinical.body_chart.curves import number
from clinical.body_chart.orientation import MIDLINE, View, side_transform
from clinical.reference import reference
from clinical.vocabulary import Side


@dataclass(frozen=True)
class Zoom:
    """A region in words, and its viewBox on every view that shows it."""

    name: str
    boxes: Mapping[View, str]

    @property
    def front(self) -> str:
        return self.boxes.get(View.FRONT, "")

    @property
    def back(self) -> str:
        return self.boxes.get(View.BACK, "")


@functools.cache
def zooms() -> tuple[Zoom, ...]:
    """Regions across the midline once, the others for each side."""
    found = []
    for zoom in reference().body_chart["zooms"]:
        name = zoom["id"].replace("_", " ").capitalize()
        views = [View(view) for view in zoom["views"]]
        sides = [None] if zoom["box"][0] < 0 and -zoom["box"][0] == zoom["box"][2] else list(Side)
        for side in sides:
            words = f"{name}, {side}" if side else name
            found.append(Zoom(words, {v: _box(zoom["box"], v, side or Side.RIGHT) for v in views}))
    return tuple(found)


def _box(box: list[float], view: View, side: Side) -> str:
    near, top, far, bottom = box
    edges = [MIDLINE + side_transform(view, side) * u for u in (near, far)]
    return " ".join(map(number, (min(edges), top, far - near, bottom - top)))
