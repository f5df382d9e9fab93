"""The charts of a course of treatment. None is a gap and draws nothing; zero is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.charts.frame import (
    BOTTOM,
    DARK,
    INK,
    LEFT,
    LINE,
    PALE,
    PAPER,
    TOP,
    WARM,
    Frame,
    Ink,
    Point,
    box,
    dot,
    path,
    runs,
    square,
    text,
)

Values = Sequence[float | None]
SHADES = ((6, DARK), (3, PALE), (1, "#e0eeed"))
ROW = 18
AT_THE_EDGE = Ink(anchor="start")


def pain_dots(frame: Frame, title: str, before: Values, after: Values) -> str:
    """Filled circles before, open squares after, joined; a line runs along the circles."""
    first, second = _points(frame, before), _points(frame, after)
    pairs = [
        path(f"M{a[0]} {a[1]}L{b[0]} {b[1]}", "pr", WARM)
        for a, b in zip(first, second, strict=True)
        if a and b
    ]
    lines = [path(run, "ln", DARK, width=2) for run in runs(first)]
    marks = [*map(square, filter(None, second)), *map(dot, filter(None, first))]
    return frame.svg(title, [*pairs, *lines, *marks], ticks=(0, 5, 10))


def _points(frame: Frame, values: Values) -> list[Point | None]:
    return [
        None if value is None else (frame.x(index), frame.y(value))
        for index, value in enumerate(values)
    ]


def soreness_bars(frame: Frame, title: str, day_one: Values, day_two: Values) -> str:
    """Two bars a visit, dark after 24 hours and pale after 48; a zero is a thin bar."""
    wide = min(frame.column * 0.34, 16)
    parts = [
        box(frame.x(index) + shift, _top(frame, value), wide, frame.floor, name, fill)
        for values, shift, name, fill in (
            (day_one, -wide, "dk", DARK),
            (day_two, 0, "pl", PALE),
        )
        for index, value in enumerate(values)
        if value is not None
    ]
    return frame.svg(title, parts, ticks=(0, 5, 10))


def _top(frame: Frame, value: float) -> float:
    return min(frame.y(value), frame.floor - 2)


def twitch_share(frame: Frame, title: str, counts: Sequence[Mapping[str, int]]) -> str:
    """The share of strong, weak and no twitch of what was noted; not noted is a bar apart."""
    frame = replace(frame, low=0, high=100)
    parts = [part for index, one in enumerate(counts) for part in _stack(frame, index, one)]
    return frame.svg(title, parts, ticks=(0, 50, 100))


def _stack(frame: Frame, index: int, counts: Mapping[str, int]) -> list[str]:
    wide, x = min(frame.column * 0.45, 22), frame.x(index)
    noted = sum(counts.get(name, 0) for name in ("strong", "weak", "none"))
    parts, below = [], 0.0
    for name, style, fill in (("strong", "dk", DARK), ("weak", "pl", PALE), ("none", "op", PAPER)):
        count = counts.get(name, 0)
        if not count:
            continue
        above = below + 100 * count / noted
        parts.append(box(x - wide / 2, frame.y(above), wide, frame.y(below), style, fill))
        below = above
    missing = counts.get("not_noted", 0)
    if missing:
        top = frame.y(100 * missing / (noted + missing))
        line = f"M{x + wide / 2 + 3:.1f} {frame.floor}V{top}h4V{frame.floor}"
        parts.append(path(line, "mk", INK, dash="2 2"))
    return parts


def dose_bars(frame: Frame, title: str, insertions: Sequence[int]) -> str:
    """One bar a visit with its number."""
    most = max(insertions, default=0)
    frame = replace(frame, low=0, high=-(-most // 5) * 5 or 5)
    wide = min(frame.column * 0.5, 22)
    parts = []
    for index, value in enumerate(insertions):
        top = _top(frame, value)
        parts.append(box(frame.x(index) - wide / 2, top, wide, frame.floor, "pl", PALE))
        parts.append(text(frame.x(index), top - 3, f"{value}"))
    return frame.svg(title, parts, ticks=(0, frame.high))


def level_strip(
    frame: Frame,
    title: str,
    levels: Sequence[tuple[str, str]],
    needled: Sequence[Mapping[tuple[str, str], int]],
    flagged: Sequence[frozenset[tuple[str, str]]],
) -> str:
    """A row for each root and side, a cell a visit: its insertions; a thick edge is a flag."""
    frame = replace(frame, height=TOP + BOTTOM + ROW * len(levels))
    parts = []
    for row, level in enumerate(levels):
        top = TOP + ROW * row
        parts.append(text(4, top + 13, f"{level[0]} {level[1][:1].upper()}", AT_THE_EDGE))
        for index, (counts, flags) in enumerate(zip(needled, flagged, strict=True)):
            parts.append(_cell(frame, index, top, counts.get(level, 0), level in flags))
    return frame.svg(title, parts)


def _cell(frame: Frame, index: int, top: float, count: int, is_flagged: bool) -> str:
    wide = min(frame.column - 4, 34)
    x = frame.x(index) - wide / 2
    fill = next((shade for least, shade in SHADES if count >= least), PAPER)
    name = {DARK: "dk", PALE: "pl", PAPER: "op"}.get(fill, "lt")
    drawn = box(x, top + 2, wide, top + ROW - 2, name, fill, edge=LINE)
    if is_flagged:
        corners = f"M{x:.1f} {top + 2}h{wide:.1f}v{ROW - 4}h-{wide:.1f}z"
        drawn += path(corners, "fl", INK, width=2.5)
    if not count:
        return drawn
    ink = Ink("on", PAPER) if fill == DARK else Ink("in", INK)
    return drawn + text(frame.x(index), top + 13, f"{count}", ink)


def score_line(frame: Frame, title: str, values: Values, band: tuple[float, float] | None) -> str:
    """Dots and their line; the band around the first value is what may be no change."""
    parts = []
    if band is not None:
        low, high = frame.y(band[0]), frame.y(band[1])
        parts.append(box(LEFT, high, frame.inner_width, low, "bd", "#eceae4", edge=LINE))
    points = _points(frame, values)
    parts += [path(run, "ln", DARK, width=2) for run in runs(points)]
    parts += [dot(point) for point in points if point]
    return frame.svg(title, parts, ticks=(frame.low, frame.high))
