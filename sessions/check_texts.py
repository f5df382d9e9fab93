"""The clinical words of the check after a session, in the language of the page.

``clinical`` speaks English, and so do the stored answers and alerts that staff read; only what a
patient is shown passes through here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from clinical.soreness import DAY_PLACE, CheckReason, usual_course
from clinical.soreness_questions import (
    ALL_HOURS,
    CheckQuestion,
    questions,
    row_of,
    treated,
)
from clinical.soreness_ticks import HEADACHE_AFTER_NECK, NERVE_ON_DAY_TWO, TICKS
from clinical.vocabulary import Urgency

DAY_FORMAT = "j F Y"


def spoken(question: CheckQuestion, day: date) -> CheckQuestion:
    """The question in the language of the page, with what to do at once about its red answer."""
    row = row_of(question.id)
    is_at_once = question.is_listed and row.urgency >= Urgency.SAME_DAY
    return replace(
        question,
        wording=gettext(question.wording),
        group=gettext(question.group) if question.group else "",
        options=tuple((value, gettext(words)) for value, words in question.options),
        advice=_sentence(row.patient_message, day) if is_at_once else "",
    )


def advice(reasons: Iterable[CheckReason], day: date) -> list[str]:
    """What the patient is told, each sentence once; ``day`` is the day of the session."""
    messages = (row_of(reason.question).patient_message for reason in reasons)
    return [_sentence(text, day) for text in dict.fromkeys(messages)]


def _sentence(text: str, day: date) -> str:
    return gettext(text).replace(DAY_PLACE, date_format(day, DAY_FORMAT))


def course(hours: int) -> list[str]:
    """What a patient without a warning may do and expect."""
    return [gettext(text) for text in usual_course(hours)]


def translatable_texts() -> Iterator[str]:
    """Every clinical text that a check can show."""
    over_lung = treated([("a muscle that no table knows", "left")], on="")
    for hours in ALL_HOURS:
        yield from usual_course(hours)
        for question in questions(hours, over_lung):
            yield question.wording
            yield from (words for _value, words in question.options)
            yield row_of(question.id).patient_message
    for tick in TICKS:
        yield from (tick.group, tick.words)
    yield from (HEADACHE_AFTER_NECK, NERVE_ON_DAY_TWO)
