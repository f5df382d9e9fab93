"""Adverse events as the session page, their own page and the document show them."""

import functools
from collections.abc import Iterable

from clinical.adverse_events import (
    AdverseKind,
    adverse_kinds,
    emergency_steps,
    grade_meanings,
)
from sessions.choices import AdverseAnswer, AdverseGrade, NeedledSide
from sessions.counting import muscle_name
from sessions.models import AdverseClosing, AdverseEvent, TreatmentSession

ANSWERS = {"": "not asked", AdverseAnswer.NONE: "none", AdverseAnswer.SOME: "recorded"}


class EventShown:
    """One event in words."""

    def __init__(self, event: AdverseEvent) -> None:
        self.event = event
        self.kind: AdverseKind | None = adverse_kinds().get(event.kind)

    @property
    def place(self) -> str:
        """The muscle and the side; empty where none was named."""
        if not self.event.muscle:
            return ""
        return f"{muscle_name(self.event.muscle)}, {NeedledSide(self.event.side).label.lower()}"

    @property
    def closing(self) -> AdverseClosing | None:
        """How a person closed it; None while it is open."""
        return getattr(self.event, "closing", None)

    @property
    def outcome(self) -> str:
        """How it ended, or how it stands."""
        if self.closing is None:
            return f"{self.event.get_outcome_display()}, still open"
        return f"{self.closing.get_outcome_display()}, closed: {self.closing.done}"

    @property
    def steps(self) -> tuple[str, ...]:
        """What comes first while a serious event is open."""
        return emergency_steps(self.event.kind) if self.event.is_serious and self.kind else ()


class AdversePage:
    """Read when it is first looked at: one query, whatever the number of events."""

    def __init__(self, treatment: TreatmentSession) -> None:
        self.treatment = treatment
        self.kinds: Iterable[AdverseKind] = adverse_kinds().values()

    @functools.cached_property
    def events(self) -> list[EventShown]:
        known = self.treatment.adverse_events.select_related(
            "recorded_by", "closing__closed_by", "treatment"
        )
        return [EventShown(one) for one in known]

    @property
    def is_none(self) -> bool:
        return self.treatment.adverse_answer == AdverseAnswer.NONE

    @property
    def words(self) -> str:
        """The answer of the session in words."""
        return ANSWERS[self.treatment.adverse_answer]


def grades_in_words() -> list[tuple[str, str]]:
    """The choices of a grade, each with its meaning."""
    return [
        (one.grade, f"{AdverseGrade(one.grade).label}: {one.meaning}") for one in grade_meanings()
    ]
