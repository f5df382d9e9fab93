"""Rows of the reference tables, read so that every error names its file, line and field."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from clinical.vocabulary import ROOTS

Choice = TypeVar("Choice", bound=StrEnum)


class ReferenceError(ValueError):  # noqa: A001 - the builtin of this name is about weak references
    """The reference data cannot be trusted. The text names file, line and field."""

    def __init__(self, file: str, line: int, field: str, problem: str) -> None:
        super().__init__(f"{file}:{line}: {field}: {problem}")
        self.file, self.line, self.field, self.problem = file, line, field, problem


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    file: str
    line: int
    values: Mapping[str, str]

    def fail(self, field: str, problem: str) -> NoReturn:
        """Refuse this row."""
        raise ReferenceError(self.file, self.line, field, problem)

    def optional(self, field: str) -> str:
        """The text of a cell, which may be empty. The column itself must be there."""
        if field not in self.values:
            self.fail(field, "column is missing")
        return (self.values[field] or "").strip()

    def text(self, field: str) -> str:
        """The text of a cell that must not be empty."""
        return self.optional(field) or self.fail(field, "is empty")

    def many(self, field: str, separator: str = ";") -> tuple[str, ...]:
        """The parts of a cell, empty parts left out."""
        parts = (part.strip() for part in self.optional(field).split(separator))
        return tuple(part for part in parts if part)

    def yes_no(self, field: str) -> bool:
        """True for yes and False for no; anything else is refused."""
        answer = self.text(field)
        if answer not in ("yes", "no"):
            self.fail(field, f"{answer!r} is neither yes nor no")
        return answer == "yes"

    def choice(self, field: str, kind: type[Choice]) -> Choice:
        """A member of a closed set."""
        value = self.text(field)
        try:
            return kind(value)
        except ValueError:
            self.fail(field, f"unknown {kind.__name__} {value!r}")

    def segment(self, field: str) -> str:
        """One spinal segment."""
        return self._known_segment(field, self.text(field))

    def segments(self, field: str) -> tuple[str, ...]:
        """Spinal segments, in the order written."""
        return tuple(self._known_segment(field, name) for name in self.many(field))

    def _known_segment(self, field: str, name: str) -> str:
        return name if name in ROOTS else self.fail(field, f"unknown segment {name!r}")

    def weights(self, field: str) -> dict[str, float]:
        """Pairs written ``name:0.5; other:1``."""
        pairs = {}
        for part in self.many(field):
            name, _, number = part.partition(":")
            try:
                pairs[name.strip()] = float(number)
            except ValueError:
                self.fail(field, f"{part!r} is not a name and a number")
        return pairs

    def sources(self, known: Mapping[str, object]) -> tuple[str, ...]:
        """The source keys of the row, without their ``(SEEN)`` or ``(RECALLED)``."""
        keys = tuple(part.partition("(")[0].strip() for part in self.many("sources"))
        if not keys:
            self.fail("sources", "no source given")
        for key in keys:
            if key not in known:
                self.fail("sources", f"unknown source {key!r}")
        return keys


def read_rows(path: Path, key: str) -> list[Row]:
    """All rows of a table; a second row with the same ``key`` is refused."""
    if not path.is_file():
        raise ReferenceError(path.name, 0, "file", "is missing")
    rows: list[Row] = []
    seen: set[str] = set()
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for values in reader:
            row = Row(path.name, reader.line_num, values)
            name = row.text(key)
            if name in seen:
                row.fail(key, f"{name!r} is there twice")
            seen.add(name)
            rows.append(row)
    return rows
