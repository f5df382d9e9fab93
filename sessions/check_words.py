"""The answers of a check in words for staff; a gap is said, never shown as zero."""

from collections.abc import Iterable, Mapping

from django.utils import translation

from clinical.soreness_questions import (
    AGAIN,
    CHOICES,
    COURSE,
    FREE_TEXT,
    FUNCTION,
    OVERALL,
    RELIEF,
    SLEEP,
    WORST,
)
from clinical.soreness_rules import NO, YES
from clinical.soreness_ticks import BRUISE, SITES, TICKS
from sessions.check_places import place_words
from sessions.models import FollowUpAnswer, SorenessFollowUp

# What stands beside a check in the session, in this order.
NOTED: Mapping[str, str] = {
    WORST: "worst soreness",
    FUNCTION: "usual activities, 10 as before",
    OVERALL: "change, −5 to +5",
    SITES: "sore",
    BRUISE: "bruise",
    RELIEF: "used",
    COURSE: "soreness",
    SLEEP: "sleep",
    AGAIN: "would have it again",
}
NEEDED = (WORST, FUNCTION)
BRUISES = {"small": "smaller than 2 cm", "medium": "2 to 5 cm", YES: "larger than 5 cm or growing"}


def words_of(question: str, value: str) -> str:
    """A stored answer as it is read; what nobody knows is shown as it stands."""
    if question == FREE_TEXT:
        return value
    words = dict(CHOICES.get(question, ()))
    if question == SITES:
        with translation.override("en"):
            words = {**place_words(), YES: "over the chest, not needled"}
    if question == BRUISE:
        words = BRUISES
    return ", ".join(words.get(part, part) for part in value.split(","))


def in_words(answers: Iterable[FollowUpAnswer]) -> list[tuple[str, str]]:
    """The wording and the answer of each, gaps left out."""
    return [(row.wording, words_of(row.question, row.value)) for row in answers if row.value]


def notes_of(check: SorenessFollowUp) -> list[str]:
    """What the answers of a check say beside soreness and pain; warnings first."""
    rows = {row.question: row for row in check.answers.all()}
    given = {key: row for key, row in rows.items() if row.value and row.value != NO}
    warned = [row.wording for key, row in given.items() if row.value == YES and key in _TICKED]
    noted = [
        f"{words}: {words_of(key, given[key].value)}"
        for key, words in NOTED.items()
        if key in given
    ]
    text = [f"“{given[FREE_TEXT].value}”"] if FREE_TEXT in given else []
    gaps = [f"{NOTED[key]}: not given" for key in NEEDED if key in rows and key not in given]
    return [*warned, *noted, *gaps, *text]


_TICKED = {tick.question for tick in TICKS} - set(NOTED)
