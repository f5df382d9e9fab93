"""The registry of outcome measures: what is asked, how it is scored, what change matters.

Names, licences and sources come from ``reference/outcome_measures.csv``, items and scoring from
``reference/outcome_scoring.toml``. A measure whose wording may not be shipped is score only: its
total is entered from the clinic's own form, or its sections by number once the clinic has stated
its licence.
"""

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from clinical.csv_rows import ReferenceError  # noqa: A004 - our own error
from clinical.entries import OutcomeMeasure, Reference
from clinical.reference import DEFAULT_FOLDER, reference

FILE = "outcome_scoring.toml"
HUNDREDTH = Decimal("0.01")


class Form(StrEnum):
    """How a measure is asked."""

    RATING = "rating"
    ITEMS = "items"
    TICKS = "ticks"
    ACTIVITIES = "activities"
    TOTAL = "total"


class Better(StrEnum):
    """Which way a score improves."""

    HIGHER = "higher"
    LOWER = "lower"


class CannotScore(ValueError):
    """The answers give no score; ``str()`` is the sentence for the user."""


@dataclass(frozen=True)
class Sections:
    """Numbered answers of a questionnaire whose wording is not shipped."""

    count: int
    low: int
    high: int
    least: int


@dataclass(frozen=True)
class Scoring:
    """One table of the scoring file. ``is_change``: the answer itself compares with the start."""

    short: str
    form: Form
    low: int
    high: int
    better: Better
    unit: str = ""
    question: str = ""
    ends: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    most: int = 0
    sections: Sections | None = None
    change: Decimal | None = None
    change_source: str = ""
    is_change: bool = False
    missing: str = ""
    missing_source: str = ""


@dataclass(frozen=True)
class Measure:
    """One measure: its entry in the reference table and how it is scored."""

    entry: OutcomeMeasure
    scoring: Scoring

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def is_free(self) -> bool:
        """True when the measure may be shipped whole."""
        return self.entry.ship_in_open_source == "yes"

    @property
    def range_words(self) -> str:
        """The range and its good end, as 0 to 10, lower is better."""
        unit = f" {self.scoring.unit}" if self.scoring.unit else ""
        low, high = signed(self.scoring.low, self), signed(self.scoring.high, self)
        return f"{low} to {high}{unit}, {self.scoring.better} is better"

    def form(self, stated: Iterable[str] = ()) -> Form:
        """How it is asked in a clinic that has stated its licence for these measures."""
        if self.id in stated and self.scoring.sections is not None:
            return Form.ITEMS
        return self.scoring.form

    @property
    def item_range(self) -> tuple[int, int]:
        """Lowest and highest answer of one item."""
        scoring = self.scoring
        if scoring.sections is not None:
            return scoring.sections.low, scoring.sections.high
        match scoring.form:
            case Form.ITEMS:
                return 0, len(scoring.options) - 1
            case Form.TICKS:
                return 0, 1
        return scoring.low, scoring.high

    @property
    def least(self) -> int:
        """How many items must be answered."""
        if self.scoring.sections is not None:
            return self.scoring.sections.least
        return len(self.scoring.items) or 1

    def band(self, first: Decimal) -> tuple[Decimal, Decimal] | None:
        """Around the first value: inside it a change may be no change that matters."""
        if self.scoring.change is None:
            return None
        middle = Decimal(0) if self.scoring.is_change else first
        low = max(middle - self.scoring.change, Decimal(self.scoring.low))
        return low, min(middle + self.scoring.change, Decimal(self.scoring.high))

    def has_improved(self, first: Decimal, last: Decimal) -> bool | None:
        """True or False when the change reaches the smallest important one, None below it."""
        if self.scoring.change is None:
            return None
        change = last if self.scoring.is_change else last - first
        if abs(change) < self.scoring.change:
            return None
        return (change > 0) is (self.scoring.better is Better.HIGHER)


def signed(value: int | Decimal, measure: Measure) -> str:
    """A number of the measure's scale; a scale around zero shows its plus signs."""
    number = f"{Decimal(value).normalize():f}"
    return f"+{number}" if measure.scoring.is_change and measure.scoring.low < 0 < value else number


def score_items(measure: Measure, answers: Sequence[int | None]) -> Decimal:
    """The mean of the answered items stretched to the measure's range; for a full form the sum.

    None is an item without an answer. Raises CannotScore below the least number of answers and
    for an answer outside the range of an item.
    """
    low, high = measure.item_range
    given = [answer for answer in answers if answer is not None]
    if any(not low <= answer <= high for answer in given):
        raise CannotScore(f"Each answer is from {low} to {high}.")
    if len(given) < measure.least:
        raise CannotScore(measure.scoring.missing or "Choose an answer.")
    mean = (Decimal(sum(given)) / len(given) - low) / (high - low)
    width = measure.scoring.high - measure.scoring.low
    return (mean * width + measure.scoring.low).quantize(HUNDREDTH, ROUND_HALF_UP)


def check_total(measure: Measure, total: Decimal) -> Decimal:
    """A total that was worked out elsewhere. Raises CannotScore outside the measure's range."""
    if not measure.scoring.low <= total <= measure.scoring.high:
        raise CannotScore(f"The score is from {measure.scoring.low} to {measure.scoring.high}.")
    return total.quantize(HUNDREDTH, ROUND_HALF_UP)


def load_measures(known: Reference, folder: Path = DEFAULT_FOLDER) -> Mapping[str, Measure]:
    """The registry in the order of the scoring file. Raises ReferenceError for a fault in it."""
    entries = {entry.id: entry for entry in known.outcome_measures}
    path = folder / FILE
    if not path.is_file():
        raise ReferenceError(FILE, 0, "file", "is missing")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    measures = {}
    for name, table in tables.items():
        if name not in entries:
            raise ReferenceError(FILE, 0, name, "is not in outcome_measures.csv")
        measures[name] = Measure(entries[name], _scoring(name, table, known))
    return MappingProxyType(measures)


def _scoring(name: str, table: Mapping[str, Any], known: Reference) -> Scoring:
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    try:
        values = {**table, **lists, "form": Form(table["form"]), "better": Better(table["better"])}
        if "change" in values:
            values["change"] = Decimal(str(values["change"]))
        if "sections" in values:
            values["sections"] = Sections(**values["sections"])
        scoring = Scoring(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise ReferenceError(FILE, 0, name, str(error)) from error
    _require_sources(name, scoring, known)
    return scoring


def _require_sources(name: str, scoring: Scoring, known: Reference) -> None:
    """What is said about change and missing answers names where it comes from."""
    stated = {"change": scoring.change is not None, "missing": bool(scoring.missing)}
    for field in fields(Scoring):
        if field.name.endswith("_source"):
            source = getattr(scoring, field.name)
            if stated[field.name.removesuffix("_source")] and source not in known.sources:
                raise ReferenceError(FILE, 0, f"{name}.{field.name}", f"unknown source {source!r}")


@functools.cache
def measures() -> Mapping[str, Measure]:
    """The registry that came with the program, read once."""
    return load_measures(reference())
