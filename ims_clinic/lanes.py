"""Cards that overlap stand side by side: a no-show beside the appointment that took its time."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduling.slots import Span

MOST = 3


@dataclass(frozen=True)
class Lane:
    """The lane of a card, counted from 0, and how many share the width; ``str()`` is its class."""

    index: int = 0
    of: int = 1

    def __str__(self) -> str:
        return f"lane-{self.index}-{self.of}" if self.of > 1 else ""


def lanes(spans: Sequence[Span]) -> list[Lane]:
    """A lane for each span; ``spans`` are in order of their start. At most three lanes."""
    found: list[Lane] = []
    group: list[int] = []
    ends: list[Span] = []  # the last span of each lane
    for span in spans:
        if ends and all(last.end <= span.start for last in ends):
            found += [Lane(index, len(ends)) for index in group]
            group, ends = [], []
        free = (n for n, last in enumerate(ends) if last.end <= span.start)
        index = next(free, len(ends))
        if index == MOST:
            index = min(range(MOST), key=lambda n: ends[n].end)
        ends[index : index + 1] = [span]
        group.append(index)
    return found + [Lane(index, len(ends)) for index in group]
