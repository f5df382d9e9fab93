"""What there is to draw: views, layers and the outlines of the reference chart."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clinical.body_chart.curves import Point, fibre, outline
from clinical.body_chart.orientation import View
from clinical.reference import reference

__all__ = ["Layer", "Shape", "View", "check_panel", "muscle_panels", "named_shapes", "panels"]


class Layer(StrEnum):
    """The depth or kind of what is shown. ``spine`` is the deepest layer of the back."""

    SURFACE = "surface"
    DEEP = "deep"
    SPINE = "spine"
    DERMATOMES = "dermatomes"
    PAIN = "pain"


MUSCLE_LAYERS = (Layer.SURFACE, Layer.DEEP, Layer.SPINE)


@dataclass(frozen=True)
class Shape:
    """One muscle or zone of a half body, as path data."""

    key: str
    outline: str
    fibres: str


def panels() -> tuple[tuple[View, Layer], ...]:
    """Every view and layer that exists, front before back, outside before inside."""
    chart = reference().body_chart
    return tuple((view, layer) for view in View for layer in Layer if layer in chart[view])


def check_panel(view: str, layer: str) -> tuple[View, Layer]:
    """The view and layer of these names; ``ValueError`` when there is no such panel."""
    panel = (View(view), Layer(layer))
    if panel not in panels():
        raise ValueError(f"there is no {layer} layer on the {view}")
    return panel


def muscle_panels(muscle_ids: Iterable[str]) -> tuple[tuple[View, Layer], ...]:
    """The panels on which at least one of the muscles appears, front before back."""
    chart, wanted = reference().body_chart, set(muscle_ids)
    unknown = wanted - set(reference().muscles)
    if unknown:
        raise ValueError(f"no such muscle: {', '.join(sorted(unknown))}")
    return tuple(
        (view, layer)
        for view, layer in panels()
        if layer in MUSCLE_LAYERS and not wanted.isdisjoint(chart[view][layer])
    )


@functools.cache
def chart_keys() -> frozenset[str]:
    """The name of every muscle and every pain zone that has a shape."""
    chart = reference().body_chart
    layers = [(v, layer) for v, layer in panels() if layer is not Layer.DERMATOMES]
    return frozenset(key for view, layer in layers for key in chart[view][layer])


@functools.cache
def named_shapes(view: View, layer: Layer) -> tuple[Shape, ...]:
    """The muscles or pain zones of a panel in the order they are painted."""
    shapes = reference().body_chart[view][layer].items()
    return tuple(
        Shape(key, area(shape), "".join(fibre(line) for line in shape.get("fibres", ())))
        for key, shape in shapes
    )


def area(shape: Mapping[str, Any]) -> str:
    """Path data of a shape with one or several parts."""
    return "".join(outline(points) for points in parts(shape))


def parts(shape: Mapping[str, Any]) -> list[Sequence[Point]]:
    """The outlines of a shape, each as its points."""
    if "parts" in shape:
        return [points for part in shape["parts"] for points in parts(part)]
    return [shape["poly"]]
