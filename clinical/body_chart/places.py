"""Where on a patient's drawing a muscle lies: the places of ``pain`` that hold its shape."""

import functools
from collections.abc import Sequence

from clinical.body_chart.curves import Point
from clinical.body_chart.figure import MUSCLE_LAYERS, View, parts
from clinical.body_chart.pain import PLACES
from clinical.reference import reference


@functools.cache
def places_of(muscle: str) -> frozenset[str]:
    """The places that hold most of the muscle's outline on a panel; none when it has no shape."""
    chart = reference().body_chart
    return frozenset(
        place
        for view in View
        for layer in MUSCLE_LAYERS
        if muscle in chart[view].get(layer, {})
        for place in _fullest(view, parts(chart[view][layer][muscle]))
    )


def _fullest(view: View, outlines: Sequence[Sequence[Point]]) -> list[str]:
    """The places with the most points of the outlines; several when they hold as many."""
    points = [point for outline in outlines for point in outline]
    counted = {
        place.key: sum(
            any(box[0] <= p[0] <= box[2] and box[1] <= p[1] <= box[3] for box in place.boxes)
            for p in points
        )
        for place in PLACES[view]
    }
    most = max(counted.values())
    return [key for key, count in counted.items() if count == most > 0]
