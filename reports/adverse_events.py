"""Adverse events per 1,000 needles, and by grade where that points at nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinical.rates import Rate, hidden_groups, rate_of
from reports.treated import Treated
from sessions.choices import AdverseGrade


@dataclass(frozen=True)
class AdverseEvents:
    """The rate, and the events of each grade from the mildest; no grades where a cell is small.

    Only needles of sessions that say something of adverse events are counted: no answer is not
    none. ``not_asked`` is the number of sessions that say nothing.
    """

    rate: Rate
    grades: tuple[tuple[str, int], ...]
    not_asked: int


def adverse_events(treated: Iterable[Treated], least: int) -> AdverseEvents | None:
    """What is known of these sessions; None where nobody was asked, which is not zero."""
    every = list(treated)
    asked = [one for one in every if one.events is not None]
    needles = sum(one.insertions for one in asked)
    rate = rate_of(sum(len(one.events or ()) for one in asked), needles)
    if rate is None or len({one.patient for one in asked}) < least:
        return None
    return AdverseEvents(rate, _by_grade(asked, least), len(every) - len(asked))


def _by_grade(asked: Sequence[Treated], least: int) -> tuple[tuple[str, int], ...]:
    """A grade is counted by the patients it happened to: one small grade hides all of them."""
    grades = [(grade, one.patient) for one in asked for grade in one.events or ()]
    people = {
        f"{grade}": len({who for name, who in grades if name == grade}) for grade in AdverseGrade
    }
    if hidden_groups(people, least):
        return ()
    return tuple(
        (f"{grade.label}", sum(name == grade for name, _who in grades)) for grade in AdverseGrade
    )
