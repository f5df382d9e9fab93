from decimal import Decimal

import pytest

from sessions.forms import AddForm, DetailsForm, RowForm, needle_choices
from sessions.models import NeedledMuscle, TreatmentSession


def test_a_form_takes_only_what_was_posted() -> None:
    form = DetailsForm({"pain_before": "6"}, instance=TreatmentSession(plan="as it was"))
    assert form.is_valid()
    assert form.changes() == {"pain_before": 6}


@pytest.mark.parametrize("typed", ["11", "-1", "six"])
def test_a_pain_score_outside_the_scale_says_which_ones_there_are(typed: str) -> None:
    form = DetailsForm({"pain_after": typed}, instance=TreatmentSession())
    assert form.sentences() == ["Choose a pain score from 0 to 10."]


def test_a_post_without_anything_is_refused() -> None:
    assert DetailsForm({}, instance=TreatmentSession()).sentences() == ["Nothing was sent."]


def test_a_needle_becomes_gauge_and_length() -> None:
    form = RowForm({"needle": "0.30x40"}, instance=NeedledMuscle())
    assert form.is_valid()
    assert form.changes() == {"needle_gauge_mm": Decimal("0.30"), "needle_length_mm": 40}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("needle", "3x4", "Choose a needle of the list."),
        ("segment", "C9", "Choose a segment of the list."),
    ],
)
def test_what_is_not_on_the_list_is_refused(field: str, typed: str, sentence: str) -> None:
    assert RowForm({field: typed}, instance=NeedledMuscle()).sentences() == [sentence]


def test_several_muscles_are_added_at_once_each_with_its_side() -> None:
    form = AddForm({"pick": "deltoid:right:C5,soleus:left:S1"})
    assert form.is_valid()
    assert form.cleaned_data["pick"] == [("deltoid", "right", "C5"), ("soleus", "left", "S1")]


@pytest.mark.parametrize("pick", ["deltoid", "deltoid:both:C5", "no_such_muscle:right:C5"])
def test_a_muscle_without_a_side_is_never_added(pick: str) -> None:
    assert not AddForm({"pick": pick}).is_valid()


def test_a_needle_that_is_not_in_stock_stays_the_rows_own() -> None:
    row = NeedledMuscle(needle_gauge_mm=Decimal("0.12"), needle_length_mm=7)
    own = [words for _value, words, is_own in needle_choices(row) if is_own]
    assert own == ["0.12 × 7 mm"]
