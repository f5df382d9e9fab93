"""Reads for the documents: rows in, frozen dataclasses out. No words of layout here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from assessment.models import Assessment, Finding
from assessment.notes import NoteLine, note_lines, notes_of
from clinical.grades import difference_words, sides_differ
from clinical.guard_rails import BothSides, LungSigns, both_sides, lung_signs
from clinical.reference import reference
from intake.models import Consent, Intake, IntakeReview
from intake.outcome import OutcomeShown, outcome_of
from intake.pain_drawing import pain_figures
from intake.precautions import precautions_for
from intake.services import answers_of
from intake.summary import AnswerSection, summary_of
from people.models import Patient
from reports.decided import Decided, decided_of
from scheduling.models import Location
from sessions.adverse_page import AdversePage
from sessions.models import (
    Addendum,
    CountClosure,
    NeedledMuscle,
    SorenessFollowUp,
    TreatmentSession,
)
from sessions.plan_page import HomeNote, home_note
from sessions.rails import RailShown, rails_of
from sessions.retest_page import RetestPage

NOT_TESTED = "not tested"


@dataclass(frozen=True)
class Letterhead:
    """What stands on every page of every document."""

    clinic: str
    contact: str
    patient: str
    born_on: date
    record_number: str
    time_zone: str


@dataclass(frozen=True)
class IntakeSummary:
    head: Letterhead
    intake: Intake
    outcome: OutcomeShown
    ruleset: str
    review: IntakeReview | None
    consent: Consent | None
    sections: tuple[AnswerSection, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ConsentSummary:
    head: Letterhead
    consent: Consent


@dataclass(frozen=True)
class FindingRow:
    """One sign at one site, right beside left, in words."""

    sign: str
    site: str
    right: str
    left: str
    differs: bool
    difference: str = ""


@dataclass(frozen=True)
class AssessmentSummary:
    head: Letterhead
    assessment: Assessment
    decided: Decided
    rows: tuple[FindingRow, ...]
    report: dict[str, Any]
    notes: tuple[NoteLine, ...] = ()


@dataclass(frozen=True)
class MuscleRow:
    name: str
    row: NeedledMuscle


@dataclass(frozen=True)
class SessionSummary:
    head: Letterhead
    treatment: TreatmentSession
    muscles: tuple[MuscleRow, ...]
    addenda: tuple[Addendum, ...]
    follow_ups: tuple[SorenessFollowUp, ...]
    needles_in: int
    precautions: tuple[str, ...]
    both_sides: BothSides | None
    lung_signs: LungSigns | None
    rails: tuple[RailShown, ...]
    closures: tuple[CountClosure, ...]
    retest: RetestPage
    adverse: AdversePage
    note: HomeNote


def letterhead(patient: Patient) -> Letterhead:
    """The head of a document; one query for the clinic's name."""
    location = Location.objects.order_by("pk").first()
    return Letterhead(
        clinic=location.name if location else "IMS Clinic",
        contact=" · ".join(filter(None, [location.address, location.phone])) if location else "",
        patient=patient.full_name,
        born_on=patient.born_on,
        record_number=patient.record_number,
        time_zone=location.time_zone if location else settings.CLINIC_TIME_ZONE,
    )


def intake_summary(intake: Intake) -> IntakeSummary:
    """A submitted intake with its screening, review and consent where they exist."""
    answers = answers_of(intake)
    return IntakeSummary(
        head=letterhead(intake.patient),
        intake=intake,
        outcome=outcome_of(intake),
        ruleset=intake.screening.ruleset_version if hasattr(intake, "screening") else "",
        review=IntakeReview.objects.filter(intake=intake).select_related("reviewed_by").first(),
        consent=Consent.objects.filter(intake=intake).first(),
        sections=tuple(summary_of(intake, answers)),
        figures=pain_figures(answers, standalone=True),
    )


def consent_summary(consent: Consent) -> ConsentSummary:
    """A consent as it was signed."""
    return ConsentSummary(letterhead(consent.patient), consent)


def assessment_summary(assessment: Assessment, report: dict[str, Any]) -> AssessmentSummary:
    """A signed or draft assessment; ``report`` is the segment report as JSON."""
    return AssessmentSummary(
        head=letterhead(assessment.patient),
        assessment=assessment,
        decided=decided_of(assessment, report),
        rows=finding_rows(list(assessment.findings.all())),
        report=report,
        notes=note_lines(notes_of(assessment)),
    )


def finding_rows(findings: Sequence[Finding]) -> tuple[FindingRow, ...]:
    """Pair the two sides of each sign and site; a missing side says "not tested"."""
    pairs: dict[tuple[str, str], dict[str, Finding]] = {}
    for finding in findings:
        pairs.setdefault((finding.sign, finding.site), {})[finding.side] = finding
    return tuple(_finding_row(sign, site, sides) for (sign, site), sides in sorted(pairs.items()))


def _finding_row(sign: str, site: str, sides: dict[str, Finding]) -> FindingRow:
    right, left = sides.get("right"), sides.get("left")
    return FindingRow(
        sign=sign_name(sign),
        site=site_name(site),
        right=_value(right),
        left=_value(left),
        differs=right is None or left is None or sides_differ(sign, right.value, left.value),
        difference=_difference(right, left),
    )


def _difference(right: Finding | None, left: Finding | None) -> str:
    """How far two measured sides are apart, in words."""
    if right is None or left is None:
        return ""
    return difference_words(right.sign, right.value, left.value, reference())


def _value(finding: Finding | None) -> str:
    if finding is None:
        return NOT_TESTED
    number = f"{finding.value.normalize():f}"
    words = {"3.67": "4-", "4.33": "4+"} if finding.sign == "strength_mrc" else {}
    inhibited = " (pain-inhibited)" if finding.is_pain_inhibited else ""
    return words.get(number, number) + inhibited


def sign_name(sign: str) -> str:
    """The sign's short name of the reference table, or its id where the table has none."""
    known = reference().signs.get(sign)
    return known.name.partition(" (")[0] if known else sign.replace("_", " ")


def site_name(site: str) -> str:
    """A muscle's name, or the site itself (a root, a reflex, a nerve)."""
    known = reference().muscles.get(site)
    return known.name if known else site.replace("_", " ")


def session_summary(treatment: TreatmentSession) -> SessionSummary:
    """A session with its rows, addenda and checks."""
    rows = tuple(treatment.muscles.all())
    return SessionSummary(
        head=letterhead(treatment.patient),
        treatment=treatment,
        muscles=tuple(MuscleRow(site_name(row.muscle), row) for row in rows),
        addenda=tuple(treatment.addenda.select_related("written_by")),
        follow_ups=tuple(treatment.follow_ups.all()),
        needles_in=sum(row.insertions for row in rows),
        precautions=tuple(
            treatment.precautions
            if treatment.is_signed
            else precautions_for(treatment.patient).words
        ),
        both_sides=both_sides((row.muscle, row.side) for row in rows),
        lung_signs=lung_signs(row.muscle for row in rows),
        rails=rails_of(treatment, rows),
        closures=tuple(treatment.count_closures.select_related("closed_by")),
        retest=RetestPage(treatment, rows),
        adverse=AdversePage(treatment),
        note=home_note(treatment),
    )
