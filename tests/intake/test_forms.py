from datetime import date

import pytest

from intake.choices import ReviewDecision
from intake.form_pages import consent_questions
from intake.forms import BirthDateForm, ConsentForm, ReviewForm


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


def test_consent_needs_every_tick_and_the_name() -> None:
    statements = consent_questions()
    everything = {one.id: "on" for one in statements} | {"signed_name": "Robin Sample"}
    assert ConsentForm(statements, everything).is_valid()
    for missing in everything:
        rest = {key: value for key, value in everything.items() if key != missing}
        form = ConsentForm(statements, rest)
        assert not form.is_valid()
        assert len(form.errors_in_order()) == 1


@pytest.mark.parametrize(
    ("decision", "has_warnings", "needs_note"),
    [
        (ReviewDecision.SUITABLE, False, False),
        (ReviewDecision.SUITABLE, True, True),
        (ReviewDecision.WITH_PRECAUTIONS, False, True),
        (ReviewDecision.POSTPONE, False, True),
        (ReviewDecision.NOT_SUITABLE, True, True),
    ],
)
def test_only_a_plain_yes_without_warnings_needs_no_note(
    decision: ReviewDecision, has_warnings: bool, needs_note: bool
) -> None:
    form = ReviewForm({"decision": decision, "note": ""}, has_warnings=has_warnings)
    assert form.is_valid() is not needs_note
    said_why = ReviewForm({"decision": decision, "note": "Because."}, has_warnings=has_warnings)
    assert said_why.is_valid()
