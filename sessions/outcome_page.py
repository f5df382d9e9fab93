"""What the page of the outcome measures shows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from clinical.outcome_measures import Form, Measure, measures, signed
from sessions.models import OutcomeScore
from sessions.outcomes import by_measure

UNDER_LICENCE = "Under licence: fill in the form the clinic is licensed for, then enter its total."


@dataclass(frozen=True)
class MeasureShown:
    """A measure with its last score, and what is known of its licence."""

    measure: Measure
    last: OutcomeScore | None
    note: str

    @property
    def last_words(self) -> str:
        return score_words(self.measure, self.last) if self.last else ""


@dataclass(frozen=True)
class MeasureGroup:
    title: str
    measures: tuple[MeasureShown, ...]
    note: str = ""


@dataclass(frozen=True)
class ScoreShown:
    measure: Measure
    score: OutcomeScore

    @property
    def words(self) -> str:
        return score_words(self.measure, self.score)


def score_words(measure: Measure, score: OutcomeScore) -> str:
    """The number as it is read on the measure's own scale."""
    if score.score is None:
        return "taken out"
    return signed(score.score, measure)


def measure_groups(
    scores: Iterable[OutcomeScore], stated: Collection[str]
) -> tuple[MeasureGroup, ...]:
    """Measures in use first, then the free ones, then those whose wording is not ours to show."""
    last = {name: rows[-1] for name, rows in by_measure(scores).items()}
    shown = [
        MeasureShown(measure, last.get(name), _note(measure, stated))
        for name, measure in measures().items()
    ]
    groups = (
        MeasureGroup("In use with this patient", tuple(one for one in shown if one.last)),
        MeasureGroup("Complete, with their questions", _unused(shown, is_free=True)),
        MeasureGroup("Score only", _unused(shown, is_free=False), UNDER_LICENCE),
    )
    return tuple(group for group in groups if group.measures)


def _unused(shown: Iterable[MeasureShown], *, is_free: bool) -> tuple[MeasureShown, ...]:
    return tuple(one for one in shown if not one.last and one.measure.is_free is is_free)


def _note(measure: Measure, stated: Collection[str]) -> str:
    if measure.is_free or measure.id not in stated:
        return ""
    if measure.form(stated) is Form.ITEMS:
        return "Licence stated by the clinic: enter the number of each section."
    return "Licence stated by the clinic: enter the total."


def shown_scores(scores: Sequence[OutcomeScore]) -> tuple[ScoreShown, ...]:
    """Every current score, newest first."""
    known = measures()
    return tuple(
        ScoreShown(known[one.measure], one) for one in reversed(scores) if one.measure in known
    )
