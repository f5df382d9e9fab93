from datetime import date

import pytest

from ims_clinic.converters import DayConverter


def test_a_day_goes_into_an_address_and_comes_back() -> None:
    day = date(2026, 11, 26)
    assert DayConverter().to_url(day) == "2026-11-26"
    assert DayConverter().to_python("2026-11-26") == day


def test_a_day_the_calendar_does_not_have_is_no_such_page() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        DayConverter().to_python("2026-02-30")
