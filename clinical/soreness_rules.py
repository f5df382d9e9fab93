"""When an answer of a check asks for a person: one rule for each row of ``followup.csv``.

The thresholds that the rows name stand here; a test holds them against the rows' own words. A row
without a rule of its own asks for a person when its red answer is ticked.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from clinical.body_chart.pain import pain_places, zone_key
from clinical.soreness_questions import (
    AGAIN,
    COURSE,
    DAY_ONE,
    DAY_TWO,
    FREE_TEXT,
    FUNCTION,
    MAIN_PAIN,
    OVERALL,
    RELIEF,
    SLEEP,
    SORENESS,
    STILL_THERE,
    WORST,
    CheckKind,
    CheckQuestion,
    Treated,
)
from clinical.soreness_ticks import SITES
from clinical.vocabulary import Side

YES, NO, NOT_SURE = "yes", "no", "not_sure"

SORE_ON_DAY_ONE = 7
SORE_ON_DAY_TWO = 4
WORST_SORE = 8
PAIN_WORSE_BY = 2
OVERALL_WORSE = -3
FUNCTION_LOW = 3
LONG_SORE_HOURS = 72

SCORES = range(11)
CHANGES = range(-5, 6)
NUMBERS = MappingProxyType({CheckKind.SCORE: SCORES, CheckKind.CHANGE: CHANGES})
# Where the lung lies below: pain there is expected only where a needle was.
LUNG_PLACES = ("chest", "uback")
LUNG_ZONES = frozenset(zone_key(place, side) for place in LUNG_PLACES for side in Side)
ALL_ZONES = frozenset(zone_key(place, side) for place in pain_places() for side in Side)

Rule = Callable[[str, int, Treated], bool]


def asks_for_a_person(question: CheckQuestion, answer: str, hours: int, session: Treated) -> bool:
    """Whether this answer meets the rule of its row.

    A gap never does. Raises ValueError for a word that is no answer to the question.
    """
    if not is_given(question, answer):
        return False
    return RULES.get(question.id, _is_ticked)(answer, hours, session)


def is_given(question: CheckQuestion, answer: str) -> bool:
    """False for a gap. Raises ValueError for a word that is no answer to the question."""
    if answer == "" or (answer == NOT_SURE and question.kind in NUMBERS):
        return False
    unknown = [] if question.kind is CheckKind.TEXT else set(parts_of(answer)) - _words(question)
    if unknown or (question.kind not in SEVERAL and "," in answer):
        raise ValueError(f"{answer!r} is no answer to {question.id}.")
    return True


def parts_of(answer: str) -> list[str]:
    """The chosen words of an answer that may hold several."""
    return [part.strip() for part in answer.split(",")]


SEVERAL = (CheckKind.MANY, CheckKind.PLACES, CheckKind.TEXT)


def _words(question: CheckQuestion) -> set[str]:
    """The single words that answer a question."""
    if question.kind in NUMBERS:
        return {str(number) for number in NUMBERS[question.kind]}
    chosen = {value for value, _words in question.options}
    if question.is_listed:
        chosen.add(NO)
    return chosen | ALL_ZONES if question.kind is CheckKind.PLACES else chosen


def unexpected_lung_zones(session: Treated) -> frozenset[str]:
    """The places over the chest and lung where no needle was."""
    return LUNG_ZONES - session.needled


def _is_ticked(answer: str, _hours: int, _session: Treated) -> bool:
    return answer == YES


def _is_never(_answer: str, _hours: int, _session: Treated) -> bool:
    return False


def _soreness_is_high(answer: str, hours: int, session: Treated) -> bool:
    """At 48 h without an answer at 24 h nothing shows that it falls: the first day's limit."""
    score, before = int(answer), session.soreness_on_day_one
    if hours == DAY_ONE or before is None:
        return score >= SORE_ON_DAY_ONE
    return score >= before and score >= SORE_ON_DAY_TWO


def _worst_is_high(answer: str, _hours: int, _session: Treated) -> bool:
    return int(answer) >= WORST_SORE


def _pain_is_worse(answer: str, hours: int, session: Treated) -> bool:
    before = session.pain_before
    return hours == DAY_TWO and before is not None and int(answer) - before >= PAIN_WORSE_BY


def _feels_much_worse(answer: str, hours: int, _session: Treated) -> bool:
    return hours == DAY_TWO and int(answer) <= OVERALL_WORSE


def _function_is_low(answer: str, _hours: int, _session: Treated) -> bool:
    return int(answer) <= FUNCTION_LOW


def _is_sore_for_long(answer: str, hours: int, session: Treated) -> bool:
    """Asked at 48 h, and the answer may come a day later."""
    is_long = session.hours_since is not None and session.hours_since >= LONG_SORE_HOURS
    return hours == DAY_TWO and is_long and answer in STILL_THERE


def _hurts_over_the_lung(answer: str, _hours: int, session: Treated) -> bool:
    parts = set(parts_of(answer))
    return YES in parts or bool(parts & unexpected_lung_zones(session))


def _is_written(answer: str, _hours: int, _session: Treated) -> bool:
    return bool(answer.strip())


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        SORENESS: _soreness_is_high,
        WORST: _worst_is_high,
        COURSE: _is_sore_for_long,
        SITES: _hurts_over_the_lung,
        MAIN_PAIN: _pain_is_worse,
        FUNCTION: _function_is_low,
        OVERALL: _feels_much_worse,
        FREE_TEXT: _is_written,
        RELIEF: _is_never,
        SLEEP: _is_never,
        AGAIN: _is_never,
    }
)
