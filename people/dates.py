"""Days as people type them: 1980-05-17, 17 May 1980, 17/05/1980."""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PART = re.compile(r"\d+|[a-z]+")


def readings(text: str) -> list[date]:
    """Every day the text can mean, in order; 05/06/1980 means two, 31/02/1980 none.

    A year has four digits, so that nobody is born in the wrong century.
    """
    parts = PART.findall(text.casefold())
    if len(parts) == 1 and len(parts[0]) == 8 and parts[0].isdigit():
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) != 3:
        return []
    orders = _with_month_name(parts) or _numeric(parts)
    return sorted({day for order in orders if (day := _day(*order)) is not None})


def _with_month_name(parts: list[str]) -> list[tuple[int, int, int]]:
    names = [part for part in parts if part[:3] in MONTHS]
    numbers = [part for part in parts if part.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    if (len(names), len(numbers), len(years)) != (1, 2, 1):
        return []
    month = MONTHS.index(names[0][:3]) + 1
    numbers.remove(years[0])
    return [(int(years[0]), month, int(numbers[0]))]


def _numeric(parts: list[str]) -> list[tuple[int, int, int]]:
    if not all(part.isdigit() for part in parts):
        return []
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return [(first, second, third)]
    if len(parts[2]) == 4:
        return [(third, second, first), (third, first, second)]
    return []


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
