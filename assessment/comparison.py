"""Today beside the time before: what is better, what is worse, and one sentence for the patient."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from assessment.cells import Rows, State, state_of
from assessment.grid import LINE_NAMES, place_name, sign_name
from clinical.grades import grade_of, value_words
from clinical.reference import reference
from clinical.segments import Finding
from clinical.segments.severity import severity
from clinical.vocabulary import Side


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


@dataclass(frozen=True)
class Changed:
    """A line that was examined both times and is not the same, each side in words."""

    site: str
    sign: str
    sides: tuple[str, str]


@dataclass(frozen=True)
class Union:
    """What either of two examinations tested: what changed, and what only one of them has."""

    changed: tuple[Changed, ...]
    only_now: tuple[str, ...]
    only_before: tuple[str, ...]


def union_of(rows: Rows, before: Rows) -> Union:
    """Place by place, wherever either tested it. Not tested is never normal."""
    both = [(sign, site) for sign, site, _ in {**before, **rows}]
    lines = [_Line(rows, before, *place) for place in dict.fromkeys(both)]
    return Union(
        tuple(Changed(line.name, line.sign_words, line.said) for line in lines if line.is_changed),
        _named(line for line in lines if line.is_only(now=True)),
        _named(line for line in lines if line.is_only(now=False)),
    )


def _named(lines: Iterable["_Line"]) -> tuple[str, ...]:
    """Each site once, with the signs that it lacks."""
    signs: dict[str, list[str]] = {}
    for line in lines:
        signs.setdefault(line.name, []).append(line.sign_words.lower())
    return tuple(f"{name} ({', '.join(words)})" for name, words in signs.items())


@dataclass(frozen=True)
class _Line:
    rows: Rows
    before: Rows
    sign: str
    site: str

    @property
    def name(self) -> str:
        return place_name(self.site) if self.site else sign_name(self.sign)

    @property
    def sign_words(self) -> str:
        return LINE_NAMES.get(self.sign, sign_name(self.sign))

    def _states(self, side: Side) -> tuple[State, State]:
        place = (self.sign, self.site, side)
        return state_of(self.before.get(place)), state_of(self.rows.get(place))

    def _is_in(self, rows: Rows) -> bool:
        return any((self.sign, self.site, side) in rows for side in Side)

    def is_only(self, *, now: bool) -> bool:
        has, has_not = (self.rows, self.before) if now else (self.before, self.rows)
        return self._is_in(has) and not self._is_in(has_not)

    @property
    def is_changed(self) -> bool:
        is_in_both = self._is_in(self.rows) and self._is_in(self.before)
        return is_in_both and any(was != now for was, now in map(self._states, Side))

    @property
    def said(self) -> tuple[str, str]:
        """Right and left: then and now where they differ."""
        right, left = (self._said(*self._states(side)) for side in Side)
        return right, left

    def _said(self, was: State, now: State) -> str:
        said = self._words(now)
        return said if was == now else f"{self._words(was)} → {said}"

    def _words(self, state: State) -> str:
        value, is_pain_inhibited = state
        if value is None:
            return "not tested"
        pain = ", limited by pain" if is_pain_inhibited else ""
        return value_words(self.sign, value, reference()) + pain


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
