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
    DAY_ONE,
    DAY_TWO,
    HEADACHE_AFTER_NECK,
    NERVE_ON_DAY_TWO,
    TICKS,
    CheckQuestion,
    questions,
    row_of,
    treated,
)

DAY_FORMAT = "j F Y"


def spoken(question: CheckQuestion) -> CheckQuestion:
    """The question in the language of the page."""
    group = gettext(question.group) if question.group else ""
    return replace(question, wording=gettext(question.wording), group=group)


def advice(reasons: Iterable[CheckReason], day: date) -> list[str]:
    """What the patient is told, each sentence once; ``day`` is the day of the session."""
    on = date_format(day, DAY_FORMAT)
    messages = (row_of(reason.question).patient_message for reason in reasons)
    return [gettext(text).replace(DAY_PLACE, on) for text in dict.fromkeys(messages)]


def course(hours: int) -> list[str]:
    """What a patient without a warning may do and expect."""
    return [gettext(text) for text in usual_course(hours)]


def translatable_texts() -> Iterator[str]:
    """Every clinical text that a check can show."""
    over_lung = treated(["a muscle that no table knows"], on="")
    for hours in (DAY_ONE, DAY_TWO):
        yield from usual_course(hours)
        for question in questions(hours, over_lung):
            yield question.wording
            yield row_of(question.id).patient_message
    for _question, group, words in TICKS:
        yield from (group, words)
    yield from (HEADACHE_AFTER_NECK, NERVE_ON_DAY_TWO)
