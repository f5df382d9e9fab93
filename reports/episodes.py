"""What a course of treatment is grouped by: all sessions, or those of one plan of care."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.http import urlencode

from clinical.care_course import CareCourse
from sessions.care import course_in
from sessions.choices import NeedledSide
from sessions.models import CarePlan, PlannedSession, TreatmentSession


@dataclass(frozen=True)
class Episode:
    """The signed sessions of one plan, or of the patient where ``plan`` is None.

    ``course`` is where it stands with its newest session; None where that is said of nothing:
    before the first session, and of all sessions where plans count their own.
    """

    plan: CarePlan | None = None
    course: CareCourse | None = None

    @property
    def key(self) -> str:
        """What the address of the page names it by."""
        return f"{self.plan.pk}" if self.plan else ""

    @property
    def title(self) -> str:
        if self.plan is None:
            return "All sessions"
        ended = self.plan.ended_on
        return f"{self.plan} (closed {ended.day} {ended:%b %Y})" if ended else f"{self.plan}"

    @property
    def is_open(self) -> bool:
        return self.plan is not None and self.plan.ended_on is None

    def counter(self, sessions: int) -> str:
        """Where the course stands, as session 4 of 6; of no plan the sessions that are shown."""
        words = f"{sessions} session{'' if sessions == 1 else 's'}"
        if self.course is None:
            return words
        if self.plan is None:
            return f"{words}, {self.course.due_words}"
        return self.course.words if self.is_open else self.course.place


@dataclass(frozen=True)
class Choice:
    """What the reader narrowed the page to; empty is everything."""

    plan: str = ""
    side: str = ""
    site: str = ""

    @property
    def query(self) -> str:
        """The choice as the end of an address."""
        chosen = {key: value for key, value in vars(self).items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def words(self) -> str:
        """Side and site in words, empty for everything; the plan is the episode's title."""
        side = f"{NeedledSide(self.side).label} side only" if self.side else ""
        return ", ".join(filter(None, (side, self.site)))


def choice_of(asked: Choice, sites: Iterable[str], episodes: Iterable[Episode]) -> Choice:
    """What was asked for, as far as it exists."""
    return Choice(
        plan=asked.plan if asked.plan in {one.key for one in episodes} else "",
        side=asked.side if asked.side in NeedledSide.values else "",
        site=asked.site if asked.site in sites else "",
    )


def episodes_of(
    treatments: Sequence[TreatmentSession], assessed: Sequence[datetime]
) -> tuple[Episode, ...]:
    """All sessions, and each plan in the order of its first one; asks the database nothing.

    ``assessed`` are the moments at which assessments of the patient were signed.
    """
    groups, newest = _by_plan(treatments), max(assessed, default=None)
    plans = [
        Episode(rows[-1].plan, course_in(rows[-1], rows, newest))
        for plan, rows in groups.items()
        if plan is not None
    ]
    rows = groups.get(None, [])
    course = course_in(rows[-1], rows, newest) if rows and not plans else None
    return Episode(course=course), *plans


def overdue_in(treatments: Sequence[TreatmentSession], assessed: Sequence[datetime]) -> set[int]:
    """The sessions with which a reassessment was skipped: the first one after it was due.

    Each plan counts its own sessions by its own number, and those of no plan by the clinic's.
    """
    found = set()
    for rows in _by_plan(treatments).values():
        was_overdue = False
        for number, row in enumerate(rows, 1):
            known = [moment for moment in assessed if moment <= row.treatment.started_at]
            course = course_in(row, rows[:number], max(known, default=None))
            if course.is_overdue and not was_overdue:
                found.add(row.treatment_id)
            was_overdue = course.is_overdue
    return found


def _by_plan(treatments: Iterable[TreatmentSession]) -> dict[int | None, list[PlannedSession]]:
    """The sessions' places by plan; a session of no plan has the clinic's own numbers."""
    groups: dict[int | None, list[PlannedSession]] = defaultdict(list)
    for one in treatments:
        row = getattr(one, "planned", None) or PlannedSession(treatment=one)
        groups[row.plan_id].append(row)
    return dict(groups)
