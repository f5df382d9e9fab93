"""The places a patient can mark as painful: on the figure, and where a finger may tap for them.

A place is coarser than the zones of the chart and joins several of them. Its tap areas do not
overlap, and each is at least 67 units wide and high: 44 px where the figure is 320 px wide.
"""

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

from clinical.body_chart.body import details, outside
from clinical.body_chart.curves import number
from clinical.body_chart.figure import Layer, View, named_shapes
from clinical.body_chart.orientation import HEIGHT, MIDLINE, WIDTH, matrix, side_transform
from clinical.body_chart.style import BODY_ON_PAPER, OUTSIDE_ON_PAGE, OUTSIDE_ON_PAPER
from clinical.vocabulary import Side

Box = tuple[int, int, int, int]
Place = tuple[str, Side]

SMALLEST_TARGET = 67
WORD_GAP, WORD_Y = 8, 40
PATIENT_PAGE = f"var(--ims-paper,{OUTSIDE_ON_PAPER})"


@dataclass(frozen=True)
class PainPlace:
    """One place of a view: the zones of the chart it joins, and its tap areas (u, y, u, y)."""

    key: str
    zones: tuple[str, ...]
    boxes: tuple[Box, ...]


ARM = (
    PainPlace("uarm", ("upper_arm",), ((85, 257, 155, 326),)),
    PainPlace("elbow", ("elbow",), ((98, 326, 172, 394),)),
    PainPlace("farm", ("forearm",), ((115, 394, 195, 464),)),
    PainPlace("hand", ("wrist_hand",), ((148, 464, 238, 594),)),
)
PLACES: Mapping[View, tuple[PainPlace, ...]] = {
    View.FRONT: (
        PainPlace("head", ("forehead_temple",), ((0, 0, 67, 67),)),
        PainPlace("jaw", ("face_jaw",), ((0, 67, 67, 134),)),
        PainPlace("neck", ("neck_front",), ((0, 134, 67, 201),)),
        PainPlace("shldr", ("shoulder_front",), ((67, 150, 150, 257),)),
        *ARM,
        PainPlace("chest", ("clavicle_upper_chest", "chest"), ((0, 201, 67, 300),)),
        PainPlace("belly", ("upper_abdomen", "flank_front", "lower_abdomen"), ((0, 300, 85, 440),)),
        PainPlace("groin", ("groin_pubic", "hip_front"), ((0, 440, 105, 510),)),
        PainPlace("thighf", ("thigh_front",), ((0, 510, 105, 634),)),
        PainPlace("knee", ("knee_front",), ((0, 634, 90, 702),)),
        PainPlace("shin", ("shin",), ((0, 702, 90, 846),)),
        PainPlace("foot", ("ankle_foot",), ((0, 846, 90, 955),)),
    ),
    View.BACK: (
        PainPlace("head", ("head_back",), ((0, 0, 67, 110),)),
        PainPlace("neck", ("neck_back", "upper_trapezius"), ((0, 110, 67, 180),)),
        PainPlace("shldr", ("shoulder_back",), ((80, 150, 150, 257),)),
        *ARM,
        PainPlace(
            "uback",
            ("interscapular", "scapula", "thoracic_lower", "ribs_back"),
            ((0, 180, 80, 330),),
        ),
        PainPlace("lback", ("lumbar", "flank_back", "sacrum_sij"), ((0, 330, 85, 402),)),
        PainPlace("butt", ("buttock", "hip_lateral"), ((0, 402, 105, 508),)),
        PainPlace("thighb", ("thigh_back",), ((0, 508, 105, 641),)),
        PainPlace("knee", ("knee_back",), ((0, 641, 90, 709),)),
        PainPlace("calf", ("calf",), ((0, 709, 90, 812),)),
        PainPlace("foot", ("achilles_heel", "sole"), ((0, 812, 90, 940), (115, 770, 195, 940))),
    ),
}


def pain_places() -> frozenset[str]:
    """The key of every place that can be marked."""
    return frozenset(place.key for places in PLACES.values() for place in places)


def tap_figure(
    view: View,
    targets: Mapping[Place, str],
    words: Mapping[Side, str],
    *,
    shaded: Collection[Place] = (),
) -> str:
    """A figure to tap: each place has labels for the control whose id ``targets`` holds.

    The page's style sheet shows the group of a place, classed ``neckR``, as long as that control
    is ticked; nothing here needs a script. ``shaded`` places are classed ``was``. The figure is
    hidden from screen readers, which have the list of the same controls.
    """
    shapes = _shapes(view, shaded, 'class="was"') + _shapes(view, None)
    return _figure(view, words, shapes, PATIENT_PAGE, labels=_labels(view, targets))


def pain_figure(
    view: View,
    marked: Collection[Place],
    words: Mapping[Side, str],
    *,
    title: str,
    standalone: bool = False,
) -> str:
    """The marked places as a drawing, for the review; with ``standalone`` for print."""
    unknown = [key for key, _side in marked if key not in pain_places()]
    if unknown:
        raise ValueError(f"no such place: {', '.join(sorted(unknown))}")
    page = OUTSIDE_ON_PAPER if standalone else OUTSIDE_ON_PAGE
    return _figure(view, words, _shapes(view, marked), page, title=title)


def _figure(
    view: View,
    words: Mapping[Side, str],
    shapes: str,
    page: str,
    *,
    labels: str = "",
    title: str = "",
) -> str:
    seen = f'role="img"><title>{escape(title)}</title>' if title else 'aria-hidden="true">'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {seen}'
        f"{_skin(view)}{shapes}{outside(view, Layer.PAIN, page)}"
        f"{''.join(_word(view, side, words[side]) for side in Side)}{labels}</svg>"
    )


@functools.cache
def _skin(view: View) -> str:
    """What lies under the places: skin and quiet lines."""
    return (
        f'<path fill="{BODY_ON_PAPER}" d="M1 1h{WIDTH - 2}v{HEIGHT - 2}H1z"/>'
        '<g fill="none" stroke="#b5a294" stroke-width=".7">'
        + "".join(details(view, Layer.PAIN, on_top=top) for top in (False, True))
        + "</g>"
    )


def _shapes(view: View, marked: Collection[Place] | None, look: str = "") -> str:
    """The places both sides; all of them to be switched by style, or only those ``marked``."""
    outlines = {shape.key: shape.outline for shape in named_shapes(view, Layer.PAIN)}
    return "".join(
        f"<g {look or _look(place.key, side, marked)}>"
        + "".join(f'<path {matrix(view, side)} d="{outlines[zone]}"/>' for zone in place.zones)
        + "</g>"
        for place in PLACES[view]
        for side in Side
        if marked is None or (place.key, side) in marked
    )


def _look(key: str, side: Side, marked: Collection[Place] | None) -> str:
    if marked is None:
        return f'class="zone {zone_key(key, side)}"'
    return 'fill="#c4432f" fill-opacity=".75" stroke="#84193a" stroke-width="2"'


def zone_key(key: str, side: Side) -> str:
    """The key of a place on one side as answers hold it: ``neckR``."""
    return f"{key}{side[0].upper()}"


def _labels(view: View, targets: Mapping[Place, str]) -> str:
    return "".join(
        f'<foreignObject {_box(view, side, box)}><label for="{targets[place.key, side]}"></label>'
        "</foreignObject>"
        for place in PLACES[view]
        for side in Side
        for box in place.boxes
    )


def _box(view: View, side: Side, box: Box) -> str:
    near, top, far, bottom = box
    left = min(MIDLINE + side_transform(view, side) * u for u in (near, far))
    return f'x="{number(left)}" y="{top}" width="{far - near}" height="{bottom - top}"'


def _word(view: View, side: Side, word: str) -> str:
    is_at_the_left = side_transform(view, side) < 0
    x, anchor = (WORD_GAP, "start") if is_at_the_left else (WIDTH - WORD_GAP, "end")
    return (
        f'<text x="{x}" y="{WORD_Y}" text-anchor="{anchor}" font-size="24" '
        f'font-weight="650" fill="#485557">{escape(word)}</text>'
    )
