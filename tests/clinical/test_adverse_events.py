import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.adverse_events import (
    ALWAYS_SERIOUS,
    OTHER,
    AdverseGrade,
    adverse_kinds,
    emergency_steps,
    grade_meanings,
    grade_sources,
    is_grave_enough,
)
from clinical.reference import reference

kinds, grades = st.sampled_from(sorted(adverse_kinds())), st.sampled_from(AdverseGrade)


def test_the_grades_are_those_of_the_reference_row() -> None:
    assert [(one.grade, one.meaning) for one in grade_meanings()] == [
        ("mild", "reversible, short"),
        ("significant", "medical attention or interferes"),
        ("serious", "hospital, disability, death"),
    ]
    assert grade_sources() == ("ALBERTA_FAQ", "WHITE2004")


@given(kinds)
def test_every_kind_but_something_else_has_its_sources(kind: str) -> None:
    sources = adverse_kinds()[kind].sources
    assert bool(sources) == (kind != OTHER)
    assert set(sources) <= set(reference().sources)


@given(kinds, grades, grades)
def test_a_graver_grade_is_never_refused_where_a_lower_one_is_taken(
    kind: str, one: AdverseGrade, other: AdverseGrade
) -> None:
    lower, higher = sorted((one, other), key=list(AdverseGrade).index)
    assert is_grave_enough(kind, higher) or not is_grave_enough(kind, lower)
    assert is_grave_enough(kind, AdverseGrade.SERIOUS)


@pytest.mark.parametrize("kind", sorted(ALWAYS_SERIOUS))
def test_what_sends_to_an_emergency_is_recorded_as_serious(kind: str) -> None:
    taken = [grade for grade in AdverseGrade if is_grave_enough(kind, grade)]
    assert taken == [AdverseGrade.SERIOUS]


def test_the_steps_of_a_collapsed_lung_begin_with_the_emergency_department() -> None:
    first, *others = emergency_steps("pneumothorax")
    assert first.startswith("Tell the patient: This may be a collapsed lung. Go to an emergency")
    assert others[-1].startswith("Do: Alert physio and clinic lead at once")


@given(kinds)
def test_every_kind_has_a_first_step_once_it_is_serious(kind: str) -> None:
    steps = emergency_steps(kind)
    assert steps[0].startswith("Tell the patient: ")
    assert not any("chest_pain" in step for step in steps)
