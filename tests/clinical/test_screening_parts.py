from datetime import date
from decimal import Decimal

import pytest

from clinical.reference import reference
from clinical.screening_parts import (
    BadValue,
    category,
    control,
    day,
    inr,
    named,
    parts_of,
    places,
    shown,
    text,
    truth,
    weeks,
    word_of,
    words_of,
)

QUESTIONS = reference().screening_by_id


def refusal(reader: object, value: object) -> str:
    with pytest.raises(BadValue) as refused:
        reader(value)  # type: ignore[operator]
    return str(refused.value)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("anticoagulant", ("drug", "inr", "date")),
        ("pregnancy", ("weeks",)),
        ("diabetes", ("control",)),
        ("flight_dive_planned", ("date",)),
        ("surgery_recent", ("text", "date")),
        ("cancer", ("text",)),
        ("rf_saddle", ()),
    ],
)
def test_what_stands_beside_an_answer_follows_its_type(
    question: str, parts: tuple[str, ...]
) -> None:
    assert parts_of(QUESTIONS[question]) == parts


def test_every_part_of_every_row_can_be_read() -> None:
    known = {"text", "drug", "weeks", "inr", "date", "control"}
    assert {part for row in QUESTIONS.values() for part in parts_of(row)} == known


@pytest.mark.parametrize(
    "value", ["2026-11-2", "20261122", "2026-W47-7", "2026-13-01", "0001-01-01", 20261122, True]
)
def test_what_is_no_day_is_refused(value: object) -> None:
    assert refusal(day, value).startswith("not a date: ")


def test_a_day_weeks_and_an_inr_are_read() -> None:
    assert day("2026-11-22") == date(2026, 11, 22)
    assert (weeks(0), weeks(45)) == (0, 45)
    assert (inr(3), inr(Decimal("2.5"))) == (Decimal(3), Decimal("2.5"))
    assert [control(word) for word in ("yes", "no", "not_sure")] == [True, False, None]


@pytest.mark.parametrize("value", [-1, 46, True, Decimal("8.5"), "8"])
def test_weeks_that_cannot_be_are_refused(value: object) -> None:
    assert refusal(weeks, value).endswith("is not a whole number of weeks from 0 to 45")


@pytest.mark.parametrize("value", [0, -2, 31, True, "2.5", None])
def test_an_inr_that_cannot_be_is_refused(value: object) -> None:
    assert refusal(inr, value).endswith("is not a number above 0 and up to 30")


def test_every_other_value_is_refused_in_words() -> None:
    assert refusal(control, "well") == "'well' is not yes, no or not_sure"
    assert refusal(text, 5) == "5 is not a text of at most 2000 letters"
    assert refusal(text, "x" * 2001).startswith(f"'{'x' * 60}…' is not a text")
    assert refusal(truth, "yes") == "'yes' is not true or false"
    assert truth(True) is True
    assert refusal(category, "bad").startswith("'bad' is none of: absolute_contraindication, ")
    assert category("precaution") == "precaution"
    assert refusal(places, ["neck", ""]) == "a list is not a list of words"
    assert refusal(places, {}) == "an object is not a list of words"
    assert places(" neck ") == ["neck"]


def test_a_value_is_shown_as_json_writes_it_on_one_line() -> None:
    assert [shown(value) for value in (None, True, False, "a\nb", 4)] == [
        "null",
        "true",
        "false",
        "'a\\nb'",
        "4",
    ]
    assert (named("pregnancy"), named("a\nb"), named("")) == ("pregnancy", "'a\\nb'", "''")


@pytest.mark.parametrize(
    ("question", "value", "word"),
    [
        ("rf_saddle", "not_sure", "not_sure"),
        ("pregnancy", "maybe", "maybe"),
        ("medication_list", " Apixaban ", "Apixaban"),
        ("chief_area", ["neck, right", "shoulder, right"], "neck, right,shoulder, right"),
        ("chief_area", "low back, both sides", "low back, both sides"),
        ("pain_quality", ["burning", "painful cold"], "burning,painful cold"),
        ("handedness", "left", "left"),
        ("age_under_18", "2010-05-01", "2010-05-01"),
        ("age_under_18", "no", "no"),
        ("insurer_thoracic", "no", "no"),
        ("bilateral_thorax", "yes", "yes"),
        ("consent_stop", "ticked", "ticked"),
        ("consent_stop", True, "ticked"),
        ("consent_stop", "not ticked", "not ticked"),
        ("consent_stop", False, "not ticked"),
    ],
)
def test_every_answer_type_is_read(question: str, value: object, word: str) -> None:
    assert word_of(QUESTIONS[question], value) == word


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("rf_saddle", "maybe", "'maybe' is not yes, no or not_sure"),
        ("rf_saddle", None, "null is not yes, no or not_sure"),
        ("rf_saddle", True, "true is not yes, no or not_sure"),
        ("rf_saddle", ["yes"], "a list is not yes, no or not_sure"),
        ("rf_saddle", "Yes", "'Yes' is not yes, no or not_sure"),
        ("pregnancy", "maybee", "'maybee' is not yes, no or not_sure (or maybe)"),
        ("handedness", "not_sure", "'not_sure' is none of: left, right, both"),
        ("consent_stop", "yes", "'yes' is not 'ticked' or 'not ticked'"),
        ("age_under_18", 12, "not a date: 12, write it like 2026-11-22"),
        (
            "pain_quality",
            ["burning", "stinging"],
            (
                "'stinging' is none of: burning, electric shocks, tingling, pins and needles, "
                "numb, itching, painful cold"
            ),
        ),
    ],
)
def test_an_answer_of_another_type_is_refused(question: str, value: object, words: str) -> None:
    assert refusal(lambda given: word_of(QUESTIONS[question], given), value) == words


def test_a_question_with_a_list_offers_its_words() -> None:
    assert words_of(QUESTIONS["pain_quality"])[0] == "burning"
