"""What weeks, dates and values beside an answer change about its rule.

A fact may only make a rule stricter than its row of ``reference/screening.csv``; a fact that was
not given changes nothing. Every limit stands in the row itself, except the end of the first
trimester.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinical.entries import ScreeningQuestion
from clinical.vocabulary import RiskCategory

FIRST_TRIMESTER_ENDS = 14  # completed weeks; ACOG_TRIMESTER (RECALLED)
INR_LIMIT = Decimal(4)  # row anticoagulant: "practice often wants INR < 4"
HEALING_MONTHS = 3  # row surgery_recent: "an operation in the last 3 months"
MONTHS_A_YEAR = 12
MOST_WEEKS = 45
WEEKS = re.compile(r"(\d{1,2})\s*(?:w|wk|wks|week|weeks)?", re.ASCII)
STRICTEST_FIRST = tuple(RiskCategory)


@dataclass(frozen=True)
class Facts:
    """What was said beside the answers; None is not known. ``on`` is the day of the screening."""

    on: date | None = None
    pregnancy_weeks: int | None = None
    operated_on: date | None = None
    inr: Decimal | None = None
    inr_on: date | None = None
    diabetes_is_controlled: bool | None = None
    travels_on: date | None = None


@dataclass(frozen=True)
class Grade:
    """How heavy a rule is for this patient, and the sentence that says why."""

    category: RiskCategory
    remark: str = ""


def stricter(one: RiskCategory, other: RiskCategory) -> RiskCategory:
    """The graver of two categories."""
    return min(one, other, key=STRICTEST_FIRST.index)


def grade_of(question: ScreeningQuestion, category: RiskCategory, facts: Facts) -> Grade:
    """The category that holds with these facts: ``category`` or a stricter one."""
    weigh = WEIGHED.get(question.id)
    if weigh is None:
        return Grade(category)
    found = weigh(facts)
    return Grade(stricter(category, found.category), found.remark)


def months_before(day: date, months: int) -> date:
    """The same day of the month that many months earlier, or the last day that month has."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 - months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks_in(words: str) -> int | None:
    """The weeks where the words are nothing but a number of weeks; everything else is not known."""
    found = WEEKS.fullmatch(words.strip().casefold())
    weeks = int(found[1]) if found else None
    return weeks if weeks is not None and weeks <= MOST_WEEKS else None


def age_on(born_on: date, day: date) -> int:
    """Completed years on ``day``."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)


def _pregnancy(facts: Facts) -> Grade:
    weeks = facts.pregnancy_weeks
    if weeks is None:
        return Grade(RiskCategory.INFORMATIONAL)
    if weeks < FIRST_TRIMESTER_ENDS:
        return Grade(
            RiskCategory.ABSOLUTE_CONTRAINDICATION,
            f"{weeks} weeks: first trimester, do not needle.",
        )
    return Grade(RiskCategory.INFORMATIONAL, f"{weeks} weeks: after the first trimester.")


def _operation(facts: Facts) -> Grade:
    if facts.operated_on is None or facts.on is None:
        return Grade(RiskCategory.INFORMATIONAL)
    if facts.operated_on >= months_before(facts.on, HEALING_MONTHS):
        return Grade(
            RiskCategory.ABSOLUTE_CONTRAINDICATION,
            f"Operated on {facts.operated_on}, within {HEALING_MONTHS} months: the area is "
            "healing, do not needle it.",
        )
    return Grade(RiskCategory.INFORMATIONAL, f"Operated on {facts.operated_on}.")


def _inr(facts: Facts) -> Grade:
    day = _age_of_inr(facts)
    if facts.inr is None:
        return Grade(RiskCategory.INFORMATIONAL, day and f"Last INR {day}; its value is not known.")
    if facts.inr >= INR_LIMIT:
        return Grade(
            RiskCategory.RELATIVE_CONTRAINDICATION,
            f"Last INR {facts.inr}, {day or 'date not known'}: not under {INR_LIMIT}; settle it "
            "with whoever manages the medicine before needling.",
        )
    return Grade(RiskCategory.INFORMATIONAL, f"Last INR {facts.inr}, {day or 'date not known'}.")


def _age_of_inr(facts: Facts) -> str:
    if facts.inr_on is None or facts.on is None:
        return ""
    days = (facts.on - facts.inr_on).days
    return f"of {facts.inr_on}, {days} {'day' if days == 1 else 'days'} before"


def _diabetes(facts: Facts) -> Grade:
    if facts.diabetes_is_controlled is None:
        return Grade(RiskCategory.INFORMATIONAL)
    if facts.diabetes_is_controlled:
        return Grade(RiskCategory.INFORMATIONAL, "Said to be well controlled.")
    return Grade(
        RiskCategory.RELATIVE_CONTRAINDICATION, "Not well controlled: ask the doctor first."
    )


def _travel(facts: Facts) -> Grade:
    if facts.travels_on is None:
        return Grade(RiskCategory.INFORMATIONAL)
    return Grade(RiskCategory.INFORMATIONAL, f"Planned for {facts.travels_on}.")


WEIGHED: Mapping[str, Callable[[Facts], Grade]] = {
    "pregnancy": _pregnancy,
    "surgery_recent": _operation,
    "anticoagulant": _inr,
    "diabetes": _diabetes,
    "flight_dive_planned": _travel,
}
