"""Facts beside the answers reach the screening rules, and staff in a few words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from clinical.screening_facts import Facts
from intake.models import Intake, IntakeAnswer
from intake.questions import Reply
from intake.screening_facts import beside, facts_of

ON = date(2026, 11, 25)
Submitted = Callable[..., Intake]


def answers(**replies: Reply) -> dict[str, IntakeAnswer]:
    return {
        key: IntakeAnswer(question=key, value=one.value, detail=one.detail, facts=dict(one.facts))
        for key, one in replies.items()
    }


def test_every_fact_reaches_its_rule() -> None:
    given = answers(
        pregnancy=Reply("maybe", "", {"weeks": "0"}),
        anticoagulant=Reply("yes", "", {"inr": "4.2", "date": "2026-11-01", "drug": "Warfarin"}),
        surgery_recent=Reply("yes", "Knee", {"date": "2026-10-02"}),
        diabetes=Reply("yes", "", {"control": "no"}),
        flight_dive_planned=Reply("not_sure", "", {"date": "2026-11-26"}),
    )
    assert facts_of(given, ON) == Facts(
        on=ON,
        pregnancy_weeks=0,
        operated_on=date(2026, 10, 2),
        inr=Decimal("4.2"),
        inr_on=date(2026, 11, 1),
        diabetes_is_controlled=False,
        travels_on=date(2026, 11, 26),
    )


def test_what_was_not_given_or_is_not_sure_is_not_known() -> None:
    given = answers(pregnancy=Reply("yes"), diabetes=Reply("yes", "", {"control": "not_sure"}))
    assert facts_of(given, ON) == Facts(on=ON)
    assert facts_of(answers(pregnancy=Reply("no", "", {"weeks": "9"})), ON) == Facts(on=ON)


@pytest.mark.parametrize(
    ("month", "day"),
    [("2026-02", date(2026, 2, 28)), ("2026-11", ON), ("2024-02", date(2024, 2, 29))],
)
def test_a_month_counts_as_its_last_day_that_has_been(month: str, day: date) -> None:
    given = answers(surgery_recent=Reply("yes", "", {"date": month}))
    assert facts_of(given, ON).operated_on == day


def test_weeks_written_in_an_older_form_still_count() -> None:
    assert facts_of(answers(pregnancy=Reply("yes", "9 weeks")), ON).pregnancy_weeks == 9


def test_staff_read_the_facts_in_a_few_words() -> None:
    facts = {"drug": "Warfarin", "inr": "2.5", "date": "2026-11-01"}
    shown = [
        beside(one)
        for one in answers(
            anticoagulant=Reply("yes", "", facts),
            surgery_recent=Reply("yes", "Knee", {"date": "2020-03"}),
            diabetes=Reply("yes", "", {"control": "not_sure"}),
            chief_area=Reply("neckR", "", {"zones": {"neckR": ["aching"]}}),
        ).values()
    ]
    assert shown == [
        "Warfarin, INR 2.5, 1 November 2026",
        "Knee, March 2020",
        "well controlled: not sure",
        "",
    ]


def test_a_recent_operation_and_a_high_inr_make_the_outcome_stricter(submitted: Submitted) -> None:
    result = submitted(
        anticoagulant=Reply("yes", "", {"drug": "Warfarin", "inr": "4.2"}),
        pregnancy=Reply("yes", "", {"weeks": "9"}),
    ).screening
    grades = {reason["question_id"]: reason["category"] for reason in result.reasons}
    assert grades == {
        "anticoagulant": "relative_contraindication",
        "pregnancy": "absolute_contraindication",
    }
    assert result.alerts == ["Pregnancy: 9 weeks", "Anticoagulant: Warfarin, INR 4.2"]
