"""What a patient is told at once."""

import pytest

from clinical.emergency_advice import Advice, emergency_advice, red_flags
from clinical.reference import reference
from clinical.screening import is_rule, patient_questions
from clinical.vocabulary import Urgency

URGENT = [q for q in patient_questions() if is_rule(q) and q.urgency >= Urgency.URGENT]


def the_one(answers: dict[str, str]) -> Advice:
    (found,) = emergency_advice(answers)
    return found


def test_an_emergency_answer_says_what_to_do_at_once() -> None:
    found = emergency_advice({"rf_saddle": "yes", "dvt": "yes"})
    assert "emergency department now" in found[0].step
    assert "today" in found[1].step
    assert emergency_advice({"diabetes": "yes"}) == ()


@pytest.mark.parametrize("question", URGENT, ids=[q.id for q in URGENT])
def test_every_urgent_answer_has_a_calm_sentence_and_its_sources(question: object) -> None:
    row = reference().screening_by_id[question.id]  # type: ignore[attr-defined]
    for answer in ("yes", "maybe", "not_sure"):
        found = the_one({row.id: answer})
        assert (found.urgency, found.questions) == (row.urgency, (row.id,))
        assert set(found.sources) == set(row.sources) != set()
        assert found.is_unsure == (answer == "not_sure")
        assert found.why
    assert emergency_advice({row.id: "no"}) == ()


def test_every_red_flag_group_is_covered() -> None:
    groups = {question.group for question in URGENT}
    flags = {q.group for q in patient_questions() if q.group.startswith("red_flag")}
    assert flags - groups == {"red_flag_inflammatory"}  # routine: it waits for the review


def test_the_three_urgencies_say_three_different_things() -> None:
    steps = [the_one({name: "yes"}).step for name in ("rf_saddle", "rf_fever", "rf_weight_loss")]
    assert ["emergency department now" in step for step in steps] == [True, False, False]
    assert ["doctor today" in step for step in steps] == [False, True, False]
    assert ["call you before your visit" in step for step in steps] == [False, False, True]


def test_not_sure_is_asked_about_and_never_stands_before_a_yes() -> None:
    found = emergency_advice({"rf_saddle": "not_sure", "rf_bladder": "yes"})
    assert [one.is_unsure for one in found] == [False, True]
    assert "We will ask you about it" in found[1].step
    assert [flag.question.id for flag in red_flags({"rf_saddle": "not_sure"})] == ["rf_saddle"]


def test_two_answers_of_one_group_are_one_advice() -> None:
    assert the_one({"rf_saddle": "yes", "rf_bladder": "yes"}).questions == (
        "rf_saddle",
        "rf_bladder",
    )
