"""The stored outcome read back: today's words, the words of earlier rules, the clinic's rules."""

from collections.abc import Callable
from typing import Any

import pytest

from clinical.screening_status import EARLIER_WORDS, ScreeningStatus
from intake.form_pages import consent_questions
from intake.models import Intake
from intake.outcome import STATUS_WORDS, outcome_of
from intake.questions import TICKED
from intake.services import save_answers, submit_intake
from people.models import Patient
from tests.factories import make_intake, make_screening
from tests.intake.conftest import stored

Submitted = Callable[..., Intake]


def test_every_outcome_has_its_words() -> None:
    assert set(STATUS_WORDS) == set(ScreeningStatus)


def test_an_intake_without_an_outcome_says_so(patient: Patient) -> None:
    assert outcome_of(make_intake(patient)).status_words == "Not screened: review every answer"


@pytest.mark.parametrize(("word", "status"), EARLIER_WORDS.items())
def test_a_result_of_earlier_rules_still_shows(
    patient: Patient, word: str, status: ScreeningStatus
) -> None:
    stored = make_screening(patient, status=word, ruleset_version="screening-2026.1")
    assert outcome_of(stored.intake).status_words == STATUS_WORDS[status]
    assert stored.is_grave is (word in ("do_not_needle", "medical_referral"))


def test_a_red_flag_that_is_not_ruled_out_is_grave(submitted: Submitted) -> None:
    unsure = submitted(rf_bladder="not_sure").screening
    assert (unsure.status, unsure.urgency, unsure.is_grave) == ("caution", "emergency", True)


def test_a_caution_is_not_grave(submitted: Submitted) -> None:
    assert not submitted(antiplatelet="yes").screening.is_grave


def test_the_clinics_grade_and_switch_reach_the_review(submitted: Submitted, settings: Any) -> None:
    settings.SCREENING_GRADES = {"smoker_tall_thin": "absolute_contraindication"}
    settings.LUNG_MUSCLES_BLOCKED = True
    shown = outcome_of(submitted(smoker_tall_thin="yes"))
    assert shown.status_words == "Contraindicated: do not needle where the reasons say"
    assert [reason.category for reason in shown.reasons] == [
        "Absolute contraindication",
        "Informational",
    ]
    switch = shown.reasons[1]
    assert (switch.answer, switch.scope) == ("No", "Muscles over the lung")
    assert switch.action.endswith("The clinic blocks these muscles altogether.")


def test_a_reason_that_only_informs_is_no_warning(submitted: Submitted) -> None:
    shown = outcome_of(submitted(blood_borne_virus="yes"))
    assert (len(shown.reasons), shown.has_warnings) == (1, False)


def test_a_precaution_is_a_warning(submitted: Submitted) -> None:
    assert outcome_of(submitted(antiplatelet="yes")).has_warnings


def test_weeks_written_beside_a_pregnancy_count(intake: Intake) -> None:
    answers = stored(pregnancy="yes") | {"pregnancy": ("yes", "9 weeks")}
    save_answers(intake, answers)
    save_answers(intake, {q.id: (TICKED, "") for q in consent_questions()})
    result = submit_intake(intake, "Robin Sample").screening
    assert (result.status, result.alerts) == ("contraindicated", ["Pregnancy: 9 weeks"])
