"""Where the screening asks for care at single muscles."""

from dataclasses import asdict
from typing import Any

from clinical.muscle_precautions import DEEP_MUSCLES, deep_muscles, muscle_precautions
from clinical.reference import reference
from clinical.screening import lung_muscles, patient_questions, screen
from clinical.vocabulary import RiskCategory

NO = {question.id: "no" for question in patient_questions()}


def found(**answers: str) -> dict[str, tuple[str, ...]]:
    reasons: list[dict[str, Any]] = [
        asdict(one) for one in screen({**NO, **answers}, age=40).reasons
    ]
    return muscle_precautions(reasons)


def test_the_deep_muscles_are_those_that_the_screening_table_names() -> None:
    scope = reference().screening_by_id["bleeding_disorder"].region_scope
    named = scope.partition("(")[2].removesuffix(")").split(", ")
    assert named == list(DEEP_MUSCLES)
    assert set(deep_muscles()) <= set(reference().muscles)


def test_a_blood_thinner_speaks_of_the_deep_muscles_and_of_no_other() -> None:
    assert found(anticoagulant="yes") == dict.fromkeys(deep_muscles(), ("Anticoagulant",))


def test_a_lung_disease_speaks_of_the_muscles_over_the_lung_also_when_unsure() -> None:
    assert found(lung_disease="not_sure") == dict.fromkeys(
        lung_muscles(), ("Lung disease (not sure)",)
    )


def test_two_reasons_stand_beside_each_other_at_a_muscle_of_both_groups() -> None:
    both = set(lung_muscles()) & set(deep_muscles())
    words = found(anticoagulant="yes", lung_disease="yes")
    assert both
    assert all(set(words[muscle]) == {"Anticoagulant", "Lung disease"} for muscle in both)


def test_nobody_with_a_clear_history_has_any() -> None:
    assert found() == {}


def test_a_reason_that_only_informs_marks_no_muscle() -> None:
    known: dict[str, Any] = asdict(screen({**NO, "anticoagulant": "yes"}, age=40).reasons[0])
    assert muscle_precautions([known]) != {}
    assert muscle_precautions([{**known, "category": RiskCategory.INFORMATIONAL}]) == {}
