import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.entries import ScreeningQuestion
from clinical.screening import (
    ScreeningStatus,
    consent_statements,
    emergency_advice,
    is_rule,
    patient_questions,
    screen,
)
from clinical.vocabulary import RiskCategory, Urgency

RULES = [question for question in patient_questions() if is_rule(question)]
ALL_NO = {question.id: "no" for question in RULES}
STATUSES = list(ScreeningStatus)


def with_answers(**answers: str) -> dict[str, str]:
    return {**ALL_NO, **answers}


def test_no_to_everything_finds_no_reason() -> None:
    outcome = screen(ALL_NO, age=40)
    assert (outcome.status, outcome.reasons, outcome.urgency) == (
        ScreeningStatus.CLEAR,
        (),
        Urgency.NONE,
    )


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("antiplatelet", ScreeningStatus.PRECAUTIONS),
        ("bleeding_disorder", ScreeningStatus.REVIEW),
        ("needle_phobia", ScreeningStatus.DO_NOT_NEEDLE),
        ("rf_saddle", ScreeningStatus.REFER),
        ("blood_borne_virus", ScreeningStatus.CLEAR),
    ],
)
def test_a_yes_weighs_by_its_category(question: str, status: ScreeningStatus) -> None:
    outcome = screen(with_answers(**{question: "yes"}), age=40)
    assert outcome.status == status
    assert [reason.question_id for reason in outcome.reasons] == [question]


def test_not_sure_about_a_contraindication_asks_for_a_review() -> None:
    assert screen(with_answers(needle_phobia="not_sure"), age=40).status == ScreeningStatus.REVIEW


def test_not_sure_about_a_red_flag_is_referred_like_a_yes() -> None:
    assert screen(with_answers(rf_bladder="not_sure"), age=40).status == ScreeningStatus.REFER


def test_an_unanswered_question_or_an_unknown_age_is_never_clear() -> None:
    without_one = {key: value for key, value in ALL_NO.items() if key != "diabetes"}
    outcome = screen(without_one, age=40)
    assert (outcome.status, outcome.unanswered) == (ScreeningStatus.REVIEW, ("diabetes",))
    assert screen(ALL_NO, age=None).status == ScreeningStatus.REVIEW


def test_a_child_needs_a_review_and_is_shown_in_the_banner() -> None:
    outcome = screen(ALL_NO, age=17)
    assert (outcome.status, outcome.alerts) == (ScreeningStatus.REVIEW, ("Under 18",))


def test_the_banner_names_the_medicine_and_the_doubt() -> None:
    answers = with_answers(anticoagulant="yes", pregnancy="maybe")
    outcome = screen(answers, age=30, details={"anticoagulant": "apixaban"})
    assert set(outcome.alerts) == {"Anticoagulant: apixaban", "Pregnancy (not sure)"}


def test_every_reason_carries_action_and_source() -> None:
    outcome = screen({question.id: "yes" for question in RULES}, age=12)
    assert all(reason.physio_action and reason.sources for reason in outcome.reasons)
    urgencies = [reason.urgency.rank for reason in outcome.reasons]
    assert urgencies == sorted(urgencies, reverse=True)


def test_an_emergency_answer_says_what_to_do_at_once() -> None:
    assert "emergency department now" in emergency_advice({"rf_saddle": "yes", "dvt": "yes"})[0]
    assert "today" in emergency_advice({"dvt": "yes"})[0]
    assert emergency_advice({"diabetes": "yes"}) == ()


def test_consent_statements_are_not_asked_as_questions() -> None:
    asked = {question.id for question in patient_questions()}
    assert asked.isdisjoint(question.id for question in consent_statements())
    assert len(consent_statements()) == 10


answer_sets = st.dictionaries(
    st.sampled_from([question.id for question in RULES]),
    st.sampled_from(["yes", "no", "not_sure"]),
)


@given(answer_sets, st.sampled_from(RULES))
def test_adding_a_contraindication_never_clears_anyone(
    answers: dict[str, str], rule: ScreeningQuestion
) -> None:
    before = screen({**ALL_NO, **answers, rule.id: "no"}, age=40)
    after = screen({**ALL_NO, **answers, rule.id: "yes"}, age=40)
    assert STATUSES.index(after.status) >= STATUSES.index(before.status)
    if rule.category is RiskCategory.ABSOLUTE_CONTRAINDICATION:
        assert after.status in (ScreeningStatus.DO_NOT_NEEDLE, ScreeningStatus.REFER)


@given(answer_sets)
def test_leaving_answers_out_is_never_clear(answers: dict[str, str]) -> None:
    outcome = screen(answers, age=40)
    assert outcome.status != ScreeningStatus.CLEAR or not outcome.unanswered
