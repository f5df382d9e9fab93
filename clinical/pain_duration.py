"""How long pain has lasted, read from what a patient wrote, as "3 weeks ago" or "over a year".

Pain is called chronic after three months (TREEDE2019); the border at a year is our own. What
cannot be read for sure is a group of its own, never a guess.
"""

import re
from enum import StrEnum

DAYS = {
    "day": 1,
    "week": 7,
    "month": 30,
    "year": 365,
    "jour": 1,
    "semaine": 7,
    "mois": 30,
    "an": 365,
    "année": 365,
}
NUMBERS = {
    "a couple of": 2,
    "a few": 3,
    "half a": 0.5,
    "an": 1,
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "une": 1,
    "un": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
}
# One number and its unit. Neither a range (5-6 years, 5 to 6 years) nor a fraction is read.
SPAN = re.compile(
    r"(?P<more>over |more than |plus de |plus d['’])?"
    rf"(?<![\d/.,–-])(?<!\bto )(?<!\bor )\b(?P<number>\d+(?:[.,]\d+)?|{'|'.join(NUMBERS)})\s+"
    rf"(?P<unit>{'|'.join(DAYS)})s?\b"
)
THREE_MONTHS, YEAR = 3 * DAYS["month"], DAYS["year"]


class Duration(StrEnum):
    """Groups of duration, shortest first."""

    WEEKS = "under 3 months"
    MONTHS = "3 to 12 months"
    YEARS = "over a year"
    UNKNOWN = "not known"


def duration_of(words: str) -> Duration:
    """The group of what was written; not known without exactly one span of time."""
    spans = list(SPAN.finditer(words.lower()))
    if len(spans) != 1:
        return Duration.UNKNOWN
    [span] = spans
    number = NUMBERS.get(span["number"]) or float(span["number"].replace(",", "."))
    days = number * DAYS[span["unit"]] + bool(span["more"])
    if days < THREE_MONTHS:
        return Duration.WEEKS
    return Duration.MONTHS if days <= YEAR else Duration.YEARS
