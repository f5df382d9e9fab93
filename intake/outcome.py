"""Between the answers and ``clinical.screening``: asks, stores, and reads the outcome back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from clinical.emergency_advice import Advice, emergency_advice
from clinical.reference import reference
from clinical.review_rules import is_weighing
from clinical.screening import LUNG_SCOPE, ClinicRules, clinic_rules, lung_muscles, screen
from clinical.screening_status import ScreeningStatus, status_named
from clinical.vocabulary import RiskCategory, Urgency
from intake.fact_fields import today_at_clinic
from intake.models import Intake, IntakeAnswer, ScreeningResult
from intake.questions import Page
from intake.screening_facts import beside, facts_of
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


ANSWER_WORDS = {"not_sure": "I’m not sure", "maybe": "Might be"}


@dataclass(frozen=True)
class ReasonShown:
    """One reason of the outcome in words, for the review page."""

    question_id: str
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
    muscles: tuple[str, ...]
    weighs: bool


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
        return any(reason.weighs for reason in self.reasons)


def screening_answers(answers: Mapping[str, IntakeAnswer]) -> dict[str, str]:
    """The answers as the screening rules take them: question to yes, no or not_sure."""
    known = reference().screening_by_id
    return {key: answer.value for key, answer in answers.items() if key in known}


def emergency_on(page: Page, answers: Mapping[str, IntakeAnswer]) -> tuple[Advice, ...]:
    """What to do at once after the answers of this page; empty when nothing is urgent."""
    here = {question.id for question in page.questions}
    said = {key: value for key, value in screening_answers(answers).items() if key in here}
    return emergency_advice(said)


def advice_in_words(found: Iterable[Advice]) -> list[dict[str, Any]]:
    """Each advice in the patient's language; its sentences are looked up in the catalogue."""
    return [
        {
            "why": gettext(one.why),
            "step": gettext(one.step),
            "is_emergency": one.urgency is Urgency.EMERGENCY and not one.is_unsure,
        }
        for one in found
    ]


def rules_of_clinic() -> ClinicRules:
    """The clinic's own grades and its switch, from the settings; ValueError on a wrong word."""
    return clinic_rules(
        settings.SCREENING_GRADES, blocks_lung_muscles=settings.LUNG_MUSCLES_BLOCKED
    )


def store_screening(intake: Intake, answers: Mapping[str, IntakeAnswer]) -> ScreeningResult:
    """Run the rules over the answers and keep the outcome with its reasons and rules' version."""
    today = today_at_clinic()
    details = {key: words for key, answer in answers.items() if (words := beside(answer))}
    outcome = screen(
        screening_answers(answers),
        age=intake.patient.age_on(today),
        details=details,
        facts=facts_of(answers, today),
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
        reasons=tuple(reason_shown(reason) for reason in stored.reasons),
        alerts=tuple(stored.alerts),
    )


def alerts_for(patient: Patient) -> tuple[str, ...]:
    """Short words for the patient's banner, from the newest screening; empty without one."""
    newest = Intake.objects.for_patient(patient).exclude(screening=None)
    joined = newest.select_related("screening").prefetch_related("rescreenings")
    return alerts_from(joined.order_by("-screening__pk")[:1])


def alerts_from(intakes: Iterable[Intake]) -> tuple[str, ...]:
    """The same from all intakes of the patient with screening and re-screenings; no query."""
    screened = [one for one in intakes if hasattr(one, "screening")]
    newest = max(screened, key=lambda one: one.screening.pk, default=None)
    if newest is None:
        return ()
    latest = max(newest.rescreenings.all(), key=lambda one: one.pk, default=newest.screening)
    return tuple(latest.alerts)


def reason_shown(reason: Mapping[str, Any]) -> ReasonShown:
    """A stored reason in words."""
    said = reason["answer"]
    category = RiskCategory(reason["category"])
    is_over_lung = LUNG_SCOPE in reason["region_scope"]
    return ReasonShown(
        question_id=reason["question_id"],
        question=reason["text"],
        answer=ANSWER_WORDS.get(said) or said.replace("_", " ").capitalize(),
        detail=reason["detail"],
        category=category.replace("_", " ").capitalize(),
        tone=TONES[category],
        urgency=URGENCY_WORDS.get(Urgency(reason["urgency"]), ""),
        scope=_scope(reason["region_scope"]),
        action=reason["physio_action"],
        rationale=reason["rationale"],
        source=", ".join(reason["sources"]),
        muscles=_names(lung_muscles()) if is_over_lung else (),
        weighs=is_weighing(reason),
    )


def _names(muscles: Iterable[str]) -> tuple[str, ...]:
    return tuple(reference().muscles[one].name for one in muscles)


def _scope(scope: str) -> str:
    """The region a reason is about, without the column's shorthand."""
    plain = scope.replace(LUNG_SCOPE, "muscles over the lung")
    plain = plain.replace("_", " ").strip("- ")
    return "Everywhere" if plain == "all" else plain.capitalize()
