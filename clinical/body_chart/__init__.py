"""The body chart: our own drawing as data, rendered as SVG text for page and document alike."""

from clinical.body_chart.figure import muscle_panels
from clinical.body_chart.pain import pain_figure, pain_places, tap_figure
from clinical.body_chart.panel import render_panel
from clinical.body_chart.style import pattern_defs

__all__ = [
    "muscle_panels",
    "pain_figure",
    "pain_places",
    "pattern_defs",
    "render_panel",
    "tap_figure",
]
