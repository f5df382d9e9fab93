"""Between the answers and ``clinical.screening``: asks, stores, and reads the outcome back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from clinical.reference import reference
from clinical.screening import ScreeningStatus, emergency_advice, screen
from clinical.vocabulary import RiskCategory, Urgency
from intake.form_pages import questions_by_id
from intake.models import Intake, IntakeAnswer, ScreeningResult
from intake.questions import Page
from people.models import Patient

TONES = {
    RiskCategory.ABSOLUTE_CONTRAINDICATION: "is-danger",
    RiskCategory.RELATIVE_CONTRAINDICATION: "is-caution",
    RiskCategory.PRECAUTION: "is-info",
    RiskCategory.INFORMATIONAL: "",
}
STATUS_WORDS = {
    ScreeningStatus.CLEAR: "No reason against needling found",
    ScreeningStatus.PRECAUTIONS: "Needling with precautions",
    ScreeningStatus.REVIEW: "Review needed before needling",
    ScreeningStatus.DO_NOT_NEEDLE: "Do not needle: contraindication",
    ScreeningStatus.REFER: "Medical review before needling",
}
URGENCY_WORDS = {
    Urgency.EMERGENCY: "Emergency",
    Urgency.SAME_DAY: "Doctor the same day",
    Urgency.URGENT: "Urgent medical review",
    Urgency.CONTACT_CLINIC: "Contact the clinic",
    Urgency.ROUTINE: "Routine medical review",
}


@dataclass(frozen=True)
class ReasonShown:
    """One reason of the outcome in words, for the review page."""

    question: str
    answer: str
    detail: str
    category: str
    tone: str
    urgency: str
    scope: str
    action: str
    rationale: str
    source: str


@dataclass(frozen=True)
class OutcomeShown:
    """The stored outcome in words, gravest reason first."""

    status_words: str
    urgency_words: str
    reasons: tuple[ReasonShown, ...]
    alerts: tuple[str, ...]

    @property
    def has_warnings(self) -> bool:
        return bool(self.reasons)


def screening_answers(answers: Mapping[str, IntakeAnswer]) -> dict[str, str]:
    """The answers as the screening rules take them: question to yes, no or not_sure."""
    known = reference().screening_by_id
    return {key: answer.value for key, answer in answers.items() if key in known}


def emergency_on(page: Page, answers: Mapping[str, IntakeAnswer]) -> tuple[str, ...]:
    """What to do at once after the answers of this page; empty when nothing is urgent."""
    here = {question.id for question in page.questions}
    said = {key: value for key, value in screening_answers(answers).items() if key in here}
    return emergency_advice(said)


def store_screening(intake: Intake, answers: Mapping[str, IntakeAnswer]) -> ScreeningResult:
    """Run the rules over the answers and keep the outcome with its reasons and rules' version."""
    today = timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))
    outcome = screen(
        screening_answers(answers),
        age=intake.patient.age_on(today),
        details={key: answer.detail for key, answer in answers.items() if answer.detail},
    )
    return ScreeningResult.objects.create(
        intake=intake,
        status=outcome.status,
        urgency=outcome.urgency,
        ruleset_version=outcome.ruleset_version,
        reasons=[asdict(reason) for reason in outcome.reasons],
        alerts=list(outcome.alerts),
    )


def outcome_of(intake: Intake) -> OutcomeShown:
    """The stored outcome in words. An intake without one is shown as not screened."""
    stored: ScreeningResult | None = getattr(intake, "screening", None)
    if stored is None:
        return OutcomeShown("Not screened: review every answer", "", (), ())
    return OutcomeShown(
        status_words=STATUS_WORDS[ScreeningStatus(stored.status)],
        urgency_words=URGENCY_WORDS.get(Urgency(stored.urgency), ""),
        reasons=tuple(_shown(reason) for reason in stored.reasons),
        alerts=tuple(stored.alerts),
    )


def alerts_for(patient: Patient) -> tuple[str, ...]:
    """Short words for the patient's banner, from the newest screening; empty without one."""
    newest = ScreeningResult.objects.filter(intake__patient=patient).order_by("-id").first()
    return tuple(newest.alerts) if newest else ()


def _shown(reason: dict[str, Any]) -> ReasonShown:
    question = questions_by_id().get(reason["question_id"])
    answer = question.label_of(reason["answer"]) if question else reason["answer"]
    category = RiskCategory(reason["category"])
    return ReasonShown(
        question=reason["text"],
        answer=answer,
        detail=reason["detail"],
        category=category.replace("_", " ").capitalize(),
        tone=TONES[category],
        urgency=URGENCY_WORDS.get(Urgency(reason["urgency"]), ""),
        scope=_scope(reason["region_scope"]),
        action=reason["physio_action"],
        rationale=reason["rationale"],
        source=", ".join(reason["sources"]),
    )


def _scope(scope: str) -> str:
    """The region a reason is about, without the column's shorthand."""
    plain = scope.replace("all muscles with pneumothorax_risk = yes", "muscles over the lung")
    plain = plain.replace("_", " ").strip("- ")
    return "Everywhere" if plain == "all" else plain.capitalize()
