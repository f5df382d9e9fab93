from decimal import Decimal

import pytest

from assessment.cells import Cell, read_cell, read_value
from clinical.segments import FindingError
from clinical.vocabulary import Side


def test_a_cell_is_read_as_the_page_writes_it() -> None:
    assert read_cell("muscle_tone|deltoid|right|2") == Cell(
        "muscle_tone", "deltoid", Side.RIGHT, Decimal(2)
    )
    assert read_cell("slr||left|1").place == ("slr", "", "left")
    assert read_cell("strength_mrc|deltoid|left|4.33|pain").is_pain_inhibited


def test_nothing_is_not_tested() -> None:
    assert read_cell("muscle_tone|deltoid|right|").value is None
    assert read_value("  ") is None


def test_a_number_may_have_a_comma_and_two_decimals() -> None:
    assert read_value("31,5") == Decimal("31.5")


@pytest.mark.parametrize("text", ["two", "1.234", "NaN", "Infinity", "123456", "1e9"])
def test_what_is_no_such_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(FindingError, match="is not a number with at most two decimals"):
        read_value(text)


@pytest.mark.parametrize("text", ["", "a|b", "tenderness|deltoid|both|1", "a|b|right|1|x|y"])
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(FindingError, match="Reload the page"):
        read_cell(text)


def test_a_cell_of_a_filling_says_so() -> None:
    cell = read_cell("muscle_tone|deltoid|right|0|fill")
    assert (cell.is_fill, cell.is_pain_inhibited) == (True, False)
