"""What follows a patient onto the clinical pages."""

from typing import Any

import pytest

from intake.choices import IntakeStatus, RescreenDecision, ReviewDecision
from intake.models import Intake
from intake.precautions import Precautions, banner_of, precautions_for
from people.models import Patient
from tests import factories

pytestmark = pytest.mark.django_db
MITIGATED = {
    "question": "fainting",
    "words": "Faints with needles",
    "decision": "mitigated",
    "how": "Lying down.",
}
NOTED = {**MITIGATED, "question": "epilepsy", "words": "Epilepsy", "decision": "acknowledged"}


def reviewed(decision: ReviewDecision, **fields: Any) -> tuple[Patient, Intake]:
    patient = factories.make_patient()
    intake = factories.make_intake(patient, status=IntakeStatus.REVIEWED)
    review = factories.make_review(intake, decision=decision)
    review.reasons, review.note = [MITIGATED, NOTED], "Superficial only."
    review.save()
    return patient, intake


def test_the_note_and_every_mitigation_become_precautions() -> None:
    patient, _intake = reviewed(ReviewDecision.WITH_PRECAUTIONS)
    assert precautions_for(patient).words == (
        "Superficial only.",
        "Faints with needles: Lying down.",
    )


def test_a_review_that_forbids_needling_has_no_precautions_to_follow() -> None:
    patient, _intake = reviewed(ReviewDecision.NOT_SUITABLE)
    assert precautions_for(patient) == Precautions()
    assert precautions_for(factories.make_patient()) == Precautions()


def test_what_a_rescreen_adds_comes_after_it_and_once() -> None:
    patient, intake = reviewed(ReviewDecision.WITH_PRECAUTIONS)
    new = {**MITIGATED, "words": "Anticoagulant", "how": "Press longer."}
    careful = RescreenDecision.WITH_PRECAUTIONS
    for _ in range(2):
        factories.make_rescreening(
            intake, decision=careful, decided=[new], reasons=[], alerts=["Anticoagulant"]
        )
    assert precautions_for(patient).words[2:] == ("Anticoagulant: Press longer.",)


def test_the_banner_reads_the_latest_alerts(django_assert_num_queries: Any) -> None:
    patient, intake = reviewed(ReviewDecision.WITH_PRECAUTIONS)
    factories.make_screening(patient, intake=intake, alerts=["Epilepsy"])
    assert banner_of(patient)["alerts"] == ("Epilepsy",)
    factories.make_rescreening(intake, alerts=["Epilepsy", "Pregnancy"])
    with django_assert_num_queries(2):
        assert banner_of(patient)["alerts"] == ("Epilepsy", "Pregnancy")
