"""The values that a document may give, each read exactly or not at all."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from clinical.segments.findings import MRC_GRADES

NOT_TESTED_WORD = "NT"
LONGEST_SHOWN = 40
WRITTEN_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,9})?")


def shown(value: object) -> str:
    """A value of the document as it is repeated in an error, on one line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _as_word(value: object) -> str | None:
    """A whole number as its digits, a text as it stands, everything else as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, str):
        return value
    if not math.isfinite(value) or value != int(value):
        return None
    return str(int(value))


@dataclass(frozen=True)
class Scale:
    """The words of a scale with their numbers, and what one of them is called."""

    words: Mapping[str, float]
    name: str

    def read(self, value: object) -> float | None:
        """The number of a value, or None when it is none of this scale."""
        word = _as_word(value)
        return None if word is None else self.words.get(word)


@dataclass(frozen=True)
class Measure:
    """A measured number between two limits."""

    lowest: float
    highest: float
    name: str

    def read(self, value: object) -> float | None:
        """The number, or None when it is none or lies outside of the limits."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        if isinstance(value, str) and not WRITTEN_NUMBER.fullmatch(value):
            return None
        number = float(value) if isinstance(value, str) else value
        return float(number) if self.lowest <= number <= self.highest else None


def _grades(highest: int) -> Scale:
    words = {str(grade): float(grade) for grade in range(highest + 1)}
    return Scale(words, f"a grade from 0 to {highest}")


MRC = Scale(MRC_GRADES, "an MRC grade")
TO_TWO, TO_THREE, TO_FOUR = _grades(2), _grades(3), _grades(4)
DEGREES = Measure(10, 45, "a skin temperature from 10 to 45 degC")
POSITIVE = Scale({"positive": 1.0, "negative": 0.0}, "positive or negative")
PRESENT = Scale(
    {"present": 1.0, "absent": 0.0, "positive": 1.0, "negative": 0.0},
    "present, absent, positive or negative",
)
ABLE_WORDS = "able, unable, positive or negative"
# Unable is the last step of the performance scale and no single heel raise.
PERFORMANCE = Scale({"able": 0.0, "unable": 2.0, "negative": 0.0, "positive": 2.0}, ABLE_WORDS)
HEEL_RAISES = Scale({"able": 20.0, "unable": 0.0, "negative": 20.0, "positive": 0.0}, ABLE_WORDS)
AGE = Scale({str(years): float(years) for years in range(131)}, "an age in years")
