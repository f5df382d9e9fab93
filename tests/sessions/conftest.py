"""An open session of a cleared patient, and what fills it in as the page would."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessment.choices import SegmentLabel
from assessment.models import Assessment, Finding, SegmentFlag
from people.models import Patient, Practitioner
from sessions.adverse import answer_none
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.needling import add_muscle, save_details
from sessions.rails import answer_rail, rails_of
from sessions.services import sign_session
from tests import factories
from tests.conftest import client_of


@pytest.fixture
def practitioner(db: None) -> Practitioner:
    return factories.make_practitioner()


@pytest.fixture
def patient(db: None) -> Patient:
    factories.make_location()
    return factories.make_cleared_patient()


@pytest.fixture
def treatment(patient: Patient, practitioner: Practitioner) -> TreatmentSession:
    return factories.make_treatment(patient, practitioner=practitioner)


@pytest.fixture
def physio(practitioner: Practitioner) -> Client:
    """A browser of the treating physiotherapist."""
    return client_of(practitioner.user)


def needle(treatment: TreatmentSession, muscle: str = "deltoid", **fields: Any) -> NeedledMuscle:
    values = {"side": "right", "twitch": "strong", **fields}
    return add_muscle(treatment=treatment, muscle=muscle, **values)


def answer_cautions(treatment: TreatmentSession, reason: str = "agreed") -> None:
    """Give every caution that still wants one a word of reason."""
    for rail in rails_of(treatment, list(treatment.muscles.all())):
        if not rail.reason:
            place = {"rule": rail.rule, "muscle": rail.muscle, "side": rail.side}
            answer_rail(treatment=treatment, reason=reason, **place)


def finish(treatment: TreatmentSession, *muscles: str) -> TreatmentSession:
    """Needle the muscles, fill in everything and sign."""
    for muscle in muscles or ("deltoid",):
        needle(treatment, muscle)
    answer_cautions(treatment)
    out = sum(row.insertions for row in treatment.muscles.all())
    if not treatment.adverse_events.exists():
        answer_none(treatment=treatment)
    save_details(
        treatment=treatment, pain_before=6, pain_after=3, needles_out=out, lung_signs_told=True
    )
    return sign_session(treatment=treatment, by=treatment.practitioner.user)


@pytest.fixture
def signed(treatment: TreatmentSession) -> TreatmentSession:
    return finish(treatment)


@pytest.fixture
def make_signed(patient: Patient, practitioner: Practitioner) -> Callable[..., TreatmentSession]:
    """Sign a session with these muscles, begun some days ago."""

    def make(*muscles: str, days_ago: int = 0, **fields: Any) -> TreatmentSession:
        fields.setdefault("started_at", timezone.now() - timedelta(days=days_ago))
        opened = factories.make_treatment(patient, practitioner=practitioner, **fields)
        return finish(opened, *muscles)

    return make


def make_flagged_assessment(
    patient: Patient, *, is_accepted: bool = True, is_signed: bool = True
) -> Assessment:
    """C5 right flagged, deltoid and infraspinatus tight on the right, a band at C5 right."""
    assessment = factories.make_assessment(patient)
    graded = [
        ("muscle_tone", "deltoid", "right", 3),
        ("muscle_tone", "infraspinatus", "right", 2),
        ("muscle_tone", "deltoid", "left", 3),
        ("paraspinal_band", "C5", "right", 3),
        ("tenderness", "supraspinatus", "right", 4),
    ]
    for sign, site, side, value in graded:
        Finding.objects.create(assessment=assessment, sign=sign, site=site, side=side, value=value)
    SegmentFlag.objects.create(
        assessment=assessment,
        root="C5",
        side="right",
        label=SegmentLabel.STRONG,
        score=4,
        is_accepted=is_accepted,
    )
    if is_signed:
        assessment.signed_at = timezone.now()
        assessment.save()
    return assessment
