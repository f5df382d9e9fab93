"""Progress charts as SVG text: the same functions serve the page and the document."""

from reports.charts.changes import change_bars
from reports.charts.frame import Frame, Mark
from reports.charts.plots import (
    dose_bars,
    level_strip,
    pain_dots,
    score_line,
    soreness_bars,
    twitch_share,
)

__all__ = [
    "Frame",
    "Mark",
    "change_bars",
    "dose_bars",
    "level_strip",
    "pain_dots",
    "score_line",
    "soreness_bars",
    "twitch_share",
]
