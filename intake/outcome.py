"""Between the answers and ``clinical.screening``: asks, stores, and reads the outcome back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from clinical.emergency_advice import emergency_advice
from clinical.reference import reference
from clinical.screening import ClinicRules, clinic_rules, screen
from clinical.screening_facts import Facts, weeks_in
from clinical.screening_status import ScreeningStatus, status_named
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
    ScreeningStatus.CAUTION: "Caution: act on the reasons before needling",
    ScreeningStatus.CONTRAINDICATED: "Contraindicated: do not needle where the reasons say",
    ScreeningStatus.URGENT: "Urgent: medical review before needling",
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
        """True with a reason that weighs; one that only informs is no warning."""
        return any(reason.tone for reason in self.reasons)


def screening_answers(answers: Mapping[str, IntakeAnswer]) -> dict[str, str]:
    """The answers as the screening rules take them: question to yes, no or not_sure."""
    known = reference().screening_by_id
    return {key: answer.value for key, answer in answers.items() if key in known}


def emergency_on(page: Page, answers: Mapping[str, IntakeAnswer]) -> tuple[str, ...]:
    """What to do at once after the answers of this page; empty when nothing is urgent."""
    here = {question.id for question in page.questions}
    said = {key: value for key, value in screening_answers(answers).items() if key in here}
    return emergency_advice(said)


def rules_of_clinic() -> ClinicRules:
    """The clinic's own grades and its switch, from the settings; ValueError on a wrong word."""
    return clinic_rules(
        settings.SCREENING_GRADES, blocks_lung_muscles=settings.LUNG_MUSCLES_BLOCKED
    )


def store_screening(intake: Intake, answers: Mapping[str, IntakeAnswer]) -> ScreeningResult:
    """Run the rules over the answers and keep the outcome with its reasons and rules' version."""
    today = timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))
    details = {key: answer.detail for key, answer in answers.items() if answer.detail}
    outcome = screen(
        screening_answers(answers),
        age=intake.patient.age_on(today),
        details=details,
        facts=Facts(on=today, pregnancy_weeks=weeks_in(details.get("pregnancy", ""))),
        clinic=rules_of_clinic(),
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
        status_words=STATUS_WORDS[status_named(stored.status)],
        urgency_words=URGENCY_WORDS.get(Urgency(stored.urgency), ""),
        reasons=tuple(_shown(reason) for reason in stored.reasons),
        alerts=tuple(stored.alerts),
    )


def alerts_for(patient: Patient) -> tuple[str, ...]:
    """Short words for the patient's banner, from the newest screening; empty without one."""
    return _newest_alerts(
        ScreeningResult.objects.filter(intake__patient=patient).order_by("-id")[:1]
    )


def alerts_from(intakes: Iterable[Intake]) -> tuple[str, ...]:
    """The same from all intakes of the patient with their screening joined; no query."""
    return _newest_alerts(one.screening for one in intakes if hasattr(one, "screening"))


def _newest_alerts(screenings: Iterable[ScreeningResult]) -> tuple[str, ...]:
    newest = max(screenings, key=lambda one: one.pk, default=None)
    return tuple(newest.alerts) if newest else ()


def _shown(reason: dict[str, Any]) -> ReasonShown:
    question = questions_by_id().get(reason["question_id"])
    said = reason["answer"]
    answer = question.label_of(said) if question else said.replace("_", " ").capitalize()
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
