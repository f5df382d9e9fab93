from datetime import date

import pytest

from intake.forms import BirthDateForm


def birth_date(day: str, month: str, year: str) -> BirthDateForm:
    return BirthDateForm({"day": day, "month": month, "year": year})


def test_three_numbers_make_a_date() -> None:
    form = birth_date("27", "3", "1980")
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(1980, 3, 27)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "2", "1980"), ("", "3", "1980"), ("27", "13", "1980"), ("x", "3", "1980")],
)
def test_what_is_no_date_is_answered_with_an_example(day: str, month: str, year: str) -> None:
    form = birth_date(day, month, year)
    assert not form.is_valid()
    assert BirthDateForm.SENTENCE in form.non_field_errors()
