"""Progress charts as SVG text: the same function serves the page and the document."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 560, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 12, 14, 30
SCALE_MAX = 10


@dataclass(frozen=True)
class Series:
    """Values 0-10 in order of the sessions; None is a gap, never zero."""

    name: str
    values: tuple[float | None, ...]
    shape: str = "circle"


def pain_chart(title: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """A line chart of 0-10 values. Series differ by shape and dash, so greyscale still reads."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        *_grid(labels),
    ]
    for number, one in enumerate(series):
        parts.extend(_line(one, number, len(labels)))
    return "".join(parts) + "</svg>"


def _x(index: int, count: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return round(LEFT + room * (index + 0.5) / max(count, 1), 1)


def _y(value: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / SCALE_MAX), 1)


def _grid(labels: Sequence[str]) -> list[str]:
    lines = []
    for value in (0, 5, SCALE_MAX):
        y = _y(value)
        lines.append(
            f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" fill="none" stroke="#b9bfbd" stroke-width="1"/>'
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" font-size="12" '
            f'fill="#485557">{value}</text>'
        )
    for index, label in enumerate(labels):
        lines.append(
            f'<text x="{_x(index, len(labels))}" y="{HEIGHT - 9}" text-anchor="middle" '
            f'font-size="12" fill="#485557">{escape(label)}</text>'
        )
    return lines


def _line(series: Series, number: int, count: int) -> list[str]:
    colour, dash = (("#0f5f63", ""), ("#834d00", ' stroke-dasharray="5 4"'))[number % 2]
    points = [
        (_x(index, count), _y(value)) if value is not None else None
        for index, value in enumerate(series.values)
    ]
    drawn = [
        f'<path d="{run}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        for run in _runs(points)
    ]
    return drawn + [_mark(series.shape, x, y, colour) for x, y in filter(None, points)]


def _runs(points: Sequence[tuple[float, float] | None]) -> list[str]:
    """Paths through neighbouring points; a gap breaks the line."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]} {point[1]}")
    return ["M" + "L".join(run) for run in runs if len(run) > 1]


def _mark(shape: str, x: float, y: float, colour: str) -> str:
    if shape == "square":
        return f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="{colour}"/>'
    return f'<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}"/>'
