"""The common frame of the charts: the axis of the visits, the scale, marks, and the SVG around it.

Colours stand in the drawing for the document; the page repaints them by class. Every meaning is
carried by shape, lightness or a letter as well, so that greyscale still reads.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

LEFT, RIGHT, TOP, BOTTOM = 34, 10, 20, 24
STEP, NARROW, LABEL_ROOM = 44, 330, 42
INK, QUIET, LINE = "#1d2829", "#485557", "#b9bfbd"
DARK, WARM, PALE, PAPER = "#0f5f63", "#834d00", "#9cc4c2", "#ffffff"
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """Something to know about a visit: a letter above a dashed line."""

    index: int
    letter: str


@dataclass(frozen=True)
class Frame:
    """A visit has a label and a column; values run from ``low`` to ``high``."""

    labels: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    low: float = 0
    high: float = 10
    width: int = 0
    height: int = 150

    @property
    def full_width(self) -> int:
        """As wide as asked, else as the visits need."""
        return self.width or max(NARROW, LEFT + RIGHT + STEP * len(self.labels))

    @property
    def column(self) -> float:
        """The room of one visit."""
        return self.inner_width / max(len(self.labels), 1)

    @property
    def inner_width(self) -> int:
        return self.full_width - LEFT - RIGHT

    @property
    def floor(self) -> int:
        return self.height - BOTTOM

    def x(self, index: int) -> float:
        """The middle of a visit's column."""
        return round(LEFT + self.column * (index + 0.5), 1)

    def y(self, value: float) -> float:
        """Higher values stand higher."""
        share = (value - self.low) / (self.high - self.low)
        return round(TOP + (self.floor - TOP) * (1 - share), 1)

    def svg(self, title: str, parts: Iterable[str], *, ticks: Iterable[float] = ()) -> str:
        """The whole drawing; ``title`` is what a screen reader says of it."""
        size = f"0 0 {self.full_width} {self.height}"
        head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{size}">'
        drawn = (
            *(self._tick(value) for value in ticks),
            *self._labels(),
            *(self._marked(mark) for mark in self.marks),
            *parts,
        )
        return f"{head}<title>{escape(title)}</title>{''.join(drawn)}</svg>"

    def _tick(self, value: float) -> str:
        y = self.y(value)
        line = f"M{LEFT} {y}H{self.full_width - RIGHT}"
        return path(line, "gr", LINE) + text(LEFT - 6, y + 4, f"{value:g}", Ink(anchor="end"))

    def _labels(self) -> list[str]:
        """Every label, or as many as fit without touching."""
        every = max(1, round(LABEL_ROOM / self.column + 0.49))
        last = len(self.labels) - 1
        return [
            text(self.x(index), self.height - 7, label)
            for index, label in enumerate(self.labels)
            if (last - index) % every == 0
        ]

    def _marked(self, mark: Mark) -> str:
        x = round(self.x(mark.index) - self.column / 2, 1)
        line = path(f"M{x} {TOP - 4}V{self.floor}", "mk", QUIET, dash="2 3")
        return line + text(x, TOP - 7, mark.letter, Ink("mk", weight=700))


@dataclass(frozen=True)
class Ink:
    """How words are drawn."""

    name: str = "ax"
    colour: str = QUIET
    anchor: str = "middle"
    weight: int = 400


def text(x: float, y: float, words: str, ink: Ink = Ink()) -> str:
    return (
        f'<text class="{ink.name}" x="{round(x, 1)}" y="{round(y, 1)}" font-size="11" '
        f'text-anchor="{ink.anchor}" font-weight="{ink.weight}" fill="{ink.colour}">'
        f"{escape(words)}</text>"
    )


def path(line: str, name: str, colour: str, *, width: float = 1, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path class="{name}" d="{line}" fill="none" stroke="{colour}" '
        f'stroke-width="{width}"{dashes}/>'
    )


def box(
    x: float, top: float, width: float, bottom: float, name: str, fill: str, *, edge: str = DARK
) -> str:
    """A bar from ``top`` down to ``bottom``."""
    return (
        f'<rect class="{name}" x="{round(x, 1)}" y="{round(top, 1)}" width="{round(width, 1)}" '
        f'height="{round(bottom - top, 1)}" fill="{fill}" stroke="{edge}" stroke-width="1"/>'
    )


def dot(point: Point) -> str:
    return f'<circle class="dk" cx="{point[0]}" cy="{point[1]}" r="4.5" fill="{DARK}"/>'


def square(point: Point) -> str:
    x, y = point
    return (
        f'<rect class="sq" x="{round(x - 4, 1)}" y="{round(y - 4, 1)}" width="8" height="8" '
        f'fill="{PAPER}" stroke="{WARM}" stroke-width="2"/>'
    )


def runs(points: Iterable[Point | None]) -> list[str]:
    """Paths through neighbouring points; a gap breaks the line."""
    found: list[list[str]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(f"{point[0]} {point[1]}")
    return ["M" + "L".join(run) for run in found if len(run) > 1]
