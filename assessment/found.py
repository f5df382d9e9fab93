"""What was found and what was not tested, in words: for the review and the signed report."""

from dataclasses import dataclass

from assessment.shown import CellShown, Line, RowShown, Tab
from clinical import grades
from clinical.grades import value_words
from clinical.reference import reference


@dataclass(frozen=True)
class FoundLine:
    """One sign at one site in words, for a table."""

    site: str
    sign: str
    right: str
    left: str
    is_abnormal: bool


@dataclass(frozen=True)
class FoundTab:
    """What a tab of the form holds: the lines with a value, and what has none."""

    name: str
    lines: tuple[FoundLine, ...]
    untested: tuple[str, ...]

    @property
    def abnormal(self) -> tuple[FoundLine, ...]:
        return tuple(line for line in self.lines if line.is_abnormal)


def found_tabs(tabs: tuple[Tab, ...]) -> tuple[FoundTab, ...]:
    """The form in words."""
    return tuple(_found_tab(tab) for tab in tabs)


def _found_tab(tab: Tab) -> FoundTab:
    rows = [row for section in tab.sections for row in section.rows]
    pairs = [(row, line) for row in rows for line in row.lines]
    every = [(row, line) for row in rows for line in (*row.lines, *row.more)]
    return FoundTab(
        tab.name,
        tuple(_found_line(row, line) for row, line in every if _is_tested(line.cells)),
        tuple(_missing(row, line) for row, line in pairs if line.missing),
    )


def _is_tested(cells: tuple[CellShown, CellShown]) -> bool:
    return any(cell.is_tested for cell in cells)


def _found_line(row: RowShown, line: Line) -> FoundLine:
    sign = "" if line.name == row.name else line.name
    sign = f"{sign}, {line.difference}" if line.difference else sign
    return FoundLine(row.name, sign, said(line.right), said(line.left), is_abnormal(line))


def _missing(row: RowShown, line: Line) -> str:
    """The line, and the side when only one is missing."""
    name = row.name if len(row.lines) == 1 else f"{row.name} {line.name.lower()}"
    side = line.missing.removesuffix("not tested").strip()
    return f"{name}, {side}" if side else name


def said(cell: CellShown) -> str:
    """A cell in words, for a table."""
    if cell.value is None:
        return "not tested"
    sign = cell.key.partition("|")[0]
    pain = ", limited by pain" if cell.is_pain_inhibited else ""
    return value_words(sign, cell.value, reference()) + pain


def is_abnormal(line: Line) -> bool:
    """Whether a side is not normal, or the sides differ."""
    values = [cell.value for cell in line.cells if cell.value is not None]
    if len(values) > 1 and grades.sides_differ(line.sign, *values):
        return True
    return any(grades.is_abnormal(line.sign, v, reference()) for v in values)
