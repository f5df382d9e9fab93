"""One line for each row of followup.csv: the answer that meets its rule, and what it asks for."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.soreness import assess_check, silence
from clinical.soreness_questions import (
    ALL_HOURS,
    DAY_ONE,
    DAY_TWO,
    FIRST_EVENING,
    FUNCTION,
    CheckKind,
    CheckQuestion,
    Treated,
    questions,
    treated,
)
from clinical.soreness_rules import ALL_ZONES, LUNG_ZONES, unexpected_lung_zones
from clinical.vocabulary import Urgency
from tests.checks import calm_answers

ON = "3 November 2026"
LUNG = treated(
    [("rhomboid_major", "right")], on=ON, pain_before=4, soreness_on_day_one=5, hours_since=80
)
NECK = treated([("semispinalis_capitis", "left")], on=ON, pain_before=4, hours_since=50)
SESSIONS = (LUNG, NECK)


class Line(NamedTuple):
    """A row, an hour it is asked at, an answer that fires, one that does not, the urgency."""

    row: str
    hours: int
    fires: str
    is_quiet: str
    urgency: Urgency
    told: str


CALL, TODAY, NOW = Urgency.CONTACT_CLINIC, Urgency.SAME_DAY, Urgency.EMERGENCY
LINES = (
    Line("overall_feeling", 48, "-3", "-2", CALL, "your physiotherapist would like to talk"),
    Line("soreness_now", 24, "7", "6", CALL, "More soreness than usual"),
    Line("soreness_now", 48, "5", "4", CALL, "More soreness than usual"),
    Line("soreness_worst", 24, "8", "7", CALL, "Please call the clinic."),
    Line("soreness_worst", 48, "8", "7", CALL, "Please call the clinic."),
    Line("soreness_start_end", 48, "still_later", "gone_later", CALL, "gone by about 3 days"),
    Line("soreness_sites", 24, "chestL", "ubackR", NOW, "New pain over the chest"),
    Line("soreness_sites", 4, "yes", "no", NOW, "New pain over the chest"),
    Line("bruising", 24, "yes", "medium", TODAY, "large, growing or very tight"),
    Line("bruising", 48, "yes", "small", TODAY, "large, growing or very tight"),
    Line("bleeding", 24, "yes", "no", TODAY, "Press firmly for 10 minutes"),
    Line("main_pain_now", 48, "6", "5", CALL, "Your main pain is worse than before"),
    Line("function_change", 24, "3", "4", CALL, "Please call the clinic."),
    Line("function_change", 48, "0", "10", CALL, "Please call the clinic."),
    Line("tired_dizzy", 24, "yes", "no", TODAY, "Do not drive"),
    Line("headache_nausea", 24, "yes", "no", NOW, "A sudden severe headache"),
    Line("headache_nausea", 48, "yes", "no", NOW, "A sudden severe headache"),
    Line("chest_pain", 4, "yes", "no", NOW, f"IMS on {ON}, near the lung"),
    Line("chest_pain", 24, "yes", "no", NOW, "This may be a collapsed lung"),
    Line("chest_pain", 48, "yes", "no", NOW, "Do not fly, dive or exercise"),
    Line("short_breath", 4, "yes", "no", NOW, "New shortness of breath"),
    Line("short_breath", 24, "yes", "no", NOW, "New shortness of breath"),
    Line("short_breath", 48, "yes", "no", NOW, "New shortness of breath"),
    Line("dry_cough", 4, "yes", "no", NOW, "A new dry cough"),
    Line("dry_cough", 24, "yes", "no", NOW, "A new dry cough"),
    Line("dry_cough", 48, "yes", "no", NOW, "A new dry cough"),
    Line("blue_fast_heart", 4, "yes", "no", NOW, "Call emergency services now."),
    Line("blue_fast_heart", 24, "yes", "no", NOW, "Call emergency services now."),
    Line("blue_fast_heart", 48, "yes", "no", NOW, "Call emergency services now."),
    Line("travel_plan", 4, "yes", "no", CALL, "before you travel"),
    Line("travel_plan", 24, "yes", "no", CALL, "before you travel"),
    Line("infection_local", 24, "yes", "no", TODAY, "This may be an infection"),
    Line("infection_local", 48, "yes", "no", TODAY, "This may be an infection"),
    Line("infection_general", 48, "yes", "no", TODAY, "Fever after needling"),
    Line("nerve_new", 24, "yes", "no", CALL, "so that we can check the nerve"),
    Line("nerve_new", 48, "yes", "no", CALL, "so that we can check the nerve"),
    Line("weakness_new", 24, "yes", "no", TODAY, "New weakness must be checked today"),
    Line("weakness_new", 48, "yes", "no", TODAY, "New weakness must be checked today"),
    Line("cauda_equina_new", 24, "yes", "no", NOW, "Go to an emergency department NOW."),
    Line("cauda_equina_new", 48, "yes", "no", NOW, "Go to an emergency department NOW."),
    Line("calf_swelling", 24, "yes", "no", TODAY, "This may be a blood clot"),
    Line("calf_swelling", 48, "yes", "no", TODAY, "This may be a blood clot"),
    Line("abdominal_flank", 24, "yes", "no", NOW, "needling near the kidney or belly"),
    Line("abdominal_flank", 48, "yes", "no", NOW, "needling near the kidney or belly"),
    Line("allergy", 24, "yes", "no", NOW, "Swelling of face or throat"),
    Line("needle_left", 24, "yes", "no", CALL, "Please do not push it in"),
    Line("pregnancy_followup", 48, "yes", "no", NOW, "Contact your maternity service now."),
    Line("mood", 48, "yes", "no", CALL, "Thank you for telling us"),
    Line("free_text", 4, "My chest is tight", "", CALL, "A person will read this"),
    Line("free_text", 24, "All is well", "", CALL, "A person will read this"),
    Line("free_text", 48, "Call me", " ", CALL, "A person will read this"),
)
# Rows that ask for nobody, and the one that no patient answers.
RECORDED = {"heat_used", "sleep", "would_again"}
COMPUTED = {"no_answer"}


def named(line: Line) -> str:
    return f"{line.row}-{line.hours}h"


@pytest.mark.parametrize("line", LINES, ids=named)
def test_the_answer_that_meets_the_row_asks_for_a_person(line: Line) -> None:
    asked = questions(line.hours, LUNG)
    answers = calm_answers(asked, **{line.row: line.fires})
    outcome = assess_check(answers, hours=line.hours, session=LUNG)
    (reason,) = outcome.reasons
    row = reference().followup_by_id[line.row]
    assert (reason.question, reason.urgency, outcome.urgency) == (
        line.row,
        line.urgency,
        row.urgency,
    )
    assert line.told in reason.text


@pytest.mark.parametrize("line", LINES, ids=named)
def test_the_answer_beside_the_limit_asks_for_nobody(line: Line) -> None:
    asked = questions(line.hours, LUNG)
    answers = calm_answers(asked, **{line.row: line.is_quiet})
    assert assess_check(answers, hours=line.hours, session=LUNG).reasons == ()


def test_every_row_has_a_line_at_each_of_its_times() -> None:
    wanted = {
        (row.id, f"{hours}h")
        for row in reference().followup
        for hours in (DAY_ONE, DAY_TWO)
        if f"{hours}h" in row.timepoints and row.urgency > Urgency.NONE
    }
    held = {(line.row, f"{line.hours}h") for line in LINES}
    # Before 48 h these rows have no rule: they are asked, and kept.
    early = {"overall_feeling", "soreness_start_end", "main_pain_now"}
    assert {(row, at) for row, at in wanted - held if row not in COMPUTED} == {
        (row, "24h") for row in early
    }


def test_every_row_is_asked_at_each_of_its_times() -> None:
    for hours in (DAY_ONE, DAY_TWO):
        asked = {question.id for question in questions(hours, LUNG)}
        of_that_time = {r.id for r in reference().followup if f"{hours}h" in r.timepoints}
        assert of_that_time - asked == COMPUTED


@pytest.mark.parametrize("row", sorted(RECORDED))
def test_what_is_only_recorded_asks_for_nobody(row: str) -> None:
    for hours in (DAY_ONE, DAY_TWO):
        for question in questions(hours, LUNG):
            for value, _words in question.options if question.id == row else ():
                outcome = assess_check({row: value}, hours=hours, session=LUNG)
                assert outcome.urgency is Urgency.NONE


def test_no_answer_asks_for_a_call_after_six_hours() -> None:
    reason = silence(LUNG, hours=DAY_ONE, waited_hours=6)
    assert reason is not None
    assert (reason.question, reason.urgency) == ("no_answer", CALL)


def test_soreness_that_lasts_counts_from_72_hours_on() -> None:
    answers = {"soreness_start_end": "still_from_start"}
    found = []
    for hours in (71.9, 72.0, None):
        session = treated([("deltoid", "left")], on=ON, hours_since=hours)
        found.append(assess_check(answers, hours=DAY_TWO, session=session).urgency)
    assert found == [Urgency.NONE, CALL, Urgency.NONE]


def test_the_first_evening_asks_for_the_lung_alone() -> None:
    asked = [question.id for question in questions(FIRST_EVENING, LUNG)]
    assert asked == [
        *("chest_pain", "short_breath", "dry_cough", "soreness_sites", "blue_fast_heart"),
        *("travel_plan", "free_text"),
    ]


def test_pain_over_the_lung_is_expected_only_where_a_needle_was() -> None:
    assert LUNG.needled == {"ubackR"}
    assert unexpected_lung_zones(LUNG) == {"ubackL", "chestR", "chestL"}
    assert unexpected_lung_zones(treated([("unknown", "left")], on=ON)) == LUNG_ZONES


@pytest.mark.parametrize("side", ["right", "left"])
def test_every_muscle_lies_somewhere_on_the_drawing_on_its_own_side(side: str) -> None:
    for muscle in reference().muscles:
        needled = treated([(muscle, side)], on=ON).needled
        assert needled, muscle
        assert {zone[-1] for zone in needled} == {side[0].upper()}


def worse_and_worse(question: CheckQuestion) -> list[str]:
    """Every answer of a question, the mildest first."""
    match question.kind:
        case CheckKind.SCORE:
            numbers = [str(number) for number in range(11)]
            return numbers[::-1] if question.id == FUNCTION else numbers
        case CheckKind.CHANGE:
            return [str(number) for number in range(5, -6, -1)]
        case CheckKind.TEXT:
            return ["", "A word"]
        case CheckKind.PLACES:
            zones = sorted(ALL_ZONES - LUNG_ZONES) + sorted(LUNG_ZONES)
            return ["no", *(",".join(zones[: n + 1]) for n in range(len(zones))), "yes"]
        case CheckKind.MANY | CheckKind.ONE:
            return [value for value, _words in question.options]
        case CheckKind.TICK:
            return ["no", *(value for value, _words in question.options)]


@st.composite
def checks(draw: st.DrawFn) -> tuple[int, Treated, dict[str, int], str]:
    """A check with an answer to each question, as its place in the order, and one to worsen."""
    hours, session = draw(st.sampled_from(ALL_HOURS)), draw(st.sampled_from(SESSIONS))
    asked = questions(hours, session)
    places = {q.id: draw(st.integers(0, len(worse_and_worse(q)) - 1), label=q.id) for q in asked}
    return hours, session, places, draw(st.sampled_from(sorted(places)))


@given(checks(), st.data())
def test_a_worse_answer_never_lowers_the_urgency(
    check: tuple[int, Treated, dict[str, int], str], data: st.DataObject
) -> None:
    hours, session, places, worsened = check
    orders = {q.id: worse_and_worse(q) for q in questions(hours, session)}
    further = data.draw(st.integers(places[worsened], len(orders[worsened]) - 1))
    before, after = (
        assess_check(
            {key: orders[key][place] for key, place in chosen.items()},
            hours=hours,
            session=session,
        )
        for chosen in (places, {**places, worsened: further})
    )
    assert after.urgency >= before.urgency
    assert {r.question for r in before.reasons} <= {r.question for r in after.reasons}


@given(checks(), st.data())
def test_a_gap_never_adds_a_reason(
    check: tuple[int, Treated, dict[str, int], str], data: st.DataObject
) -> None:
    hours, session, places, _worsened = check
    orders = {q.id: worse_and_worse(q) for q in questions(hours, session)}
    full = {key: orders[key][place] for key, place in places.items()}
    left_out = data.draw(st.sets(st.sampled_from(sorted(full))))
    partial = {key: value for key, value in full.items() if key not in left_out}
    before, after = (
        assess_check(answers, hours=hours, session=session) for answers in (full, partial)
    )
    assert set(after.reasons) <= set(before.reasons)
