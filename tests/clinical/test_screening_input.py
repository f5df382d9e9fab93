import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clinical.reference import reference
from clinical.screening import RULESET_VERSION, is_yes_no
from clinical.screening_facts import Facts
from clinical.screening_input import BadScreening, as_json, read_case, weigh

ALL_NO: dict[str, Any] = {row.id: "no" for row in reference().screening if is_yes_no(row)}


def asked(**answers: Any) -> dict[str, Any]:
    return {
        "answers": {**ALL_NO, **answers},
        "date_of_birth": "1980-02-01",
        "on": "2026-11-22",
    }


def result(given: dict[str, Any]) -> dict[str, Any]:
    return as_json(weigh(read_case(json.dumps(given))))


def faults(given: Any) -> list[str]:
    raw = given if isinstance(given, str) else json.dumps(given)
    with pytest.raises(BadScreening) as refused:
        read_case(raw)
    return refused.value.faults


def test_no_to_everything_is_clear_without_a_reason() -> None:
    assert result(asked()) == {
        "outcome": "clear",
        "reasons": [],
        "ruleset_version": RULESET_VERSION,
    }


def test_a_reason_names_rule_category_scope_action_and_source() -> None:
    row = reference().screening_by_id["anticoagulant"]
    assert result(asked(anticoagulant="yes"))["reasons"] == [
        {
            "rule": "anticoagulant",
            "category": "precaution",
            "scope": row.region_scope,
            "action": row.physio_action,
            "source": "MUNOZ2022 (SEEN); HSIEH2023 (SEEN); MCCULLOCH2015 (SEEN)",
        }
    ]


def test_the_facts_are_read_from_beside_the_answers() -> None:
    case = read_case(
        json.dumps(
            asked(
                pregnancy={"answer": "yes", "weeks": 9},
                anticoagulant={
                    "answer": "yes",
                    "drug": "warfarin",
                    "inr": 2.5,
                    "date": "2026-11-01",
                },
                surgery_recent={"answer": "yes", "text": "Knee", "date": "2026-10-01"},
                diabetes={"answer": "yes", "control": "no"},
                flight_dive_planned={"answer": "yes", "date": "2026-11-23"},
                cancer={"answer": "no", "text": "never"},
                rf_saddle={"answer": "no"},
            )
        )
    )
    assert case.facts == Facts(
        on=date(2026, 11, 22),
        pregnancy_weeks=9,
        operated_on=date(2026, 10, 1),
        inr=Decimal("2.5"),
        inr_on=date(2026, 11, 1),
        diabetes_is_controlled=False,
        travels_on=date(2026, 11, 23),
    )
    found = as_json(weigh(case))
    assert found["outcome"] == "contraindicated"
    assert {reason["rule"] for reason in found["reasons"][:2]} == {"pregnancy", "surgery_recent"}


def test_an_answer_as_object_is_the_same_as_its_word() -> None:
    assert result(asked(pregnancy={"answer": "maybe"})) == result(asked(pregnancy="maybe"))
    unsure = {"answer": "yes", "control": "not_sure"}
    assert result(asked(diabetes=unsure)) == result(asked(diabetes="yes"))


def test_a_missing_answer_counts_as_not_sure() -> None:
    given = asked()
    del given["answers"]["diabetes"]
    assert result(given)["outcome"] == "caution"
    assert [reason["rule"] for reason in result(given)["reasons"]] == ["diabetes"]


def test_an_unknown_date_of_birth_is_never_clear() -> None:
    for missing in ({}, {"date_of_birth": None}):
        given = {key: value for key, value in asked().items() if key != "date_of_birth"} | missing
        found = result(given)
        assert (found["outcome"], found["reasons"][0]["rule"]) == ("caution", "age_under_18")


@pytest.mark.parametrize(("born", "outcome"), [("2008-11-22", "clear"), ("2008-11-23", "caution")])
def test_the_age_is_that_of_the_day_of_the_screening(born: str, outcome: str) -> None:
    assert result({**asked(), "date_of_birth": born})["outcome"] == outcome


def test_a_date_of_birth_as_answer_must_be_the_one_of_the_input() -> None:
    assert result(asked(age_under_18="1980-02-01"))["outcome"] == "clear"
    assert result(asked(age_under_18="yes"))["outcome"] == "caution"
    assert faults(asked(age_under_18="1981-02-01")) == [
        "answers.age_under_18: 1981-02-01 is not the date_of_birth of the input"
    ]


def test_what_only_informs_stands_last() -> None:
    found = result(asked(medication_list="Aspirin", antiplatelet="yes"))
    assert [reason["rule"] for reason in found["reasons"]] == ["antiplatelet", "medication_list"]
    assert found["outcome"] == "caution"


def test_the_clinics_grades_and_switch_are_part_of_the_input() -> None:
    given = asked(smoker_tall_thin="yes") | {
        "clinic": {
            "grades": {"smoker_tall_thin": "absolute_contraindication"},
            "blocks_lung_muscles": True,
        }
    }
    found = result(given)
    assert found["outcome"] == "contraindicated"
    assert [reason["rule"] for reason in found["reasons"]] == [
        "smoker_tall_thin",
        "insurer_thoracic",
    ]
    assert result(asked() | {"clinic": {}}) == result(asked())
    assert result(asked() | {"clinic": None}) == result(asked())


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ("[]", ["input: a list is not an object"]),
        ("", ["input: not JSON: Expecting value (line 1 column 1)"]),
        ('{"on": NaN}', ["input: NaN is not a number"]),
        ('{"on": "2026-11-22", "on": ""}', ["input: 'on' is given twice"]),
        ("[" * 200_000, ["input: nested too deeply"]),
        ({}, ["on: missing", "answers: missing"]),
        ({"answers": [], "on": "2026-11-22"}, ["answers: a list is not an object"]),
        (asked() | {"today": "x", "a\nb": 1}, ["today: unknown key", "'a\\nb': unknown key"]),
        (asked(anticoagulat="yes"), ["answers.anticoagulat: unknown question"]),
        (
            asked(pregnancy="maybee", rf_saddle=1),
            [
                "answers.pregnancy: 'maybee' is not yes, no or not_sure (or maybe)",
                "answers.rf_saddle: 1 is not yes, no or not_sure",
            ],
        ),
        (
            asked() | {"on": "today", "date_of_birth": "1980-02-30"},
            [
                "on: not a date: 'today', write it like 2026-11-22",
                "date_of_birth: not a date: '1980-02-30', write it like 2026-11-22",
            ],
        ),
        (
            asked() | {"date_of_birth": "2026-11-23"},
            ["date_of_birth: 2026-11-23 is after 2026-11-22, the day of the screening"],
        ),
        (
            asked() | {"date_of_birth": "1890-01-01"},
            ["date_of_birth: 1890-01-01 is more than 130 years before 2026-11-22"],
        ),
        (
            asked(pregnancy={"answer": "yes", "weeks": 60, "days": 2}),
            [
                "answers.pregnancy.days: unknown key, known here: answer, weeks",
                "answers.pregnancy.weeks: 60 is not a whole number of weeks from 0 to 45",
            ],
        ),
        (asked(pregnancy={"weeks": 9}), ["answers.pregnancy.answer: missing"]),
        (
            asked(pregnancy={"answer": "no", "weeks": 9}),
            ["answers.pregnancy.weeks: is given, but the answer is no"],
        ),
        (
            asked(pregnancy={"answer": "sometimes"}),
            ["answers.pregnancy: 'sometimes' is not yes, no or not_sure (or maybe)"],
        ),
        (
            asked(surgery_recent={"answer": "yes", "date": "2026-11-23"}),
            [
                (
                    "answers.surgery_recent.date: 2026-11-23 is after 2026-11-22, the day of the "
                    "screening"
                )
            ],
        ),
        (
            asked(flight_dive_planned={"answer": "yes", "date": "2026-11-21"}),
            [
                (
                    "answers.flight_dive_planned.date: 2026-11-21 is before 2026-11-22, the day of "
                    "the screening"
                )
            ],
        ),
        (
            asked(flight_dive_planned={"answer": "yes", "date": "2026-11-21"}) | {"on": "soon"},
            ["on: not a date: 'soon', write it like 2026-11-22"],
        ),
        (asked() | {"clinic": 5}, ["clinic: 5 is not an object"]),
        (asked() | {"clinic": {"switch": 1}}, ["clinic.switch: unknown key"]),
        (
            asked() | {"clinic": {"blocks_lung_muscles": "yes"}},
            ["clinic.blocks_lung_muscles: 'yes' is not true or false"],
        ),
        (
            asked() | {"clinic": {"grades": {"smoking": "precaution", "frail": "bad"}}},
            [
                "clinic.grades.smoking: unknown question",
                (
                    "clinic.grades.frail: 'bad' is none of: absolute_contraindication, "
                    "relative_contraindication, precaution, informational"
                ),
            ],
        ),
        (asked() | {"clinic": {"grades": []}}, ["clinic.grades: a list is not an object"]),
    ],
)
def test_bad_input_is_refused_with_a_line_for_each_fault(given: Any, lines: list[str]) -> None:
    assert faults(given) == lines


def test_the_error_itself_shows_every_line() -> None:
    with pytest.raises(BadScreening, match="on: missing\nanswers: missing"):
        read_case("{}")
