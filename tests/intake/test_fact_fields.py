"""Facts beside a yes: empty is not known, what cannot be right is said with its mend."""

from datetime import date, timedelta

import pytest
from django import forms

from intake.fact_fields import fact_field, today_at_clinic
from intake.form_pages import questions_by_id
from intake.questions import Fact


def fact_of(question: str, key: str) -> Fact:
    return next(fact for fact in questions_by_id()[question].facts if fact.id == key)


def cleaned(question: str, key: str, value: object) -> str:
    return str(fact_field(fact_of(question, key)).clean(value))


def problem(question: str, key: str, value: object) -> str:
    with pytest.raises(forms.ValidationError) as refused:
        fact_field(fact_of(question, key)).clean(value)
    return str(refused.value.messages[0])


def boxes(day: date) -> list[str]:
    return [f"{day.day}", f"{day.month}", f"{day.year}"]


@pytest.mark.parametrize(
    ("question", "key", "value", "kept"),
    [
        ("pregnancy", "weeks", "0", "0"),
        ("pregnancy", "weeks", " 45 ", "45"),
        ("pregnancy", "weeks", "", ""),
        ("anticoagulant", "inr", "0.5", "0.5"),
        ("anticoagulant", "inr", "20", "20"),
        ("anticoagulant", "inr", "2,75", "2.75"),
        ("diabetes", "control", "not_sure", "not_sure"),
        ("diabetes", "control", "", ""),
        ("surgery_recent", "date", ["", "3", "2019"], "2019-03"),
        ("surgery_recent", "date", ["29", "2", "2020"], "2020-02-29"),
        ("surgery_recent", "date", ["", "", ""], ""),
    ],
)
def test_what_can_be_right_is_kept(question: str, key: str, value: object, kept: str) -> None:
    assert cleaned(question, key, value) == kept


@pytest.mark.parametrize("value", ["46", "-1", "9.5", "nine", "NaN", "1e9", "999999999"])
def test_weeks_out_of_range_are_refused(value: str) -> None:
    assert problem("pregnancy", "weeks", value) == (
        "How many weeks? Enter a whole number from 0 to 45, or leave it empty"
    )


@pytest.mark.parametrize("value", ["0.4", "20.1", "high", "2.555"])
def test_an_inr_out_of_range_is_refused(value: str) -> None:
    assert problem("anticoagulant", "inr", value) == (
        "Your last INR, if you take warfarin: Enter a number from 0.5 to 20, or leave it empty"
    )


@pytest.mark.parametrize(
    "value",
    [["", "3", "2020"], ["31", "2", "2020"], ["1", "13", "2020"], ["1", "2", ""], ["x"] * 3],
)
def test_what_is_no_day_is_refused(value: list[str]) -> None:
    assert problem("anticoagulant", "date", value) == (
        "When was this INR measured? Enter the day, month and year as numbers, "
        "or leave all three empty"
    )


@pytest.mark.parametrize("value", [["", "3", ""], ["", "", "2020"], ["", "13", "2020"], ["3"] * 3])
def test_what_is_no_month_is_refused(value: list[str]) -> None:
    assert problem("surgery_recent", "date", value) == (
        "When was it? Enter the month and year as numbers, or leave all three empty"
    )


def test_an_operation_is_past_and_a_flight_is_not() -> None:
    today = today_at_clinic()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    assert cleaned("surgery_recent", "date", boxes(today)) == today.isoformat()
    assert cleaned("flight_dive_planned", "date", boxes(today)) == today.isoformat()
    assert problem("surgery_recent", "date", boxes(tomorrow)) == (
        "When was it? Enter a date that is not in the future"
    )
    assert problem("flight_dive_planned", "date", boxes(yesterday)) == (
        "On which day? Enter today’s date or a later one"
    )


def test_this_month_is_past_enough_and_the_next_is_not() -> None:
    today = today_at_clinic()
    following = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    this = ["", f"{today.month}", f"{today.year}"]
    assert cleaned("surgery_recent", "date", this) == f"{today:%Y-%m}"
    coming = ["", f"{following.month}", f"{following.year}"]
    assert problem("surgery_recent", "date", coming).startswith("When was it?")
