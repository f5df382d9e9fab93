"""What a form is made of: pages, groups of checks, questions, and the facts asked beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

YES, NO, NOT_SURE, MAYBE = "yes", "no", "not_sure", "maybe"
GIVEN, NOT_GIVEN, TICKED = "given", "not_given", "ticked"


class Kind(StrEnum):
    """How a question is asked. A check is one tick of a group, answered yes by ticking it."""

    YES_NO = "yes_no"
    CHECK = "check"
    ONE = "one"
    MANY = "many"
    ZONES = "zones"
    NPRS = "nprs"
    LINE = "line"
    TEXT = "text"
    TEL = "tel"
    EMAIL = "email"
    TICK = "tick"


class FactKind(StrEnum):
    """What is asked beside a yes. A month may come with its day."""

    LINE = "line"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    MONTH = "month"
    CHOICE = "choice"


class When(StrEnum):
    """Where a date may lie."""

    PAST = "past"
    AHEAD = "ahead"


OPEN_KINDS = (Kind.LINE, Kind.TEXT, Kind.TEL, Kind.EMAIL)
CHOSEN_KINDS = (Kind.YES_NO, Kind.CHECK, Kind.ONE, Kind.NPRS)
LONGEST_LINE = 200


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Fact:
    """A typed value beside a yes, named as ``clinical.screening_input`` names the part."""

    id: str
    kind: FactKind
    label: str
    hint: str = ""
    low: str = ""
    high: str = ""
    when: When = When.PAST
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question as shown. ``detail`` is the label of its text box, empty for none."""

    id: str
    wording: str
    kind: Kind
    hint: str = ""
    options: tuple[Option, ...] = ()
    detail: str = ""
    is_needed: bool = True
    autocomplete: str = ""
    longest: int = LONGEST_LINE
    group: str = ""
    facts: tuple[Fact, ...] = ()
    qualities: tuple[Option, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.kind in OPEN_KINDS

    def label_of(self, value: str) -> str:
        """The words of a stored value, several joined by commas."""
        names = {option.value: option.label for option in self.options}
        return ", ".join(names.get(part, part) for part in value.split(",") if part)

    def takes(self, value: str) -> bool:
        """Whether a stored value is still one that can be chosen."""
        known = {option.value for option in self.options}
        return self.kind not in CHOSEN_KINDS or value in known


@dataclass(frozen=True)
class Group:
    """Checks that share a heading and one tick for "None of these"."""

    id: str
    title: str


@dataclass(frozen=True)
class Page:
    """One screen of the form."""

    slug: str
    section: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""
    groups: tuple[Group, ...] = field(default=())

    @property
    def has_drawing(self) -> bool:
        return any(question.kind is Kind.ZONES for question in self.questions)


class Reply(NamedTuple):
    """What is stored of an answer: its word, what was written, and the facts beside it."""

    value: str
    detail: str = ""
    facts: Mapping[str, Any] = {}


def shortened(text: str) -> str:
    """The beginning of a long wording, for an error sentence."""
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"


def _options(**labels: str) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in labels.items())


# An answer as staff read it.
ANSWER_WORDS = {"yes": "Yes", "no": "No", "maybe": "Maybe", "not_sure": "Not sure"}
NOT_SURE_OPTION = Option(NOT_SURE, "I’m not sure")
YES_NO_NOT_SURE = (*_options(yes="Yes", no="No"), NOT_SURE_OPTION)
YES_MAYBE_NO = (*_options(yes="Yes", maybe="Might be", no="No"), NOT_SURE_OPTION)
NPRS_OPTIONS = (*(Option(str(n), str(n)) for n in range(11)), NOT_SURE_OPTION)
SIDES = (("R", "right"), ("L", "left"))
