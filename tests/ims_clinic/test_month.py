from datetime import date

import pytest

from ims_clinic.month import month_of


def test_weeks_run_from_sunday_and_are_filled_up_with_the_neighbours() -> None:
    month = month_of(date(2026, 11, 26), date(2026, 11, 24))
    assert [week[0] for week in month.weeks] == [date(2026, 11, day) for day in (1, 8, 15, 22, 29)]
    assert month.weeks[-1][-1] == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 11, 26), date(2026, 10, 26), date(2026, 12, 26)),
        (date(2027, 1, 31), date(2026, 12, 31), date(2027, 2, 28)),
        (date(2026, 12, 30), date(2026, 11, 30), date(2027, 1, 30)),
        (date(2028, 3, 31), date(2028, 2, 29), date(2028, 4, 30)),
    ],
)
def test_turning_the_page_keeps_the_day_where_the_month_has_it(
    day: date, before: date, after: date
) -> None:
    month = month_of(day, day)
    assert (month.before, month.after) == (before, after)
