"""The values of a screening as JSON, each checked by itself: dates, weeks, INR, texts."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from clinical.entries import ScreeningQuestion
from clinical.screening import MAYBE, NO, NOT_SURE, YES
from clinical.screening_facts import MOST_WEEKS
from clinical.vocabulary import RiskCategory

DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LARGEST_INR = 30
LONGEST_TEXT = 2000
SHOWN = 60
FIRST_YEAR = 1850
YES_NO_WORDS = (YES, NO, NOT_SURE)
TICKED, NOT_TICKED = "ticked", "not ticked"
CONTROL = {YES: True, NO: False, NOT_SURE: None}
# Asked in the wording of the row, though its answer type says only "text".
MORE_PARTS = {"surgery_recent": ("date",)}


class BadValue(ValueError):
    """A value was refused, in words that follow its path."""


def parts_of(question: ScreeningQuestion) -> tuple[str, ...]:
    """What may be given beside the answer, after the answer type: ``yes/no + drug + INR``."""
    named = tuple(part.strip().lower() for part in question.answer_type.split("+")[1:])
    return named + MORE_PARTS.get(question.id, ())


def words_of(question: ScreeningQuestion) -> tuple[str, ...]:
    """The words a question offers after its colon."""
    return tuple(word.strip(" ?") for word in question.question.partition(":")[2].split(","))


def shown(value: Any) -> str:
    """A value for a sentence: JSON's words, shortened."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        return repr(value if len(value) <= SHOWN else f"{value[:SHOWN]}…")
    return f"{value}"[:SHOWN]


def named(key: str) -> str:
    """A key as part of a path: one line, whatever was written."""
    return key if key.isprintable() and 0 < len(key) <= SHOWN else shown(key)


def day(value: Any) -> date:
    """A day written 2026-11-22."""
    if isinstance(value, str) and DATE.fullmatch(value) and int(value[:4]) >= FIRST_YEAR:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadValue(f"not a date: {shown(value)}, write it like 2026-11-22")


def weeks(value: Any) -> int:
    """Completed weeks of pregnancy."""
    if type(value) is int and 0 <= value <= MOST_WEEKS:
        return value
    raise BadValue(f"{shown(value)} is not a whole number of weeks from 0 to {MOST_WEEKS}")


def inr(value: Any) -> Decimal:
    """An INR, as JSON number."""
    if type(value) in (int, Decimal) and 0 < value <= LARGEST_INR:
        return Decimal(value)
    raise BadValue(f"{shown(value)} is not a number above 0 and up to {LARGEST_INR}")


def control(value: Any) -> bool | None:
    """Whether it is well controlled; None for not sure."""
    if isinstance(value, str) and value in CONTROL:
        return CONTROL[value]
    raise BadValue(f"{shown(value)} is not yes, no or not_sure")


def text(value: Any) -> str:
    """Free words."""
    if isinstance(value, str) and len(value) <= LONGEST_TEXT:
        return value.strip()
    raise BadValue(f"{shown(value)} is not a text of at most {LONGEST_TEXT} letters")


def places(value: Any) -> list[str]:
    """Words as a list, or one word."""
    named = [value] if isinstance(value, str) else value
    if isinstance(named, list) and all(isinstance(one, str) and one.strip() for one in named):
        return [one.strip() for one in named]
    raise BadValue(f"{shown(value)} is not a list of words")


def truth(value: Any) -> bool:
    """JSON's true or false."""
    if isinstance(value, bool):
        return value
    raise BadValue(f"{shown(value)} is not true or false")


def category(value: Any) -> RiskCategory:
    """A category of the screening table."""
    if isinstance(value, str) and value in list(RiskCategory):
        return RiskCategory(value)
    raise BadValue(f"{shown(value)} is none of: {', '.join(RiskCategory)}")


def word_of(question: ScreeningQuestion, value: Any) -> str:
    """The checked answer as the rules take it; raises ``BadValue``."""
    kind = question.answer_type
    if kind == "tick":
        return _ticked(value)
    if kind == "text":
        return text(value)
    if kind == "body chart":
        return ",".join(places(value))
    if kind == "multi-choice":
        return ",".join(_among(words_of(question), one) for one in places(value))
    if kind == "left/right/both":
        return _among(("left", "right", "both"), value)
    if kind == "date of birth" and value not in YES_NO_WORDS:
        return f"{day(value)}"
    return _yes_no(question, value)


def _yes_no(question: ScreeningQuestion, value: Any) -> str:
    if isinstance(value, str) and value in YES_NO_WORDS:
        return value
    takes_maybe = MAYBE in question.answer_type
    if takes_maybe and value == MAYBE:
        return MAYBE
    ending = " (or maybe)" if takes_maybe else ""
    raise BadValue(f"{shown(value)} is not yes, no or not_sure{ending}")


def _ticked(value: Any) -> str:
    if value is True or value == TICKED:
        return TICKED
    if value is False or value == NOT_TICKED:
        return NOT_TICKED
    raise BadValue(f"{shown(value)} is not {TICKED!r} or {NOT_TICKED!r}")


def _among(words: tuple[str, ...], value: Any) -> str:
    if isinstance(value, str) and value in words:
        return value
    raise BadValue(f"{shown(value)} is none of: {', '.join(words)}")
