"""A chart with its sentence, its key and its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from reports.progress import Visit, day_words

GAP = "–"


@dataclass(frozen=True)
class Plot:
    """A chart with its twin as a table."""

    name: str
    heading: str
    sentence: str
    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: SafeString

    @property
    def size(self) -> str:
        """How wide the drawing has to be to stay readable; a narrow screen scrolls it."""
        return "long" if len(self.rows) > 14 else "wide" if len(self.rows) > 8 else "small"


def drawn(svg: str) -> SafeString:
    # Our own SVG functions escape every text they take.
    return mark_safe(svg)  # noqa: S308


def day_rows(visits: Sequence[Visit], *values: Sequence[object]) -> tuple[tuple[str, ...], ...]:
    """A row of a table for each visit; what is missing is a dash."""
    return tuple(
        (day_words(visit.day), *(GAP if cell is None else f"{cell}" for cell in cells))
        for visit, cells in zip(visits, zip(*values, strict=True), strict=True)
    )
