"""Which muscles the screening of a patient forbids."""

from dataclasses import asdict
from typing import Any

from clinical.muscle_blocks import MuscleBlock, lung_block
from clinical.screening import ClinicRules, lung_muscles, patient_questions, screen

NO = {question.id: "no" for question in patient_questions()}


def reasons(**answers: str) -> list[dict[str, Any]]:
    clinic = ClinicRules(blocks_lung_muscles=True)
    return [asdict(one) for one in screen({**NO, **answers}, age=40, clinic=clinic).reasons]


def block(decision: str = "", **answers: str) -> MuscleBlock | None:
    decided = [{"question": key, "decision": decision} for key in answers]
    return lung_block(reasons(**answers), decided)


def test_a_collapsed_lung_blocks_every_muscle_over_the_lung_whatever_is_decided() -> None:
    for decision in ("", "acknowledged", "mitigated", "not_suitable"):
        found = block(decision, previous_pneumothorax="yes")
        assert found is not None
        assert found.is_absolute
        assert all(found.covers(muscle) for muscle in lung_muscles())
        assert not found.covers("deltoid")
        assert "collapsed lung" in found.sentence


def test_a_relative_rule_or_an_unknown_answer_asks_for_a_written_reason() -> None:
    for answers in ({"lung_disease": "yes"}, {"previous_pneumothorax": "not_sure"}):
        found = block("acknowledged", **answers)
        assert found is not None
        assert not found.is_absolute
        assert "Write the reason first" in found.sentence
        assert block("mitigated", **answers) is None
        refused = block("not_suitable", **answers)
        assert refused is not None
        assert refused.is_absolute


def test_the_gravest_rule_speaks() -> None:
    found = block(lung_disease="yes", previous_pneumothorax="yes")
    assert found is not None
    assert (found.question, found.is_absolute) == ("previous_pneumothorax", True)


def test_a_precaution_and_the_clinics_own_switch_block_nothing_here() -> None:
    assert block(smoker_tall_thin="yes", fainting="yes") is None
    assert block() is None
