from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.soreness import (
    RULESET_VERSION,
    SILENT_HOURS,
    WATCHED_WORDS,
    assess_check,
    score_of,
    silence,
    usual_course,
    watched_words,
)
from clinical.soreness_questions import (
    DAY_ONE,
    DAY_TWO,
    FREE_TEXT,
    MAIN_PAIN,
    OVERALL,
    SORENESS,
    Treated,
    questions,
    treated,
)
from clinical.soreness_rules import (
    FUNCTION_LOW,
    LONG_SORE_HOURS,
    OVERALL_WORSE,
    PAIN_WORSE_BY,
    SORE_ON_DAY_ONE,
    SORE_ON_DAY_TWO,
    WORST_SORE,
)
from clinical.soreness_ticks import HEADACHE_AFTER_NECK, NERVE_ON_DAY_TWO, TRAVEL
from clinical.vocabulary import Urgency
from tests.checks import calm_answers

ARM = Treated(on="3 November 2026", over_lung=False, neck=False)
LUNG = Treated(on="3 November 2026", over_lung=True, neck=False)
NECK = Treated(on="3 November 2026", over_lung=False, neck=True)
SESSIONS = (ARM, LUNG, NECK)
HOURS = (DAY_ONE, DAY_TWO)
PLACES = list(product(HOURS, SESSIONS))
ROWS = reference().followup_by_id


def calm(hours: int, session: Treated = ARM, **changes: str) -> dict[str, str]:
    """Every question answered without a warning, with the changes."""
    return calm_answers(questions(hours, session), **changes)


def reasons(hours: int, session: Treated = ARM, **changes: str) -> list[str]:
    outcome = assess_check(calm(hours, session, **changes), hours=hours, session=session)
    return [reason.question for reason in outcome.reasons]


@pytest.mark.parametrize(("hours", "session"), PLACES)
def test_every_emergency_and_same_day_row_is_asked_at_its_time(
    hours: int, session: Treated
) -> None:
    grave = {
        row.id
        for row in reference().followup
        if row.urgency >= Urgency.SAME_DAY and f"{hours}h" in row.timepoints
    }
    asked = {question.id for question in questions(hours, session)}
    assert grave - asked == set()


@pytest.mark.parametrize(("hours", "session"), PLACES)
def test_nothing_is_asked_at_a_time_that_its_row_does_not_name(
    hours: int, session: Treated
) -> None:
    asked = [question.id for question in questions(hours, session)]
    assert [key for key in asked if f"{hours}h" not in ROWS[key].timepoints] == []
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("hours", HOURS)
def test_each_tick_alone_has_the_urgency_and_the_sentences_of_its_row(hours: int) -> None:
    ticks = [q for q in questions(hours, LUNG) if q.is_listed]
    for tick in ticks:
        answers = calm(hours, LUNG, **{tick.id: "yes"})
        outcome = assess_check(answers, hours=hours, session=LUNG)
        (reason,) = outcome.reasons
        row = ROWS[tick.id]
        acts_as = ROWS["chest_pain"] if row.physio_action == "As chest_pain." else row
        assert (outcome.urgency, reason.urgency, reason.action, reason.sources) == (
            row.urgency,
            row.urgency,
            acts_as.physio_action,
            row.sources,
        )
        assert reason.text == row.patient_message.replace("[date]", "3 November 2026")
        assert tick.group != ""


def test_the_emergency_sentence_names_the_day_of_the_session() -> None:
    outcome = assess_check(calm(DAY_ONE, LUNG, chest_pain="yes"), hours=DAY_ONE, session=LUNG)
    assert "IMS on 3 November 2026, near the lung" in outcome.reasons[0].text


@pytest.mark.parametrize("hours", HOURS)
def test_calm_answers_ask_for_nobody(hours: int) -> None:
    outcome = assess_check(calm(hours), hours=hours, session=ARM)
    assert outcome.urgency is Urgency.NONE
    assert (outcome.reasons, outcome.unanswered) == ((), ())
    assert outcome.ruleset_version == RULESET_VERSION


@pytest.mark.parametrize(
    ("hours", "before", "score", "counts"),
    [
        (DAY_ONE, None, 6, False),
        (DAY_ONE, None, 7, True),
        (DAY_TWO, 4, 4, True),
        (DAY_TWO, 3, 3, False),
        (DAY_TWO, 5, 4, False),
        (DAY_TWO, 0, 4, True),
        (DAY_TWO, 9, 8, False),
        (DAY_TWO, None, 6, False),
        (DAY_TWO, None, 7, True),
    ],
)
def test_soreness_counts_when_high_on_day_one_or_not_falling_on_day_two(
    hours: int, before: int | None, score: int, counts: bool
) -> None:
    session = Treated("3 November 2026", False, False, soreness_on_day_one=before)
    assert (SORENESS in reasons(hours, session, soreness_now=str(score))) == counts


@pytest.mark.parametrize(
    ("hours", "before", "score", "counts"),
    [
        (DAY_TWO, 5, 7, True),
        (DAY_TWO, 5, 6, False),
        (DAY_TWO, None, 10, False),
        (DAY_ONE, 2, 10, False),
    ],
)
def test_main_pain_counts_at_48_hours_when_two_points_above_before(
    hours: int, before: int | None, score: int, counts: bool
) -> None:
    session = Treated("3 November 2026", False, False, pain_before=before)
    assert (MAIN_PAIN in reasons(hours, session, main_pain_now=str(score))) == counts


@pytest.mark.parametrize(
    ("hours", "change", "counts"),
    [(DAY_TWO, "-3", True), (DAY_TWO, "-2", False), (DAY_TWO, "5", False), (DAY_ONE, "-5", False)],
)
def test_feeling_much_worse_counts_at_48_hours(hours: int, change: str, counts: bool) -> None:
    assert (OVERALL in reasons(hours, overall_feeling=change)) == counts


def test_travel_is_asked_only_on_day_one_after_needling_over_the_lung() -> None:
    asked = {
        (hours, session.over_lung): TRAVEL in [q.id for q in questions(hours, session)]
        for hours, session in product(HOURS, (ARM, LUNG))
    }
    assert [place for place, is_asked in asked.items() if is_asked] == [(DAY_ONE, True)]
    assert reasons(DAY_ONE, LUNG, travel_plan="yes") == [TRAVEL]


def test_after_neck_needling_any_new_headache_counts() -> None:
    words = {q.id: q.wording for q in questions(DAY_ONE, NECK)}
    assert words["headache_nausea"] == HEADACHE_AFTER_NECK
    assert {q.id: q.wording for q in questions(DAY_ONE, ARM)}["headache_nausea"] != (
        HEADACHE_AFTER_NECK
    )


def test_a_nerve_sign_must_be_strong_on_day_one_and_only_be_there_on_day_two() -> None:
    words = {hours: {q.id: q.wording for q in questions(hours, ARM)} for hours in HOURS}
    assert words[DAY_ONE]["nerve_new"].startswith("Strong new numbness")
    assert words[DAY_TWO]["nerve_new"] == NERVE_ON_DAY_TWO


def test_every_note_is_read_by_a_person() -> None:
    assert reasons(DAY_ONE, free_text="My dog liked the visit.") == [FREE_TEXT]
    assert reasons(DAY_ONE, free_text="   ") == []


def test_watched_words_are_found_at_the_start_of_a_word_only() -> None:
    assert watched_words("Breathing hurts, my CHEST too") == ("breath", "chest")
    assert watched_words("I was benumbed") == ()


def test_the_gravest_reason_comes_first() -> None:
    found = reasons(DAY_ONE, free_text="Please call.", bruising="yes", short_breath="yes")
    assert found == ["short_breath", "bruising", FREE_TEXT]


def test_a_missing_answer_is_a_gap_and_no_reason() -> None:
    outcome = assess_check({}, hours=DAY_TWO, session=ARM)
    asked = [q.id for q in questions(DAY_TWO, ARM) if q.id != FREE_TEXT]
    assert (outcome.urgency, list(outcome.unanswered)) == (Urgency.NONE, asked)


def test_not_sure_is_a_gap_too() -> None:
    answers = calm(DAY_ONE, soreness_now="not_sure", overall_feeling="")
    outcome = assess_check(answers, hours=DAY_ONE, session=ARM)
    assert outcome.unanswered == (SORENESS, OVERALL)
    assert score_of(answers, SORENESS) is None


def test_a_score_that_was_given_is_kept_also_when_it_is_zero() -> None:
    assert score_of({SORENESS: "0"}, SORENESS) == 0


@pytest.mark.parametrize(
    "wrong",
    [{SORENESS: "11"}, {SORENESS: "-1"}, {OVERALL: "6"}, {"chest_pain": "perhaps"}],
)
def test_a_word_that_is_no_answer_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is no answer to"):
        assess_check(wrong, hours=DAY_ONE, session=ARM)


def test_there_is_no_third_check() -> None:
    with pytest.raises(ValueError, match="no check after 72 hours"):
        questions(72, ARM)


@pytest.mark.parametrize(
    ("session", "hours", "waited", "counts"),
    [
        (LUNG, DAY_ONE, 6, True),
        (LUNG, DAY_ONE, 5.9, False),
        (LUNG, DAY_TWO, 20, False),
        (ARM, DAY_ONE, 20, False),
    ],
)
def test_silence_after_needling_over_the_lung_asks_for_a_call(
    session: Treated, hours: int, waited: float, counts: bool
) -> None:
    reason = silence(session, hours=hours, waited_hours=waited)
    assert (reason is not None) == counts
    if reason is not None:
        assert (reason.question, reason.urgency) == ("no_answer", Urgency.CONTACT_CLINIC)
        assert (reason.text, reason.action[:17]) == ("", "Phone the patient")


@pytest.mark.parametrize(
    ("muscles", "over_lung", "neck"),
    [
        ([], False, False),
        (["deltoid"], False, False),
        (["deltoid", "rhomboid_major"], True, False),
        (["semispinalis_capitis"], False, True),
        (["a_muscle_of_another_table"], True, True),
    ],
)
def test_the_needled_muscles_say_what_was_at_risk(
    muscles: list[str], over_lung: bool, neck: bool
) -> None:
    needled = [(muscle, "left") for muscle in muscles]
    session = treated(needled, on="today", pain_before=4, soreness_on_day_one=2)
    assert (session.over_lung, session.neck) == (over_lung, neck)
    assert (session.pain_before, session.soreness_on_day_one) == (4, 2)


def test_the_usual_course_speaks_of_heat_and_after_48_hours_of_three_days() -> None:
    assert "Heat or ice" in usual_course(DAY_ONE)[0]
    assert ["3 days" in sentence for sentence in usual_course(DAY_TWO)] == [False, True]


def test_the_thresholds_are_those_of_the_rows() -> None:
    assert f">={SORE_ON_DAY_ONE} at 24h" in ROWS[SORENESS].red_flag_rule
    assert f">= {SORE_ON_DAY_TWO}" in ROWS[SORENESS].red_flag_rule
    assert f"{PAIN_WORSE_BY} or more points worse" in ROWS[MAIN_PAIN].red_flag_rule
    assert ROWS[OVERALL].red_flag_rule == f"<= {OVERALL_WORSE} at 48h"
    assert ROWS["soreness_worst"].red_flag_rule == f">={WORST_SORE}"
    assert f"0-{FUNCTION_LOW} because" in ROWS["function_change"].red_flag_rule
    assert f"still present after {LONG_SORE_HOURS}h" in ROWS["soreness_start_end"].red_flag_rule
    assert f"no answer {SILENT_HOURS} h after the 24-h" in ROWS["no_answer"].red_flag_rule
    assert f"({', '.join(WATCHED_WORDS)})" in ROWS[FREE_TEXT].red_flag_rule


@given(st.data(), st.sampled_from(HOURS), st.sampled_from(SESSIONS))
def test_one_more_warning_never_makes_the_outcome_milder(
    data: st.DataObject, hours: int, session: Treated
) -> None:
    ticks = [q.id for q in questions(hours, session) if q.is_listed]
    ticked = data.draw(st.sets(st.sampled_from(ticks)))
    added = data.draw(st.sampled_from(ticks))
    before = calm(hours, session, **dict.fromkeys(ticked, "yes"))
    after = {**before, added: "yes"}
    outcomes = [assess_check(a, hours=hours, session=session) for a in (before, after)]
    assert outcomes[1].urgency >= outcomes[0].urgency
    assert set(outcomes[0].reasons) <= set(outcomes[1].reasons)


@given(st.sampled_from(HOURS), st.sets(st.sampled_from([SORENESS, MAIN_PAIN, OVERALL])))
def test_leaving_out_a_number_never_adds_a_reason(hours: int, left_out: set[str]) -> None:
    full = calm(hours)
    partial = {key: value for key, value in full.items() if key not in left_out}
    assert assess_check(partial, hours=hours, session=ARM).reasons == ()


def test_a_row_that_acts_as_another_says_what_that_one_says() -> None:
    outcome = assess_check({"short_breath": "yes"}, hours=24, session=treated((), on="today"))
    [reason] = outcome.reasons
    assert reason.action == reference().followup_by_id["chest_pain"].physio_action


def test_a_word_that_is_no_score_is_refused_and_no_answer_is_no_zero() -> None:
    assert score_of({}, "soreness_now") is None
    assert score_of({"soreness_now": "7"}, "soreness_now") == 7
    with pytest.raises(ValueError, match="'11' is no answer to soreness_now"):
        score_of({"soreness_now": "11"}, "soreness_now")
