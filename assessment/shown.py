"""What the page of an assessment shows: tabs, sections, rows, and a cell for each side."""

import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assessment.cells import plain
from clinical.grades import LEAST_DIFFERENCE, Grade, Scale, difference_words
from clinical.muscle_blocks import MuscleBlock
from clinical.reference import reference
from clinical.vocabulary import Side


@dataclass(frozen=True)
class Option:
    """One button of a cell, in the texts that the page needs."""

    value: str
    words: str
    look: str
    pressed: str


@dataclass(frozen=True)
class CellShown:
    """The control of one side: the grades with the chosen one, or a typed number."""

    key: str
    label: str
    side: Side
    scale: Scale
    value: Decimal | None
    last: Decimal | None
    is_pain_inhibited: bool
    takes_pain: bool

    @property
    def is_tested(self) -> bool:
        return self.value is not None

    @property
    def value_text(self) -> str:
        return plain(self.value)

    @property
    def normal_text(self) -> str:
        return plain(self.scale.normal)

    @property
    def last_text(self) -> str:
        return plain(self.last)

    @property
    def last_words(self) -> str:
        """What was found the time before, as it is read aloud."""
        grade = next((one for one in self.scale.grades if one.value == self.last), None)
        return grade.short if grade else f"{self.last_text} {self.scale.unit}"

    @property
    def least_difference(self) -> Decimal:
        """From here on a measured side differs from the other."""
        return LEAST_DIFFERENCE.get(self.key.partition("|")[0], Decimal(0))

    @property
    def arrow(self) -> str:
        """Whether the value went up or down since the time before."""
        if self.value is None or self.last is None:
            return ""
        return "=" if self.value == self.last else "↑" if self.value > self.last else "↓"

    @property
    def is_long(self) -> bool:
        """Whether the grades are written as words instead of digits."""
        return len(self.scale.grades) == 2

    @property
    def options(self) -> tuple[Option, ...]:
        """The grades as buttons."""
        return options_of(self.scale, self.value, self.last)


@dataclass(frozen=True)
class Line:
    """One sign at one site, right and left."""

    sign: str
    name: str
    right: CellShown
    left: CellShown

    @property
    def cells(self) -> tuple[CellShown, CellShown]:
        return self.right, self.left

    @property
    def missing(self) -> str:
        """Which side is not tested, in words."""
        if not self.right.is_tested and not self.left.is_tested:
            return "not tested"
        if not self.right.is_tested:
            return "right not tested"
        return "" if self.left.is_tested else "left not tested"

    @property
    def difference(self) -> str:
        """How much less one side measures, in words; only of a measured sign."""
        right, left = self.right.value, self.left.value
        if right is None or left is None:
            return ""
        return difference_words(self.sign, right, left, reference())

    @property
    def remark(self) -> str:
        """What is said beside the name: what is missing, or how the sides differ."""
        return self.missing or self.difference


@dataclass(frozen=True)
class NoteShown:
    """The field for a note on one side of a muscle, with what was noted the time before."""

    key: str
    label: str
    side: Side
    text: str
    last: str


@dataclass(frozen=True)
class RowShown:
    """One site, or one test, with a line for each of its signs, and what may be asked more."""

    site: str
    name: str
    hint: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    notes: tuple[NoteShown, ...] = ()
    block: MuscleBlock | None = None
    precautions: tuple[str, ...] = ()
    dangers: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the time before tested none of it; means something only where there is one."""
        return all(cell.last is None for line in (*self.lines, *self.more) for cell in line.cells)

    @property
    def has_more(self) -> bool:
        """Whether something stands among what was asked more, or is noted."""
        is_asked = any(cell.is_tested for line in self.more for cell in line.cells)
        return is_asked or any(note.text or note.last for note in self.notes)


@dataclass(frozen=True)
class Section:
    """A group of rows that may be filled as normal together."""

    key: str
    name: str
    rows: tuple[RowShown, ...]

    @property
    def cells(self) -> Iterator[CellShown]:
        return (cell for row in self.rows for line in row.lines for cell in line.cells)

    @property
    def every_cell(self) -> Iterator[CellShown]:
        """Also what is asked only of some muscles."""
        more = (cell for row in self.rows for line in row.more for cell in line.cells)
        return itertools.chain(self.cells, more)

    @property
    def has_normal(self) -> bool:
        return any(cell.scale.normal is not None for cell in self.cells)


@dataclass(frozen=True)
class Legend:
    """The grades of a sign in words."""

    name: str
    grades: tuple[Grade, ...]


@dataclass(frozen=True)
class Tab:
    id: str
    name: str
    sections: tuple[Section, ...]
    legends: tuple[Legend, ...] = field(default=())

    @property
    def cells(self) -> list[CellShown]:
        return [cell for section in self.sections for cell in section.cells]

    @property
    def every_cell(self) -> list[CellShown]:
        return [cell for section in self.sections for cell in section.every_cell]

    @property
    def tested(self) -> int:
        return sum(cell.is_tested for cell in self.cells)

    @property
    def total(self) -> int:
        return len(self.cells)


@functools.lru_cache(maxsize=2048)
def options_of(scale: Scale, value: Decimal | None, last: Decimal | None) -> tuple[Option, ...]:
    """The buttons of a scale, with the chosen grade and the one of the time before."""
    is_long = len(scale.grades) == 2
    return tuple(
        Option(
            value=plain(grade.value),
            words=grade.words if is_long else grade.short,
            look=f"v{grade.step}{' was' if grade.value == last else ''}",
            pressed="true" if grade.value == value else "false",
        )
        for grade in scale.grades
    )
