"""The checks after needling weighed: which answers ask for a person, and what is said to whom.

The rules are rows of ``reference/followup.csv``: their urgency, the sentence for the patient, the
act of the physiotherapist and the sources are taken from there; ``soreness_rules`` says when an
answer meets its row. An answer that is missing is a gap, never a zero.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clinical.entries import FollowUpQuestion
from clinical.soreness_questions import (
    DAY_ONE,
    DAY_TWO,
    FREE_TEXT,
    CheckQuestion,
    Treated,
    questions,
    row_of,
)
from clinical.soreness_rules import NOT_SURE, SCORES, asks_for_a_person
from clinical.vocabulary import Urgency

RULESET_VERSION = "followup-2026.2"

SILENCE = "no_answer"

# Thresholds of the rows of the same name; a test holds them against the rows' own words.
SILENT_HOURS = 6
WATCHED_WORDS = ("breath", "chest", "collapse", "faint", "numb", "fever")

DAY_PLACE = "[date]"

SAME_ACTION = re.compile(r"As ([a-z_]+)\.")


@dataclass(frozen=True)
class CheckReason:
    """One answer that asks for a person, with the row it met."""

    question: str
    wording: str
    answer: str
    urgency: Urgency
    text: str
    action: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class CheckOutcome:
    """What the answers together ask for, gravest reason first, and what was left out."""

    urgency: Urgency
    reasons: tuple[CheckReason, ...]
    unanswered: tuple[str, ...]
    ruleset_version: str = RULESET_VERSION


def assess_check(answers: Mapping[str, str], *, hours: int, session: Treated) -> CheckOutcome:
    """Weigh the answers of one check.

    ``answers`` holds by question id a number as text, ``not_sure``, ``yes`` or ``no``, the chosen
    words joined by commas, or free text. A word that is no answer to its question raises
    ValueError.
    """
    asked = questions(hours, session)
    reasons = [
        _reason(question, answers[question.id].strip(), session)
        for question in asked
        if asks_for_a_person(question, answers.get(question.id, "").strip(), hours, session)
    ]
    reasons.sort(key=lambda reason: -reason.urgency.rank)
    return CheckOutcome(
        urgency=max((reason.urgency for reason in reasons), default=Urgency.NONE),
        reasons=tuple(reasons),
        unanswered=tuple(q.id for q in asked if q.id != FREE_TEXT and _is_gap(q, answers)),
    )


def silence(session: Treated, *, hours: int, waited_hours: float) -> CheckReason | None:
    """The reason to call when no answer came to the 24 hour check after needling over the lung.

    It holds no sentence for the patient: nothing was shown to anybody.
    """
    if hours != DAY_ONE or not session.over_lung or waited_hours < SILENT_HOURS:
        return None
    row = row_of(SILENCE)
    return CheckReason(row.id, row.question, "", row.urgency, "", row.physio_action, row.sources)


def watched_words(text: str) -> tuple[str, ...]:
    """The words of a free text that must be read first."""
    return tuple(word for word in WATCHED_WORDS if re.search(rf"\b{word}", text, re.IGNORECASE))


def usual_course(hours: int) -> tuple[str, ...]:
    """What a patient without a warning may do and expect, in sentences."""
    rows = ["heat_used", "soreness_start_end"] if hours == DAY_TWO else ["heat_used"]
    return tuple(row_of(row).patient_message for row in rows)


def score_of(answers: Mapping[str, str], question: str) -> int | None:
    """A score from 0 to 10, or None where there is no answer; never a zero that was not given."""
    answer = answers.get(question, NOT_SURE)
    if answer in ("", NOT_SURE):
        return None
    if answer not in {str(number) for number in SCORES}:
        raise ValueError(f"{answer!r} is no answer to {question}.")
    return int(answer)


def _is_gap(question: CheckQuestion, answers: Mapping[str, str]) -> bool:
    return answers.get(question.id, "") in ("", NOT_SURE)


def _reason(question: CheckQuestion, answer: str, session: Treated) -> CheckReason:
    row = row_of(question.id)
    return CheckReason(
        question=question.id,
        wording=question.wording,
        answer=answer,
        urgency=row.urgency,
        text=row.patient_message.replace(DAY_PLACE, session.on),
        action=_action(row),
        sources=row.sources,
    )


def _action(row: FollowUpQuestion) -> str:
    """What the physiotherapist does; a row may say "As" and name the row that says it."""
    other = SAME_ACTION.fullmatch(row.physio_action)
    return row_of(other[1]).physio_action if other else row.physio_action
