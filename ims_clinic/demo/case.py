"""One demo patient: the complaint, the plan of the visits, and how far the papers go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clinical.vocabulary import Side
from ims_clinic.demo.answers import NOTHING, Yes
from ims_clinic.demo.diary import Slot
from ims_clinic.demo.names import Person
from ims_clinic.demo.replies import Reply
from ims_clinic.demo.stage import Stage
from ims_clinic.demo.stories import Story
from intake.choices import NEEDLING_ALLOWED, ReviewDecision
from people.models import Patient
from scheduling.choices import AppointmentStatus


@dataclass(frozen=True)
class IntakePlan:
    """How far the intake goes. ``pages`` stops it half way; without a decision it waits.

    ``is_chased``: the desk reminds once by hand. ``is_withdrawn``: after the review the patient
    takes the consent back by link. ``is_drawn``: the signature is drawn, not only typed.
    """

    is_started: bool = True
    pages: int | None = None
    yes: Yes = field(default_factory=lambda: NOTHING)
    decision: ReviewDecision | None = None
    note: str = ""
    language: str = "en"
    is_minor: bool = False
    is_drawn: bool = False
    is_chased: bool = False
    is_withdrawn: bool = False

    @property
    def is_cleared(self) -> bool:
        """True when the review opens the way to needling."""
        return self.decision in NEEDLING_ALLOWED


@dataclass(frozen=True)
class Case:
    """A patient with a complaint, its side, and the times of all visits in order.

    ``is_brief`` is an examination by hand only. ``missed``, ``assessed``, ``unsigned`` and
    ``changed`` (something new at the re-screen) name visits by their place; ``replies`` are answers
    to the checks that ask for a call. ``short`` names visits with one needle not accounted for, and
    what was done about it; nothing done leaves it open.
    """

    stage: Stage
    patient: Patient
    person: Person
    story: Story
    side: Side
    pain: int
    slots: tuple[Slot, ...]
    intake: IntakePlan
    missed: Mapping[int, AppointmentStatus] = field(default_factory=dict)
    assessed: frozenset[int] = frozenset({0})
    unsigned: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()
    is_brief: bool = False
    short: Mapping[int, str] = field(default_factory=dict)
    replies: Mapping[int, Reply] = field(default_factory=dict)

    def seen_before(self, day: date) -> list[int]:
        """The places of the visits that took place before that day."""
        return [
            number
            for number, slot in enumerate(self.slots)
            if slot.day < day and number not in self.missed
        ]

    def pain_before(self, visit: int) -> int:
        """The pain score a patient brings to a visit: it falls, not evenly, and not to nothing."""
        return max(1, self.pain - visit + (1 if visit % 3 == 2 else 0))
