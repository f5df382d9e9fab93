from clinical.reference import reference
from clinical.segments import Context
from clinical.segments.history import context_of


def context(age: int | None = 40, **answers: str) -> Context:
    return context_of(answers, age=age, reference=reference())


def test_an_uneventful_history_says_nothing() -> None:
    assert context() == Context(age=40)


def test_a_question_that_asks_for_a_doctor_is_a_red_flag_with_what_to_do() -> None:
    found = context(rf_fever="yes").red_flags
    assert len(found) == 1
    assert found[0].startswith("Intake, answered yes: “Have you had fever")
    assert found[0].endswith("Same-day medical assessment.")


def test_the_most_urgent_flag_comes_first() -> None:
    found = context(rf_weight_loss="yes", rf_saddle="yes").red_flags
    assert ["cauda equina" in text for text in found] == [True, False]


def test_not_sure_is_said_and_never_weighs_less() -> None:
    found = context(rf_progressive_weakness="not_sure")
    assert "answered not sure" in found.red_flags[0]
    assert not found.has_progressive_weakness


def test_progressive_weakness_has_its_own_message() -> None:
    found = context(rf_progressive_weakness="yes")
    assert (found.has_progressive_weakness, found.red_flags) == (True, ())


def test_confounders_are_taken_over() -> None:
    found = context(
        age=66, diabetes="yes", altered_sensation="yes", surgery_recent="not_sure", pacemaker="yes"
    )
    assert found == Context(age=66, has_diabetes=True, has_known_neuropathy=True, was_operated=True)


def test_an_answer_to_a_question_that_is_gone_is_left_alone() -> None:
    assert context(no_such_question="yes") == Context(age=40)
