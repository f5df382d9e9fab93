"""A signed record of one patient, made through the same services as the pages."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pypdf
import pytest

from assessment.models import Assessment, Finding
from intake.models import Intake, IntakeAnswer
from people.models import Patient
from sessions.models import Addendum, NeedledMuscle, SorenessFollowUp, TreatmentSession
from tests import factories

WINTER_MORNING = datetime(2026, 12, 15, 17, 30, tzinfo=UTC)  # 10:30 in Vancouver


def text_of(pdf: bytes) -> str:
    """All pages of a PDF as text, white space folded."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@dataclass(frozen=True)
class RecordOfOne:
    patient: Patient
    intake: Intake
    assessment: Assessment
    treatment: TreatmentSession


@pytest.fixture
def record_of_one(db: None) -> RecordOfOne:
    factories.make_location()
    patient = factories.make_cleared_patient(given_name="Jonas", family_name="Eklund")
    intake = Intake.objects.get(patient=patient)
    Intake.objects.filter(pk=intake.pk).update(submitted_at=WINTER_MORNING)
    intake.refresh_from_db()
    IntakeAnswer.objects.create(
        intake=intake, question="pacemaker", wording="Do you have a pacemaker?", value="no"
    )
    assessment = factories.make_assessment(patient)
    for side, value in (("right", 3), ("left", 0)):
        for muscle in ("deltoid", "infraspinatus", "biceps_brachii"):
            Finding.objects.create(
                assessment=assessment,
                sign="muscle_tone",
                site=muscle,
                side=side,
                value=Decimal(value),
            )
    return RecordOfOne(patient, intake, assessment, make_session(patient))


def make_session(patient: Patient, pain_before: int = 7, pain_after: int = 3) -> TreatmentSession:
    """A signed session of one muscle with an addendum and one answered check of two."""
    treatment = factories.make_treatment(
        patient,
        started_at=WINTER_MORNING,
        pain_before=pain_before,
        pain_after=pain_after,
        needles_out=2,
        advice="Heat and gentle movement.",
    )
    NeedledMuscle.objects.create(
        treatment=treatment, muscle="infraspinatus", side="right", segment="C5", insertions=2
    )
    SorenessFollowUp.objects.create(
        treatment=treatment, hours=24, due_at=WINTER_MORNING, soreness=4, pain=5
    )
    SorenessFollowUp.objects.create(treatment=treatment, hours=48, due_at=WINTER_MORNING)
    treatment.signed_at, treatment.signed_by = WINTER_MORNING, treatment.practitioner.user
    treatment.save()
    Addendum.objects.create(
        treatment=treatment, text="Called the patient.", written_by=treatment.practitioner.user
    )
    return treatment
