"""The questions of a check after needling, and what of the session decides their wording.

Which row is asked when stands in ``reference/followup.csv``. A patient without trouble answers the
needed questions and "None of these"; everything else may be left out, and is a gap then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from clinical.body_chart.pain import zone_key
from clinical.body_chart.places import places_of
from clinical.entries import FollowUpQuestion
from clinical.reference import reference
from clinical.soreness_ticks import (
    HEADACHE,
    HEADACHE_AFTER_NECK,
    NERVE,
    NERVE_ON_DAY_TWO,
    SITES,
    TICKS,
    TRAVEL,
    Tick,
)
from clinical.vocabulary import Side

# Hours after the last needle came out. The row chest_pain knows an onset "at once, about 2 h, or
# building over 2 days": the first check after needling over the lung comes after the 2 hours and
# before the night.
FIRST_EVENING, DAY_ONE, DAY_TWO = 4, 24, 48
ALL_HOURS = (FIRST_EVENING, DAY_ONE, DAY_TWO)

SORENESS, WORST, MAIN_PAIN = "soreness_now", "soreness_worst", "main_pain_now"
FUNCTION, OVERALL, COURSE = "function_change", "overall_feeling", "soreness_start_end"
RELIEF, SLEEP, AGAIN, FREE_TEXT = "heat_used", "sleep", "would_again", "free_text"

# What the first evening asks: the rows that can tell of the lung.
EVENING_ROWS = (
    *("chest_pain", "short_breath", "dry_cough", SITES, "blue_fast_heart"),
    *(TRAVEL, FREE_TEXT),
)

NOTHING = "nothing"
STILL_THERE = ("still_from_start", "still_later")
# The answers to choose from, those that worry least first.
CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        COURSE: (
            ("none", "I was not sore"),
            ("gone_from_start", "Started at once, gone now"),
            ("gone_later", "Started later, gone now"),
            ("still_from_start", "Started at once, still there"),
            ("still_later", "Started later, still there"),
        ),
        RELIEF: (
            (NOTHING, "Nothing"),
            ("heat", "Heat"),
            ("ice", "Ice"),
            ("stretching", "Stretching"),
            ("massage", "Massage or pressure"),
            ("movement", "Gentle movement"),
            ("paracetamol", "Paracetamol (Tylenol)"),
            ("anti_inflammatory", "Ibuprofen or another anti-inflammatory"),
            ("other", "Something else"),
        ),
        SLEEP: (("better", "Better"), ("same", "The same"), ("worse", "Worse")),
        AGAIN: (("yes", "Yes"), ("unsure", "I’m not sure"), ("no", "No")),
    }
)


class CheckKind(StrEnum):
    """How a question is answered. Places are a tick of the list and ticks on the drawing."""

    SCORE = "score"
    CHANGE = "change"
    TICK = "tick"
    PLACES = "places"
    ONE = "one"
    MANY = "many"
    TEXT = "text"


@dataclass(frozen=True)
class CheckQuestion:
    """One question of the check; what stands in the list has a group and its ticks as options."""

    id: str
    wording: str
    kind: CheckKind
    group: str = ""
    options: tuple[tuple[str, str], ...] = ()
    is_needed: bool = False
    advice: str = ""

    @property
    def is_listed(self) -> bool:
        return self.kind in (CheckKind.TICK, CheckKind.PLACES)


@dataclass(frozen=True)
class Treated:
    """What the rules must know of the session: its day in words, the places, the scores.

    ``needled`` holds the places of the drawing like ``neckR``. ``hours_since`` is the time from
    the last needle out to the answer; unknown counts as not yet long.
    """

    on: str
    over_lung: bool
    neck: bool
    pain_before: int | None = None
    soreness_on_day_one: int | None = None
    needled: frozenset[str] = frozenset()
    hours_since: float | None = None


def treated(
    needled: Iterable[tuple[str, str]],
    *,
    on: str,
    pain_before: int | None = None,
    soreness_on_day_one: int | None = None,
    hours_since: float | None = None,
) -> Treated:
    """The session as the rules see it; ``needled`` holds muscle and side.

    A muscle that the table does not know counts as risky, and lies at no place.
    """
    rows = list(needled)
    known = [reference().muscles.get(muscle) for muscle, _side in rows]
    return Treated(
        on=on,
        over_lung=any(muscle is None or muscle.pneumothorax_risk for muscle in known),
        neck=any(muscle is None or muscle.region == "head_neck" for muscle in known),
        pain_before=pain_before,
        soreness_on_day_one=soreness_on_day_one,
        needled=frozenset(
            zone_key(place, Side(side)) for muscle, side in rows for place in places_of(muscle)
        ),
        hours_since=hours_since,
    )


def questions(hours: int, session: Treated) -> tuple[CheckQuestion, ...]:
    """What is asked ``hours`` (4, 24 or 48) after this session, in order."""
    if hours not in ALL_HOURS:
        raise ValueError(f"There is no check after {hours} hours.")
    asked = [
        *(_own(key, CheckKind.SCORE, is_needed=True) for key in (SORENESS, WORST)),
        _own(RELIEF, CheckKind.MANY),
        *(_own(key, CheckKind.SCORE, is_needed=True) for key in (MAIN_PAIN, FUNCTION)),
        *(_listed(key, list(ticks), hours, session) for key, ticks in _ticks_by_row()),
        _own(OVERALL, CheckKind.CHANGE),
        *(_own(key, CheckKind.ONE) for key in (COURSE, SLEEP, AGAIN)),
        _own(FREE_TEXT, CheckKind.TEXT),
    ]
    return tuple(one for one in asked if _is_asked(one.id, hours, session))


def row_of(question: str) -> FollowUpQuestion:
    return reference().followup_by_id[question]


def _ticks_by_row() -> Iterable[tuple[str, Iterable[Tick]]]:
    return groupby(TICKS, key=lambda tick: tick.question)


def _is_asked(question: str, hours: int, session: Treated) -> bool:
    if question == TRAVEL and not session.over_lung:
        return False
    if hours == FIRST_EVENING:
        return question in EVENING_ROWS
    return f"{hours}h" in row_of(question).timepoints


def _own(question: str, kind: CheckKind, *, is_needed: bool = False) -> CheckQuestion:
    """A question with a place of its own on the page, in the words of its row."""
    return CheckQuestion(
        question,
        row_of(question).question,
        kind,
        options=CHOICES.get(question, ()),
        is_needed=is_needed,
    )


def _listed(question: str, ticks: list[Tick], hours: int, session: Treated) -> CheckQuestion:
    """A row of the list, worded as its red answer."""
    options = tuple((tick.value, _words(tick, hours, session)) for tick in ticks)
    has_places = question == SITES and hours != FIRST_EVENING
    kind = CheckKind.PLACES if has_places else CheckKind.TICK
    return CheckQuestion(question, options[-1][1], kind, ticks[0].group, options)


def _words(tick: Tick, hours: int, session: Treated) -> str:
    if tick.question == HEADACHE and session.neck:
        return HEADACHE_AFTER_NECK
    return NERVE_ON_DAY_TWO if tick.question == NERVE and hours == DAY_TWO else tick.words
