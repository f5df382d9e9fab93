"""Today beside the time before: what is better, what is worse, and one sentence for the patient."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from assessment.cells import Rows
from clinical.grades import grade_of
from clinical.reference import reference
from clinical.segments import Finding
from clinical.segments.severity import severity


@dataclass(frozen=True)
class Comparison:
    """How many places were graded both times, and which way they went."""

    better: int
    worse: int
    same: int

    @property
    def total(self) -> int:
        return self.better + self.worse + self.same


def compared(rows: Rows, before: Rows) -> Comparison:
    """Only what was graded both times counts: what was not tested is neither better nor worse."""
    steps = [
        severity_of(sign, float(row.value)) - severity_of(sign, float(before[place].value))
        for place, row in rows.items()
        if place in before and grade_of(sign := row.sign, row.value, reference()) is not None
    ]
    better, worse = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    return Comparison(better, worse, len(steps) - better - worse)


def severity_of(sign: str, value: float) -> float:
    """How abnormal a grade is, from 0 to 1."""
    return severity(Finding(sign), value, reference())


def sentence(comparison: Comparison, day: date) -> str:
    """In plain words, to be said to the patient."""
    words = {"day": date_format(day, "j F")}
    if comparison.total == 0:
        return gettext("We did not test the same spots on %(day)s, so we cannot compare.") % words
    numbers = {"better": comparison.better, "worse": comparison.worse, "same": comparison.same}
    return ngettext(
        "We tested %(total)s spot again. Since %(day)s, %(better)s got better, "
        "%(worse)s got worse and %(same)s stayed the same.",
        "We tested %(total)s spots again. Since %(day)s, %(better)s got better, "
        "%(worse)s got worse and %(same)s stayed the same.",
        comparison.total,
    ) % {**words, **numbers, "total": comparison.total}
