"""Where a course of treatment stands: which session this is, and when to examine again.

No number of sessions is worked out here: nobody has a formula, and the physiotherapist chooses.
"""

from dataclasses import dataclass

REASSESS_EVERY, MOST_BETWEEN = 6, 20
INTERVAL_DAYS = 7
HOW_MANY = (
    "How many sessions are needed usually depends on how long the nerve pain and the muscle tone "
    "have lasted. The number is your own judgement; none is worked out here."
)


@dataclass(frozen=True)
class CareCourse:
    """A session's place in its plan.

    ``number`` counts from 1; ``assessed_after`` is the number of sessions before the newest signed
    assessment.
    """

    number: int
    proposed: int | None
    reassess_every: int
    assessed_after: int = 0

    @property
    def due_at(self) -> int:
        """The session at which to examine again."""
        return self.assessed_after + self.reassess_every

    @property
    def is_due(self) -> bool:
        return self.number >= self.due_at

    @property
    def is_overdue(self) -> bool:
        """True after the session at which it was due."""
        return self.number > self.due_at

    @property
    def is_due_next(self) -> bool:
        """True when the session after this one is that session."""
        return not self.is_due and self.number + 1 >= self.due_at

    @property
    def place(self) -> str:
        """Session 4 of 8; beyond the proposed number it says so."""
        if self.proposed is None:
            return f"Session {self.number}"
        if self.number > self.proposed:
            return f"Session {self.number}, {self.proposed} were proposed"
        return f"Session {self.number} of {self.proposed}"

    @property
    def words(self) -> str:
        """The place, and when reassessment is due."""
        return f"{self.place}, {self.due_words}"

    @property
    def due_words(self) -> str:
        """When reassessment is due."""
        return f"reassessment due {'now' if self.is_due else f'at {self.due_at}'}"
