"""Is needling suitable and safe? Answers in, an outcome with its reasons out.

The rules are the rows of ``reference/screening.csv``, each with its sources. The outcome flags
and explains; the physiotherapist decides. How a row becomes an outcome:

- urgency ``urgent``, ``same_day`` or ``emergency``, whatever the category: ``urgent``. Somebody
  medical has to see the patient first, so no grade of the clinic can lower it.
- ``absolute_contraindication``: ``contraindicated``. The scope says where; "affected limb" means
  that limb, "all" means no needling.
- ``relative_contraindication`` and ``precaution``: ``caution``. Both may be needled once what the
  row asks for is done (a doctor's agreement, a lighter technique, a position).
- ``informational``: a reason, but no weight: the row asks for an act that is never a ground to
  refuse. A statement of the consent that was not ticked is ``caution``: needling waits for it.
- not sure, maybe, or a yes/no question without an answer: ``caution``, whatever the row. It is a
  question to be asked before needling, not a finding; it is never clear.
- triggering answer ``any``: what was answered is kept as a note without weight.

Weeks, dates and values beside an answer (``screening_facts``) and the clinic's own grades change
the category first. The gravest reason is the outcome.
"""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clinical.entries import ScreeningQuestion
from clinical.reference import reference
from clinical.screening_facts import Facts, grade_of
from clinical.screening_status import CONSENT_GROUP, ScreeningStatus, rank_of, status_of
from clinical.vocabulary import RiskCategory, Urgency

RULESET_VERSION = "screening-2026.2"

YES, NO, NOT_SURE, MAYBE = "yes", "no", "not_sure", "maybe"
UNANSWERED = "not_answered"  # what a reason holds where there was no answer
UNSURE = (NOT_SURE, MAYBE, UNANSWERED)
ANY = "any"
AGE_QUESTION = "age_under_18"
ADULT_AGE = 18  # rows of screening.csv: age_under_18, triggering answer "<18"
LUNG_SWITCH = "insurer_thoracic"
LUNG_SCOPE = "all muscles with pneumothorax_risk = yes"
NOT_ASKED = ("clinic setting", "computed", "date of birth", "tick")
BLOCKED = "The clinic blocks these muscles altogether."

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


@dataclass(frozen=True)
class ClinicRules:
    """The clinic's own grade per rule, and its switch that blocks muscles over the lung."""

    grades: Mapping[str, RiskCategory] = field(default_factory=dict)
    blocks_lung_muscles: bool = False


def clinic_rules(grades: Mapping[str, str], *, blocks_lung_muscles: bool = False) -> ClinicRules:
    """Checked rules of a clinic; raises ValueError naming the rule or category that is unknown."""
    for rule, category in grades.items():
        if rule not in reference().screening_by_id:
            raise ValueError(f"There is no screening rule {rule!r}.")
        if category not in list(RiskCategory):
            known = ", ".join(RiskCategory)
            raise ValueError(f"The grade {category!r} of {rule} is none of: {known}.")
    found = {rule: RiskCategory(category) for rule, category in grades.items()}
    return ClinicRules(found, blocks_lung_muscles)


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
    status: ScreeningStatus

    @property
    def is_firm(self) -> bool:
        """True when the answer met the rule, false when it is not known."""
        return self.answer not in UNSURE


@dataclass(frozen=True)
class ScreeningOutcome:
    """The outcome with every reason, gravest first, what only informs, and what is unanswered."""

    status: ScreeningStatus
    urgency: Urgency
    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    alerts: tuple[str, ...]
    unanswered: tuple[str, ...]
    ruleset_version: str = RULESET_VERSION

    @property
    def blocked_muscles(self) -> tuple[str, ...]:
        """Muscles over the lung, where the clinic or an absolute contraindication forbids them."""
        is_blocked = any(
            reason.question_id == LUNG_SWITCH or reason.status is ScreeningStatus.CONTRAINDICATED
            for reason in self.reasons
            if reason.is_firm and LUNG_SCOPE in reason.region_scope
        )
        return lung_muscles() if is_blocked else ()


@functools.cache
def lung_muscles() -> tuple[str, ...]:
    """The muscles a needle can reach the lung through."""
    return tuple(m.id for m in reference().muscles.values() if m.pneumothorax_risk)


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


def is_yes_no(question: ScreeningQuestion) -> bool:
    """True for a question that takes yes, no or not sure."""
    return question.answer_type.startswith("yes/no")


def screen(
    answers: Mapping[str, str],
    *,
    age: int | None,
    details: Mapping[str, str] | None = None,
    facts: Facts | None = None,
    clinic: ClinicRules | None = None,
) -> ScreeningOutcome:
    """Weigh the answers. ``age`` in completed years; None (unknown) counts as unanswered.

    ``answers`` holds ``yes``, ``no``, ``not_sure`` or ``maybe`` by question id, or what the
    question takes instead; ids that are no screening rule are left alone. ``details`` holds what
    was written beside an answer.
    """
    rules = clinic or ClinicRules()
    said = {**answers, AGE_QUESTION: _age_answer(answers.get(AGE_QUESTION, ""), age)}
    if rules.blocks_lung_muscles:
        said[LUNG_SWITCH] = NO
    notes = details or {}
    reasons: list[Reason] = []
    informing: list[Reason] = []
    for question, answer in _counting(said):
        reason = _reason(question, answer, notes.get(question.id, ""), facts or Facts(), rules)
        (informing if _only_informs(question, answer) else reasons).append(reason)
    reasons.sort(key=_gravity)
    answered = [reason for reason in reasons if reason.answer != UNANSWERED]
    return ScreeningOutcome(
        status=max(
            (reason.status for reason in reasons), default=ScreeningStatus.CLEAR, key=rank_of
        ),
        urgency=max((reason.urgency for reason in answered), default=Urgency.NONE),
        reasons=tuple(reasons),
        notes=tuple(informing),
        alerts=tuple(_alert(reason) for reason in answered if reason.question_id in ALERT_WORDS),
        unanswered=tuple(one.question_id for one in reasons if one.answer == UNANSWERED),
    )


def _counting(said: Mapping[str, str]) -> Iterator[tuple[ScreeningQuestion, str]]:
    """The rows whose answer met the rule, is not known, or informs, in the order of the table."""
    for question in reference().screening:
        answer = said.get(question.id, UNANSWERED if is_yes_no(question) else "")
        if question.triggering_answer == ANY:
            counts = answer not in (NO, "")
        elif question.answer_type == "tick":
            counts = answer == question.triggering_answer
        elif question.id == AGE_QUESTION:
            counts = answer != NO
        else:
            counts = answer not in (_harmless(question), "")
        if counts:
            yield question, answer


def _harmless(question: ScreeningQuestion) -> str:
    """The one answer that does not count; whatever else is said does."""
    return NO if question.triggering_answer == YES else YES


def _only_informs(question: ScreeningQuestion, answer: str) -> bool:
    """True for what was answered to "any" question; not knowing a yes or no is never clear."""
    is_unknown = answer in UNSURE and is_yes_no(question)
    return question.triggering_answer == ANY and not is_unknown


def _age_answer(said: str, age: int | None) -> str:
    """The age as the answer where it counts. Of a date and a yes, the graver holds."""
    if age is not None:
        return f"{age}" if age < ADULT_AGE else (said if said == YES else NO)
    return said or UNANSWERED


def _reason(
    question: ScreeningQuestion, answer: str, detail: str, facts: Facts, clinic: ClinicRules
) -> Reason:
    grade = grade_of(question, clinic.grades.get(question.id, question.category), facts)
    is_unsure = answer in UNSURE
    return Reason(
        question_id=question.id,
        answer=answer,
        detail=detail,
        category=clinic.grades.get(question.id, question.category) if is_unsure else grade.category,
        urgency=question.urgency,
        region_scope=question.region_scope,
        text=question.question,
        physio_action=_action(question, answer, grade.remark, clinic),
        rationale=question.rationale,
        sources=question.sources,
        status=ScreeningStatus.CAUTION if is_unsure else status_of(question, grade.category),
    )


def _action(question: ScreeningQuestion, answer: str, remark: str, clinic: ClinicRules) -> str:
    """What the row asks for, with what is known; first a question where nothing is."""
    if question.id == LUNG_SWITCH and clinic.blocks_lung_muscles:
        remark = BLOCKED
    action = f"{question.physio_action} {remark}".strip()
    if answer == UNANSWERED:
        return f"Not answered: ask before needling. If it applies: {action}"
    if answer in UNSURE:
        return f"Not sure: ask before needling. If it applies: {action}"
    return action


def _gravity(reason: Reason) -> tuple[int, bool, int, int]:
    """Gravest first; what was left unanswered stands last among its like."""
    return (
        -reason.status.rank,
        reason.answer == UNANSWERED,
        -reason.urgency.rank,
        list(RiskCategory).index(reason.category),
    )


def _alert(reason: Reason) -> str:
    words = ALERT_WORDS[reason.question_id]
    unsure = "" if reason.is_firm else " (not sure)"
    return f"{words}{unsure}: {reason.detail}" if reason.detail else words + unsure
