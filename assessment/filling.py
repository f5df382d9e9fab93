"""Filling what is not tested: as normal for a group, or as it was the time before."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from assessment.cells import Cell, read_cell
from assessment.shown import CellShown, Tab


def normals_of(tab_section: str, tabs: Iterable[Tab]) -> tuple[str, list[Cell]]:
    """The words of a section and its untested cells at their normal value."""
    for tab in tabs:
        for section in tab.sections:
            if section.key == tab_section:
                cells = [_normal(cell) for cell in section.cells if not cell.is_tested]
                return f"{tab.name}, {section.name}", [c for c in cells if c.value is not None]
    return "", []


def last_values_of(tabs: Iterable[Tab]) -> list[Cell]:
    """The untested cells at the value of the time before."""
    open_cells = (cell for tab in tabs for cell in tab.every_cell if not cell.is_tested)
    return [_with(cell, cell.last) for cell in open_cells if cell.last is not None]


def _normal(cell: CellShown) -> Cell:
    return _with(cell, cell.scale.normal)


def _with(cell: CellShown, value: Decimal | None) -> Cell:
    return replace(read_cell(f"{cell.key}|"), value=value)
