"""The pain drawing: one set of ticks with two faces, the figure to tap and the list of places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clinical.body_chart import pain_figure, pain_places, tap_figure
from clinical.body_chart.orientation import View
from clinical.vocabulary import Side
from intake.models import IntakeAnswer
from intake.question_fields import zone_name
from intake.questions import SIDES, Question

DRAWN = "chief_area"
TITLES = {
    view: f"Pain drawing, {view}: right and left as labelled, the places stand in words below"
    for view in View
}
SIDE_OF = {letter: Side(side) for letter, side in SIDES}


@dataclass(frozen=True)
class DrawnPlace:
    """One place on one side: its tick, and the ticks for what it feels like there."""

    zone: str
    label: str
    tick: Any
    felt: forms.BoundField


def drawn_places(form: forms.Form, question: Question) -> tuple[DrawnPlace, ...]:
    """The places of the question in the order of the list, right before left."""
    ticks = list(form[question.id])
    return tuple(
        DrawnPlace(option.value, option.label, tick, form[zone_name(question, option.value)])
        for option, tick in zip(question.options, ticks, strict=True)
    )


def drawing(places: Iterable[DrawnPlace]) -> list[dict[str, Any]]:
    """The figures to tap, front before back; their labels belong to the ticks of the list."""
    targets = {_place(place.zone): str(place.tick.id_for_label) for place in places}
    return [_shown(view, tap_figure(view, targets, _side_words())) for view in View]


def pain_figures(
    answers: Mapping[str, IntakeAnswer], *, standalone: bool = False
) -> tuple[SafeString, ...]:
    """The stored places as drawings for staff, front and back; none when none was marked."""
    answer = answers.get(DRAWN)
    zones = answer.value.split(",") if answer else []
    marked = {_place(zone) for zone in zones if zone[:-1] in pain_places()}
    if not marked:
        return ()
    words: Mapping[Side, str] = {side: side.title() for side in Side}
    return tuple(
        _trusted(pain_figure(view, marked, words, title=TITLES[view], standalone=standalone))
        for view in View
    )


def _shown(view: View, drawn: str) -> dict[str, Any]:
    name = pgettext("body view", "Front") if view is View.FRONT else pgettext("body view", "Back")
    return {"view": view, "name": name, "svg": _trusted(drawn)}


def _trusted(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - our own SVG, words of it escaped


def _side_words() -> Mapping[Side, str]:
    return {Side.RIGHT: _("Your right"), Side.LEFT: _("Your left")}


def _place(zone: str) -> tuple[str, Side]:
    """The place and the side of a stored zone, like ``neckR``."""
    return zone[:-1], SIDE_OF[zone[-1]]
