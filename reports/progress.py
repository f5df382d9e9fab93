"""The course of a patient's signed sessions and scores: rows in, frozen dataclasses out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from assessment.models import Assessment
from clinical.outcome_measures import Form, Measure, measures, signed
from people.models import Patient
from reports.episodes import Choice, Episode, choice_of, episodes_of, overdue_in
from reports.summaries import Letterhead, letterhead
from sessions.models import NeedledMuscle, OutcomeScore, TreatmentSession
from sessions.outcomes import by_measure, scores_of
from sessions.retesting import SessionChange, changes_of
from sessions.sources import decided_roots

Level = tuple[str, str]
TREND_FROM, ON_PAPER = 3, 10


def day_words(day: date) -> str:
    """A day as it is written in tables."""
    return f"{day.day} {day:%b %Y}"


@dataclass(frozen=True)
class Visit:
    """One signed session with its checks; a missing answer is None, never zero.

    ``at`` is its start on the clinic's clock, ``number`` counts all signed sessions. ``levels`` are
    the insertions by root and side, ``flagged`` the roots that the assessment behind the session
    flagged and that were accepted. ``change`` is what the re-test found, None without one.
    """

    at: datetime
    therapist: str
    pain_before: int | None
    pain_after: int | None
    soreness_24: int | None
    soreness_48: int | None
    muscles: int
    insertions: int
    needles_out: int | None
    twitches: Mapping[str, int]
    levels: Mapping[Level, int]
    flagged: frozenset[Level]
    number: int = 1
    is_new_therapist: bool = False
    is_overdue: bool = False
    change: SessionChange | None = None

    @property
    def day(self) -> date:
        """The day in the clinic's zone."""
        return self.at.date()

    @property
    def twitched(self) -> int:
        """Muscles that answered with a twitch."""
        return self.twitches.get("strong", 0) + self.twitches.get("weak", 0)


@dataclass(frozen=True)
class Course:
    """One outcome measure over time, oldest first."""

    measure: Measure
    scores: tuple[OutcomeScore, ...]

    @property
    def comparable(self) -> tuple[OutcomeScore, ...]:
        """The newest scores of one and the same set of activities; all where nothing is chosen."""
        start = max(self.changed_at, default=0)
        return self.scores[start:]

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The numbers that compare."""
        return tuple(one.score for one in self.comparable if one.score is not None)

    @property
    def changed_at(self) -> tuple[int, ...]:
        """Where other activities were rated than the time before; such scores do not compare."""
        if self.measure.scoring.form is not Form.ACTIVITIES:
            return ()
        rated = [{name.casefold() for name in one.activities} for one in self.scores]
        return tuple(n for n in range(1, len(rated)) if rated[n] != rated[n - 1])

    @property
    def row(self) -> tuple[str, ...]:
        """Measure, first and last score with their days, smallest change that matters."""
        scoring = self.measure.scoring
        change = f"{scoring.change:f} ({scoring.change_source})" if scoring.change else "not known"
        first, last = self.words(self.comparable[0]), self.words(self.scores[-1])
        return scoring.short, first, last if len(self.comparable) > 1 else "–", change

    def words(self, score: OutcomeScore) -> str:
        """A score with its day."""
        number = "" if score.score is None else signed(score.score, self.measure)
        return f"{number}, {day_words(score.taken_on)}"


@dataclass(frozen=True)
class Progress:
    """Everything the progress page and its document say."""

    head: Letterhead
    episode: Episode
    episodes: tuple[Episode, ...]
    choice: Choice
    sites: tuple[str, ...]
    visits: tuple[Visit, ...]
    courses: tuple[Course, ...]

    @property
    def has_trend(self) -> bool:
        return len(self.visits) >= TREND_FROM

    @property
    def has_marks(self) -> bool:
        return any(one.is_new_therapist or one.is_overdue for one in self.visits)

    @property
    def newest(self) -> tuple[Visit, ...]:
        """What fits on one page of paper."""
        return self.visits[-ON_PAPER:]

    @property
    def earlier(self) -> int:
        return len(self.visits) - len(self.newest)

    @property
    def open_plans(self) -> tuple[Episode, ...]:
        """The plans to speak of beside all sessions."""
        return tuple(one for one in self.episodes if one.is_open and not self.choice.plan)

    @property
    def counter(self) -> str:
        """Where the course stands."""
        return self.episode.counter(len(self.visits))

    @property
    def score_rows(self) -> tuple[tuple[str, ...], ...]:
        """The first and the last score of each measure as a table."""
        return tuple(one.row for one in self.courses)

    @property
    def sentence(self) -> str:
        """Pain before the first and the last session that has an answer."""
        if not self.has_trend:
            return f"Trend from {TREND_FROM} sessions on."
        pains = [one.pain_before for one in self.visits if one.pain_before is not None]
        if len(pains) < 2:
            return "Pain before the session was noted less than twice."
        return (
            f"Pain before the session: {pains[0]} → {pains[-1]} over {len(self.visits)} sessions."
        )


def progress(patient: Patient, *, plan: str = "", side: str = "", site: str = "") -> Progress:
    """The signed sessions in order of time; the number of queries does not grow with them."""
    head, treatments, assessed = letterhead(patient), _signed(patient), _assessed(patient)
    episodes = episodes_of(treatments, assessed)
    sites = tuple(sorted({one.site for one in treatments if one.site}))
    choice = choice_of(Choice(plan, side, site), sites, episodes)
    chosen = next(one for one in episodes if one.key == choice.plan)
    overdue = overdue_in(treatments, assessed)
    changes = {one.treatment_id: one for one in changes_of(patient, side=choice.side)}
    visits, seen_by = [], None
    for number, treatment in enumerate(treatments, 1):
        rows = [row for row in treatment.muscles.all() if choice.side in ("", row.side)]
        if not _is_chosen(treatment, rows, choice):
            continue
        visits.append(
            replace(
                _visit(treatment, rows, ZoneInfo(head.time_zone), choice.side),
                number=number,
                is_new_therapist=seen_by not in (None, treatment.practitioner_id),
                is_overdue=treatment.pk in overdue,
                change=changes.get(treatment.pk),
            )
        )
        seen_by = treatment.practitioner_id
    courses = (
        Course(measures()[name], tuple(scores))
        for name, scores in by_measure(scores_of(patient)).items()
    )
    return Progress(head, chosen, episodes, choice, sites, tuple(visits), tuple(courses))


def _is_chosen(treatment: TreatmentSession, rows: Sequence[NeedledMuscle], choice: Choice) -> bool:
    planned = getattr(treatment, "planned", None)
    return (
        choice.plan in ("", f"{planned.plan_id}" if planned else "")
        and choice.site in ("", treatment.site)
        and bool(rows or not choice.side)
    )


def _signed(patient: Patient) -> list[TreatmentSession]:
    return list(
        TreatmentSession.objects.filter(patient=patient, signed_at__isnull=False)
        .select_related("practitioner__user", "assessment", "planned__plan")
        .prefetch_related("muscles", "follow_ups", "assessment__flags", "assessment__decisions")
        .order_by("started_at", "id")
    )


def _assessed(patient: Patient) -> list[datetime]:
    """When the assessments of the patient were signed."""
    signed = Assessment.objects.filter(patient=patient, signed_at__isnull=False)
    return [moment for moment in signed.values_list("signed_at", flat=True) if moment]


def _visit(
    treatment: TreatmentSession, rows: Sequence[NeedledMuscle], zone: ZoneInfo, side: str
) -> Visit:
    soreness = {check.hours: check.soreness for check in treatment.follow_ups.all()}
    return Visit(
        at=treatment.started_at.astimezone(zone),
        therapist=f"{treatment.practitioner}",
        pain_before=treatment.pain_before,
        pain_after=treatment.pain_after,
        soreness_24=soreness.get(24),
        soreness_48=soreness.get(48),
        muscles=len(rows),
        insertions=sum(row.insertions for row in rows),
        needles_out=treatment.needles_out,
        twitches=Counter(row.twitch for row in rows),
        levels=_levels(rows),
        flagged=_flagged(treatment.assessment, side),
    )


def _levels(rows: Iterable[NeedledMuscle]) -> Counter[Level]:
    """Insertions by root and side, of rows that name their root."""
    found: Counter[Level] = Counter()
    for row in rows:
        if row.segment:
            found[row.segment, row.side] += row.insertions
    return found


def _flagged(assessment: Assessment | None, side: str) -> frozenset[Level]:
    roots = decided_roots(assessment) if assessment else []
    return frozenset((root, f"{one}") for root, one in roots if side in ("", one))
