from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.screening import clinic_rules, screen
from clinical.screening_facts import (
    STRICTEST_FIRST,
    WEIGHED,
    Facts,
    age_on,
    grade_of,
    months_before,
    weeks_in,
)
from clinical.screening_status import ScreeningStatus
from tests.clinical.test_screening import with_answers

ON = date(2026, 11, 22)
CAUTION, CONTRAINDICATED = ScreeningStatus.CAUTION, ScreeningStatus.CONTRAINDICATED


def outcome_of(question: str, answer: str = "yes", **facts: object) -> tuple[ScreeningStatus, str]:
    known = Facts(on=ON, **facts)  # type: ignore[arg-type]
    outcome = screen(with_answers(**{question: answer}), age=40, facts=known)
    return outcome.status, outcome.reasons[0].physio_action


@pytest.mark.parametrize(
    ("weeks", "status", "remark"),
    [
        (0, CONTRAINDICATED, "0 weeks: first trimester, do not needle."),
        (13, CONTRAINDICATED, "13 weeks: first trimester, do not needle."),
        (14, CAUTION, "14 weeks: after the first trimester."),
        (None, CAUTION, "wrongly attributed."),
    ],
)
def test_the_first_trimester_is_a_contraindication(
    weeks: int | None, status: ScreeningStatus, remark: str
) -> None:
    found, action = outcome_of("pregnancy", pregnancy_weeks=weeks)
    assert found == status
    assert action.endswith(remark)


def test_weeks_of_a_pregnancy_that_is_not_sure_stay_a_caution() -> None:
    status, action = outcome_of("pregnancy", "maybe", pregnancy_weeks=6)
    assert (status, action[:8]) == (CAUTION, "Not sure")


@pytest.mark.parametrize(
    ("operated_on", "status"),
    [
        (date(2026, 11, 22), CONTRAINDICATED),
        (date(2026, 8, 22), CONTRAINDICATED),
        (date(2026, 8, 21), CAUTION),
        (date(2010, 1, 1), CAUTION),
        (None, CAUTION),
    ],
)
def test_an_operation_of_the_last_three_months_forbids_its_area(
    operated_on: date | None, status: ScreeningStatus
) -> None:
    found, action = outcome_of("surgery_recent", operated_on=operated_on)
    assert found == status
    assert ("the area is healing" in action) is (status == CONTRAINDICATED)
    assert (f"Operated on {operated_on}" in action) is (operated_on is not None)


def test_without_the_day_of_the_screening_an_operation_has_no_age() -> None:
    facts = Facts(operated_on=date(2026, 11, 1))
    question = reference().screening_by_id["surgery_recent"]
    assert grade_of(question, question.category, facts).remark == ""


@pytest.mark.parametrize(
    ("facts", "category", "remark"),
    [
        ({}, "precaution", "stopping the drug."),
        ({"inr": Decimal("2.5")}, "precaution", "Last INR 2.5, date not known."),
        (
            {"inr": Decimal("3.9"), "inr_on": date(2026, 11, 21)},
            "precaution",
            "Last INR 3.9, of 2026-11-21, 1 day before.",
        ),
        (
            {"inr": Decimal(4), "inr_on": date(2026, 11, 1)},
            "relative_contraindication",
            (
                "Last INR 4, of 2026-11-01, 21 days before: not under 4; settle it with whoever "
                "manages the medicine before needling."
            ),
        ),
        (
            {"inr": Decimal(5)},
            "relative_contraindication",
            (
                "Last INR 5, date not known: not under 4; settle it with whoever manages the "
                "medicine before needling."
            ),
        ),
        (
            {"inr_on": date(2026, 11, 1)},
            "precaution",
            "Last INR of 2026-11-01, 21 days before; its value is not known.",
        ),
    ],
)
def test_the_last_inr_is_weighed_with_its_age(
    facts: dict[str, object], category: str, remark: str
) -> None:
    known = Facts(on=ON, **facts)  # type: ignore[arg-type]
    outcome = screen(with_answers(anticoagulant="yes"), age=40, facts=known)
    assert (outcome.status, outcome.reasons[0].category) == (CAUTION, category)
    assert outcome.reasons[0].physio_action.endswith(remark)


@pytest.mark.parametrize(
    ("is_controlled", "category", "remark"),
    [
        (True, "precaution", "Said to be well controlled."),
        (False, "relative_contraindication", "Not well controlled: ask the doctor first."),
        (None, "precaution", "read as a root pattern."),
    ],
)
def test_diabetes_out_of_control_weighs_more(
    is_controlled: bool | None, category: str, remark: str
) -> None:
    known = Facts(on=ON, diabetes_is_controlled=is_controlled)
    (reason,) = screen(with_answers(diabetes="yes"), age=40, facts=known).reasons
    assert reason.category == category
    assert reason.physio_action.endswith(remark)


def test_the_day_of_a_flight_is_said() -> None:
    assert outcome_of("flight_dive_planned", travels_on=date(2026, 11, 24))[1].endswith(
        "Planned for 2026-11-24."
    )
    assert outcome_of("flight_dive_planned")[1].endswith("or postpone.")


def test_of_the_clinics_grade_and_a_fact_the_stricter_holds() -> None:
    clinic = clinic_rules({"pregnancy": "precaution"})
    facts = Facts(on=ON, pregnancy_weeks=8)
    answers = with_answers(pregnancy="yes")
    assert screen(answers, age=30, facts=facts, clinic=clinic).status == CONTRAINDICATED


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 22), date(2026, 8, 22)),
        (date(2026, 5, 31), date(2026, 2, 28)),
        (date(2024, 5, 31), date(2024, 2, 29)),
        (date(2026, 2, 14), date(2025, 11, 14)),
        (date(2026, 3, 1), date(2025, 12, 1)),
    ],
)
def test_three_months_before_is_a_day_that_exists(day: date, before: date) -> None:
    assert months_before(day, 3) == before


def test_a_birthday_counts_from_its_own_day() -> None:
    assert age_on(date(2008, 11, 22), ON) == 18
    assert age_on(date(2008, 11, 23), ON) == 17
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17


@pytest.mark.parametrize(
    ("words", "weeks"),
    [
        ("14", 14),
        (" 9 Weeks ", 9),
        ("8w", 8),
        ("about 9", None),
        ("9 weeks and 3 days", None),
        ("99", None),
        ("", None),
    ],
)
def test_weeks_are_read_only_where_nothing_else_is_written(words: str, weeks: int | None) -> None:
    assert weeks_in(words) == weeks


facts = st.builds(
    Facts,
    on=st.just(ON),
    pregnancy_weeks=st.none() | st.integers(0, 45),
    operated_on=st.none() | st.dates(date(2020, 1, 1), ON),
    inr=st.none() | st.decimals(1, 9, places=1),
    inr_on=st.none() | st.dates(date(2020, 1, 1), ON),
    diabetes_is_controlled=st.none() | st.booleans(),
    travels_on=st.none() | st.dates(ON, date(2027, 1, 1)),
)


@given(facts, st.sampled_from(sorted(WEIGHED)))
def test_no_fact_makes_a_rule_milder(known: Facts, rule: str) -> None:
    question = reference().screening_by_id[rule]
    found = grade_of(question, question.category, known).category
    assert STRICTEST_FIRST.index(found) <= STRICTEST_FIRST.index(question.category)
    answers = with_answers(**{rule: "yes"})
    plain, weighed = screen(answers, age=40), screen(answers, age=40, facts=known)
    assert weighed.status.rank >= plain.status.rank
