"""Two stacked bars a visit: what eased, stayed and got worse in two groups."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from reports.charts.frame import DARK, INK, PALE, PAPER, Frame, box, path, text

HEADROOM = 1.25  # for the totals below the letters of the marks


class Changes(Protocol):
    """How many of what was tested twice eased, stayed or got worse."""

    @property
    def eased(self) -> int: ...
    @property
    def same(self) -> int: ...
    @property
    def worse(self) -> int: ...
    @property
    def total(self) -> int: ...


def change_bars(frame: Frame, title: str, pairs: Sequence[tuple[Changes, Changes]]) -> str:
    """The left bar dark, the right one pale, each with its total; nothing tested draws nothing."""
    most = max((one.total for pair in pairs for one in pair), default=0)
    frame = replace(frame, low=0, high=max(most, 1) * HEADROOM)
    wide = min(frame.column * 0.34, 16)
    parts = [
        part
        for index, pair in enumerate(pairs)
        for one, left, style in zip(
            pair,
            (frame.x(index) - wide - 1, frame.x(index) + 1),
            (("dk", DARK), ("pl", PALE)),
            strict=True,
        )
        if one.total
        for part in _bar(frame, one, left, wide, style)
    ]
    return frame.svg(title, parts, ticks=(0, max(most, 1)))


def _bar(
    frame: Frame, one: Changes, left: float, wide: float, style: tuple[str, str]
) -> Iterable[str]:
    eased, same, top = (frame.y(value) for value in (one.eased, one.eased + one.same, one.total))
    if one.eased:
        yield box(left, eased, wide, frame.floor, *style)
    if one.same:
        yield box(left, same, wide, eased, "op", PAPER)
    if one.worse:
        corners = f"M{left:.1f} {top}h{wide:.1f}V{same}h-{wide:.1f}z"
        yield path(corners, "fl", INK, width=2.5)
    yield text(left + wide / 2, top - 3, f"{one.total}")
