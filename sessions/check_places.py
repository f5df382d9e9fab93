"""The sore places of a check: one set of ticks, with the needled places first, and the figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clinical.body_chart import tap_figure
from clinical.body_chart.orientation import View
from clinical.body_chart.pain import zone_key
from clinical.body_chart.places import places_of
from clinical.soreness_questions import DAY_ONE
from clinical.soreness_rules import LUNG_ZONES
from clinical.vocabulary import Side
from intake.form_pages import questions_by_id
from intake.pain_drawing import DRAWN, SIDE_OF
from sessions.counting import muscle_name
from sessions.models import SorenessFollowUp


@dataclass(frozen=True)
class Place:
    """One place on one side in words, with the muscles that were needled there."""

    zone: str
    label: str
    muscles: tuple[str, ...]

    @property
    def is_needled(self) -> bool:
        return bool(self.muscles)

    @property
    def asks_at_once(self) -> bool:
        """True where pain was not to be expected and the lung lies below."""
        return self.zone in LUNG_ZONES and not self.is_needled


@dataclass(frozen=True)
class PlaceTick:
    """A place with its box."""

    place: Place
    box: Any


def place_words() -> Mapping[str, str]:
    """Every place of the drawing in the language of the page, as the intake names it."""
    return {option.value: option.label for option in questions_by_id()[DRAWN].options}


def places_asked(follow_up: SorenessFollowUp) -> list[Place]:
    """The places of a check, needled ones first; none where its hour does not ask for them."""
    if follow_up.hours != DAY_ONE:
        return []
    needled = _muscles_by_zone(follow_up.treatment.muscles.values_list("muscle", "side"))
    places = [
        Place(zone, label, tuple(needled.get(zone, ()))) for zone, label in place_words().items()
    ]
    return sorted(places, key=lambda place: not place.is_needled)


def _muscles_by_zone(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for muscle, side in rows:
        for place in sorted(places_of(muscle)):
            found.setdefault(zone_key(place, Side(side)), []).append(muscle_name(muscle))
    return found


def place_ticks(places: Iterable[Place], boxes: Iterable[Any]) -> list[PlaceTick]:
    """The places with the boxes of the form, in the same order."""
    return [PlaceTick(place, box) for place, box in zip(places, boxes, strict=True)]


def figures(ticks: Iterable[PlaceTick]) -> list[dict[str, Any]]:
    """The figures to tap, front before back; needled places are shaded."""
    targets, needled = {}, set()
    for tick in ticks:
        key = (tick.place.zone[:-1], SIDE_OF[tick.place.zone[-1]])
        targets[key] = str(tick.box.id_for_label)
        if tick.place.is_needled:
            needled.add(key)
    words = {Side.RIGHT: _("Your right"), Side.LEFT: _("Your left")}
    return [
        {"name": _name(view), "svg": _trusted(tap_figure(view, targets, words, shaded=needled))}
        for view in View
    ]


def _name(view: View) -> str:
    return pgettext("body view", "Front") if view is View.FRONT else pgettext("body view", "Back")


def _trusted(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - our own SVG, words of it escaped
