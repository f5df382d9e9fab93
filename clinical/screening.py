"""Is needling suitable and safe? Answers in, an outcome with its reasons out.

The rules are the rows of ``reference/screening.csv``, each with its sources. The outcome flags
and explains; the physiotherapist decides. An answer that is missing or "not sure" is never safe.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinical.entries import ScreeningQuestion
from clinical.reference import reference
from clinical.vocabulary import RiskCategory, Urgency

RULESET_VERSION = "screening-2026.1"

YES, NO, NOT_SURE, MAYBE = "yes", "no", "not_sure", "maybe"
AGE_QUESTION = "age_under_18"
ADULT_AGE = 18  # rows of screening.csv: age_under_18, triggering answer "<18"
NOT_ASKED = ("clinic setting", "computed", "date of birth", "tick")
CONSENT_GROUP = "consent"

# Short words for the patient's banner; everything else of weight is in the reasons.
ALERT_WORDS = {
    "anticoagulant": "Anticoagulant",
    "bleeding_disorder": "Bleeding disorder",
    "pacemaker": "Pacemaker or stimulator",
    "pregnancy": "Pregnancy",
    "needle_phobia": "Needle phobia",
    "metal_allergy": "Allergy",
    "immunocompromised": "Weakened immune system",
    "lymphoedema": "Lymphoedema",
    "previous_pneumothorax": "Previous collapsed lung",
    "lung_disease": "Lung disease",
    "fainting": "Faints with needles",
    "epilepsy": "Epilepsy",
    "previous_reaction": "Reaction to needling before",
    AGE_QUESTION: "Under 18",
}


class ScreeningStatus(StrEnum):
    """What the answers together mean, gravest last."""

    CLEAR = "no_reason_found"
    PRECAUTIONS = "precautions"
    REVIEW = "review_needed"
    DO_NOT_NEEDLE = "do_not_needle"
    REFER = "medical_referral"


@dataclass(frozen=True)
class Reason:
    """One answer that counts, with the rule it met."""

    question_id: str
    answer: str
    detail: str
    category: RiskCategory
    urgency: Urgency
    region_scope: str
    text: str
    physio_action: str
    rationale: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ScreeningOutcome:
    """The outcome with every reason, gravest first, and what was left unanswered."""

    status: ScreeningStatus
    urgency: Urgency
    reasons: tuple[Reason, ...]
    alerts: tuple[str, ...]
    unanswered: tuple[str, ...]
    ruleset_version: str = RULESET_VERSION


@functools.cache
def patient_questions() -> tuple[ScreeningQuestion, ...]:
    """What the patient is asked; clinic settings, computed rows and consent ticks are not."""
    return tuple(row for row in reference().screening if row.answer_type not in NOT_ASKED)


@functools.cache
def consent_statements() -> tuple[ScreeningQuestion, ...]:
    """What the patient ticks before signing."""
    return tuple(row for row in reference().screening if row.group == CONSENT_GROUP)


def is_rule(question: ScreeningQuestion) -> bool:
    """True for a question whose answer can count; "any" only informs."""
    return question.triggering_answer == YES


def screen(
    answers: Mapping[str, str],
    *,
    age: int | None,
    details: Mapping[str, str] | None = None,
) -> ScreeningOutcome:
    """Weigh the answers. ``age`` in completed years; None (unknown) counts as unanswered.

    ``answers`` holds ``yes``, ``no``, ``not_sure`` or ``maybe`` by question id; ids that are no
    screening rule are left alone. ``details`` holds what was written beside an answer.
    """
    rules = [question for question in patient_questions() if is_rule(question)]
    notes = details or {}
    reasons = [
        _reason(question, answers[question.id], notes.get(question.id, ""))
        for question in rules
        if answers.get(question.id, NO) != NO
    ]
    unanswered = [question.id for question in rules if question.id not in answers]
    if age is None:
        unanswered.append(AGE_QUESTION)
    elif age < ADULT_AGE:
        reasons.append(_reason(reference().screening_by_id[AGE_QUESTION], f"{age}", ""))
    reasons.sort(key=_gravity)
    return ScreeningOutcome(
        status=_status(reasons, is_complete=not unanswered),
        urgency=max((reason.urgency for reason in reasons), default=Urgency.NONE),
        reasons=tuple(reasons),
        alerts=tuple(_alert(reason) for reason in reasons if reason.question_id in ALERT_WORDS),
        unanswered=tuple(unanswered),
    )


def emergency_advice(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions answered yes that must not wait for the appointment, gravest first."""
    urgent = [
        question
        for question in patient_questions()
        if is_rule(question)
        and question.urgency >= Urgency.SAME_DAY
        and answers.get(question.id) in (YES, MAYBE)
    ]
    urgent.sort(key=lambda question: -question.urgency.rank)
    return tuple(ADVICE[question.urgency] for question in urgent[:1])


ADVICE = {
    Urgency.EMERGENCY: (
        "Your answer may need emergency care. Go to an emergency department now or call the "
        "emergency number. Do not wait for your appointment."
    ),
    Urgency.SAME_DAY: (
        "Your answer needs a doctor's check today. Call your doctor or a walk-in clinic today. "
        "If it gets worse, go to an emergency department."
    ),
}


def _reason(question: ScreeningQuestion, answer: str, detail: str) -> Reason:
    return Reason(
        question_id=question.id,
        answer=answer,
        detail=detail,
        category=question.category,
        urgency=question.urgency,
        region_scope=question.region_scope,
        text=question.question,
        physio_action=question.physio_action,
        rationale=question.rationale,
        sources=question.sources,
    )


def _gravity(reason: Reason) -> tuple[int, int]:
    return -reason.urgency.rank, list(RiskCategory).index(reason.category)


def _status(reasons: list[Reason], *, is_complete: bool) -> ScreeningStatus:
    """A firm yes to a contraindication outweighs; not sure and unanswered ask for a review."""
    firm = {reason.category for reason in reasons if reason.answer not in (NOT_SURE, MAYBE)}
    if any(reason.urgency >= Urgency.URGENT for reason in reasons):
        return ScreeningStatus.REFER
    if RiskCategory.ABSOLUTE_CONTRAINDICATION in firm:
        return ScreeningStatus.DO_NOT_NEEDLE
    is_unsure = any(reason.answer in (NOT_SURE, MAYBE) for reason in reasons)
    if is_unsure or not is_complete or RiskCategory.RELATIVE_CONTRAINDICATION in firm:
        return ScreeningStatus.REVIEW
    return ScreeningStatus.PRECAUTIONS if RiskCategory.PRECAUTION in firm else ScreeningStatus.CLEAR


def _alert(reason: Reason) -> str:
    words = ALERT_WORDS[reason.question_id]
    unsure = " (not sure)" if reason.answer in (NOT_SURE, MAYBE) else ""
    return f"{words}{unsure}: {reason.detail}" if reason.detail else words + unsure
