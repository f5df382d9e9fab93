import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.entries import ScreeningQuestion
from clinical.reference import reference
from clinical.screening import (
    LUNG_SCOPE,
    ClinicRules,
    ScreeningOutcome,
    clinic_rules,
    consent_statements,
    is_rule,
    is_yes_no,
    lung_muscles,
    patient_questions,
    screen,
)
from clinical.screening_status import ScreeningStatus, is_grave, status_of
from clinical.vocabulary import RiskCategory, Urgency

ROWS = reference().screening
YES_NO = [question for question in ROWS if is_yes_no(question)]
RULES = [question for question in patient_questions() if is_rule(question)]
WEIGHING = [q for q in RULES if status_of(q, q.category) is not ScreeningStatus.CLEAR]
ALL_NO = {question.id: "no" for question in YES_NO}
CLEAR, CAUTION = ScreeningStatus.CLEAR, ScreeningStatus.CAUTION
CONTRAINDICATED, URGENT = ScreeningStatus.CONTRAINDICATED, ScreeningStatus.URGENT


def with_answers(**answers: str) -> dict[str, str]:
    return {**ALL_NO, **answers}


def without(question: str) -> dict[str, str]:
    return {key: value for key, value in ALL_NO.items() if key != question}


def rules_of(outcome: ScreeningOutcome) -> list[str]:
    return [reason.question_id for reason in outcome.reasons]


def test_no_to_everything_finds_no_reason() -> None:
    outcome = screen(ALL_NO, age=40)
    assert (outcome.status, outcome.reasons, outcome.notes, outcome.urgency) == (
        CLEAR,
        (),
        (),
        Urgency.NONE,
    )


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("antiplatelet", CAUTION),
        ("bleeding_disorder", CAUTION),
        ("needle_phobia", CONTRAINDICATED),
        ("lymphoedema", CONTRAINDICATED),
        ("acute_illness", CONTRAINDICATED),
        ("medical_emergency_now", URGENT),
        ("rf_saddle", URGENT),
        ("dvt", URGENT),
        ("rf_gait_hands", URGENT),
        ("rf_night_pain", URGENT),
        ("rf_morning_stiffness", CAUTION),
        ("blood_borne_virus", CLEAR),
    ],
)
def test_a_yes_weighs_by_its_urgency_and_category(question: str, status: ScreeningStatus) -> None:
    outcome = screen(with_answers(**{question: "yes"}), age=40)
    assert (outcome.status, rules_of(outcome)) == (status, [question])


def triggering(question: ScreeningQuestion) -> dict[str, str]:
    """Answers in which nothing but this row is met."""
    word = {"any": "something", "<18": "yes"}.get(
        question.triggering_answer, question.triggering_answer
    )
    if question.triggering_answer == "any" and is_yes_no(question):
        word = "yes"
    return with_answers(**{question.id: word})


@pytest.mark.parametrize("question", ROWS, ids=lambda row: row.id)
def test_every_row_is_reached_and_gives_its_own_reason(question: ScreeningQuestion) -> None:
    outcome = screen(triggering(question), age=40)
    (reason,) = (*outcome.reasons, *outcome.notes)
    assert (reason.question_id, reason.category, reason.region_scope, reason.physio_action) == (
        question.id,
        question.category,
        question.region_scope,
        question.physio_action,
    )
    assert reason.sources == question.sources
    assert (outcome.status, reason.is_firm) == (status_of(question, question.category), True)


@pytest.mark.parametrize("question", YES_NO, ids=lambda row: row.id)
@pytest.mark.parametrize("answer", ["not_sure", "maybe", None])
def test_what_is_not_known_is_a_caution_that_says_to_ask(
    question: ScreeningQuestion, answer: str | None
) -> None:
    answers = without(question.id) | ({question.id: answer} if answer else {})
    outcome = screen(answers, age=40)
    assert (outcome.status, rules_of(outcome)) == (CAUTION, [question.id])
    assert outcome.unanswered == (() if answer else (question.id,))
    assert "ask before needling" in outcome.reasons[0].physio_action
    assert outcome.reasons[0].physio_action.endswith(question.physio_action)


def test_nothing_answered_is_a_caution_and_lists_every_question() -> None:
    outcome = screen({}, age=None)
    assert (outcome.status, outcome.urgency) == (CAUTION, Urgency.NONE)
    assert set(outcome.unanswered) == {q.id for q in YES_NO} | {"age_under_18"}


def test_a_red_flag_that_is_not_sure_keeps_its_urgency_and_stands_first() -> None:
    outcome = screen(with_answers(anticoagulant="yes", rf_bladder="not_sure"), age=40)
    assert outcome.urgency is Urgency.EMERGENCY
    assert rules_of(outcome) == ["rf_bladder", "anticoagulant"]


def test_a_word_nobody_knows_counts_like_the_triggering_one() -> None:
    assert screen(with_answers(needle_phobia="perhaps"), age=40).status == CONTRAINDICATED


@pytest.mark.parametrize(
    ("age", "said", "status"),
    [
        (18, "", CLEAR),
        (17, "", CAUTION),
        (17, "no", CAUTION),
        (18, "yes", CAUTION),
        (None, "", CAUTION),
        (None, "no", CLEAR),
        (None, "yes", CAUTION),
    ],
)
def test_of_an_age_and_an_answer_the_graver_holds(
    age: int | None, said: str, status: ScreeningStatus
) -> None:
    answers = with_answers(age_under_18=said) if said else ALL_NO
    outcome = screen(answers, age=age)
    assert outcome.status == status
    assert rules_of(outcome) == ([] if status == CLEAR else ["age_under_18"])


def test_a_child_is_shown_in_the_banner_with_the_age_as_answer() -> None:
    outcome = screen(ALL_NO, age=17)
    assert (outcome.alerts, outcome.reasons[0].answer) == (("Under 18",), "17")


def test_an_unticked_statement_is_a_caution_and_a_ticked_one_is_not() -> None:
    assert screen(with_answers(consent_stop="ticked"), age=40).status == CLEAR
    outcome = screen(with_answers(consent_stop="not ticked"), age=40)
    assert (outcome.status, rules_of(outcome)) == (CAUTION, ["consent_stop"])


def test_what_only_informs_is_a_note_and_never_weighs() -> None:
    outcome = screen(
        with_answers(medication_list="Vitamin D", handedness="not_sure", previous_imaging="yes"),
        age=40,
    )
    assert (outcome.status, outcome.reasons) == (CLEAR, ())
    assert [note.question_id for note in outcome.notes] == [
        "medication_list",
        "handedness",
        "previous_imaging",
    ]


def test_the_clinics_own_grade_replaces_the_category() -> None:
    stricter = clinic_rules({"smoker_tall_thin": "absolute_contraindication"})
    milder = clinic_rules({"previous_pneumothorax": "relative_contraindication"})
    silent = clinic_rules({"antiplatelet": "informational"})
    for question, clinic, status in (
        ("smoker_tall_thin", stricter, CONTRAINDICATED),
        ("previous_pneumothorax", milder, CAUTION),
        ("antiplatelet", silent, CLEAR),
    ):
        outcome = screen(with_answers(**{question: "yes"}), age=40, clinic=clinic)
        assert (outcome.status, outcome.reasons[0].category) == (status, clinic.grades[question])


def test_no_grade_lowers_a_red_flag_or_clears_a_doubt() -> None:
    clinic = clinic_rules({"rf_saddle": "informational"})
    assert screen(with_answers(rf_saddle="yes"), age=40, clinic=clinic).status == URGENT
    unsure = screen(with_answers(rf_saddle="not_sure"), age=40, clinic=clinic)
    assert (unsure.status, unsure.reasons[0].category) == (CAUTION, RiskCategory.INFORMATIONAL)


def test_an_unknown_rule_or_grade_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"There is no screening rule 'smoking'\."):
        clinic_rules({"smoking": "precaution"})
    with pytest.raises(ValueError, match="The grade 'severe' of diabetes is none of: absolute_"):
        clinic_rules({"diabetes": "severe"})


def test_the_switch_blocks_every_muscle_over_the_lung_and_nothing_else() -> None:
    outcome = screen(ALL_NO, age=40, clinic=ClinicRules(blocks_lung_muscles=True))
    (reason,) = outcome.reasons
    assert (outcome.status, reason.question_id, reason.region_scope) == (
        CLEAR,
        "insurer_thoracic",
        LUNG_SCOPE,
    )
    assert reason.physio_action.endswith("The clinic blocks these muscles altogether.")
    assert outcome.blocked_muscles == lung_muscles()
    assert "rhomboid_major" in lung_muscles()
    assert screen(ALL_NO, age=40).blocked_muscles == ()


def test_a_collapsed_lung_before_blocks_them_too_and_smoking_does_not() -> None:
    before = screen(with_answers(previous_pneumothorax="yes"), age=40)
    unsure = screen(with_answers(previous_pneumothorax="not_sure"), age=40)
    smoker = screen(with_answers(smoker_tall_thin="yes"), age=40)
    assert before.blocked_muscles == lung_muscles()
    assert (unsure.blocked_muscles, smoker.blocked_muscles) == ((), ())


def test_the_rows_name_the_scope_that_the_block_looks_for() -> None:
    assert LUNG_SCOPE in {row.region_scope for row in ROWS}


def test_the_banner_names_the_medicine_and_the_doubt() -> None:
    answers = with_answers(anticoagulant="yes", pregnancy="maybe")
    outcome = screen(answers, age=30, details={"anticoagulant": "apixaban"})
    assert set(outcome.alerts) == {"Anticoagulant: apixaban", "Pregnancy (not sure)"}


def test_every_reason_carries_action_and_source_gravest_first() -> None:
    outcome = screen({question.id: "yes" for question in YES_NO}, age=12)
    assert all(reason.physio_action and reason.sources for reason in outcome.reasons)
    ranks = [reason.status.rank for reason in outcome.reasons]
    assert ranks == sorted(ranks, reverse=True)
    assert outcome.reasons[0].question_id == "medical_emergency_now"


def test_consent_statements_are_not_asked_as_questions() -> None:
    asked = {question.id for question in patient_questions()}
    assert asked.isdisjoint(question.id for question in consent_statements())
    assert len(consent_statements()) == 10


words = st.sampled_from(["no", "not_sure", "yes"])
partial = st.dictionaries(st.sampled_from([question.id for question in YES_NO]), words)
ages = st.one_of(st.none(), st.integers(0, 100))
grades = st.dictionaries(
    st.sampled_from([row.id for row in ROWS]), st.sampled_from(list(RiskCategory)), max_size=5
).map(ClinicRules)


@given(partial, st.booleans(), st.sampled_from(YES_NO), ages, grades)
def test_a_triggering_answer_instead_of_a_no_is_never_milder(
    answers: dict[str, str],
    is_complete: bool,
    rule: ScreeningQuestion,
    age: int | None,
    clinic: ClinicRules,
) -> None:
    given_answers = {**(ALL_NO if is_complete else {}), **answers}
    before = screen({**given_answers, rule.id: "no"}, age=age, clinic=clinic)
    after = screen({**given_answers, rule.id: "yes"}, age=age, clinic=clinic)
    assert after.status.rank >= before.status.rank


@given(partial, st.booleans(), st.sampled_from(WEIGHING), ages)
def test_adding_a_triggering_answer_of_weight_is_never_milder_than_leaving_it_open(
    answers: dict[str, str], is_complete: bool, rule: ScreeningQuestion, age: int | None
) -> None:
    given_answers = {**(ALL_NO if is_complete else {}), **answers}
    given_answers.pop(rule.id, None)
    open_question = screen(given_answers, age=age)
    unsure = screen({**given_answers, rule.id: "not_sure"}, age=age)
    met = screen({**given_answers, rule.id: "yes"}, age=age)
    assert met.status.rank >= unsure.status.rank == open_question.status.rank
    if rule.category is RiskCategory.ABSOLUTE_CONTRAINDICATION:
        assert is_grave(met.status)


@given(partial, st.booleans(), st.sampled_from(YES_NO), ages, grades)
def test_not_sure_is_never_milder_than_no_and_never_clear(
    answers: dict[str, str],
    is_complete: bool,
    rule: ScreeningQuestion,
    age: int | None,
    clinic: ClinicRules,
) -> None:
    given_answers = {**(ALL_NO if is_complete else {}), **answers}
    no = screen({**given_answers, rule.id: "no"}, age=age, clinic=clinic)
    unsure = screen({**given_answers, rule.id: "not_sure"}, age=age, clinic=clinic)
    assert unsure.status.rank >= max(no.status.rank, CAUTION.rank)


@given(partial, ages)
def test_leaving_answers_out_is_never_clear(answers: dict[str, str], age: int | None) -> None:
    outcome = screen(answers, age=age)
    assert (outcome.status is CLEAR) == all(not reason.status.rank for reason in outcome.reasons)
    assert outcome.status is not CLEAR or not outcome.unanswered


@given(partial)
def test_the_order_of_the_answers_does_not_matter(answers: dict[str, str]) -> None:
    turned = dict(reversed(answers.items()))
    assert screen(turned, age=40) == screen(answers, age=40)
