"""What the session page shows, read in a number of queries that does not grow with its rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from clinical.aftercare import standard_advice
from clinical.guard_rails import (
    OVER_THE_LUNG,
    BothSides,
    GuardRail,
    both_sides,
    guard_rail,
    lung_signs,
)
from clinical.reference import reference
from clinical.screening import lung_muscles
from clinical.vocabulary import ROOTS
from intake.precautions import precautions_for
from sessions.choices import MOST_INSERTIONS, Twitch
from sessions.counting import count_of, gaps_before_signing, muscle_name
from sessions.forms import needle_choices
from sessions.models import NeedledMuscle, SorenessFollowUp, TreatmentSession
from sessions.sources import blocked_in, groups, last_session

SCORES = range(11)
TWITCHES = [
    (choice.value, choice.label)
    for choice in (Twitch.NONE, Twitch.WEAK, Twitch.STRONG, Twitch.NOT_NOTED)
]


class RowShown:
    """One needled muscle with its choices and its caution."""

    over_the_lung = OVER_THE_LUNG

    def __init__(self, row: NeedledMuscle, both: BothSides | None = None) -> None:
        self.row = row
        self.both = both if row.muscle in lung_muscles() else None
        self.muscle = reference().muscles.get(row.muscle)
        self.name = muscle_name(row.muscle)
        self.spoken = f"{self.name}, {row.get_side_display().lower()}"
        self.place = f"row-{row.pk}"
        self.twitches = TWITCHES
        self.is_least = row.insertions <= 1
        self.is_most = row.insertions >= MOST_INSERTIONS

    @property
    def rail(self) -> GuardRail | None:
        return guard_rail(self.muscle) if self.muscle else None

    @property
    def segments(self) -> list[str]:
        """The muscle's roots, from above, with the row's own."""
        known = {*(self.muscle.roots if self.muscle else ()), self.row.segment} - {""}
        return [root for root in ROOTS if root in known]

    @property
    def needles(self) -> Iterable[tuple[str, str, bool]]:
        return needle_choices(self.row)


def rows_of(treatment: TreatmentSession) -> list[NeedledMuscle]:
    """The needled muscles in the order they were added; one query."""
    return list(treatment.muscles.all())


def shown_rows(rows: Sequence[NeedledMuscle]) -> list[RowShown]:
    """Each row with its cautions, also that of muscles over the lung on both sides."""
    both = both_sides((row.muscle, row.side) for row in rows)
    return [RowShown(row, both) for row in rows]


def core_context(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """What every part of the page needs: the count, what is missing, and when it was saved."""
    return {
        "treatment": treatment,
        "count": count_of(treatment, rows),
        "gaps": gaps_before_signing(treatment, rows),
        "lung_signs": lung_signs(row.muscle for row in rows),
        "unanswered": sum(not row.twitch for row in rows),
        "scores": SCORES,
        "advice_sources": standard_advice().sources,
        "saved_at": timezone.now(),
    }


def needles_context(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The sources and the rows."""
    last = last_session(treatment)
    precautions = precautions_for(treatment.patient)
    blocked = blocked_in(treatment, precautions.block)
    return {
        **core_context(treatment, rows),
        "rows": shown_rows(rows),
        "groups": groups(treatment, rows, last, blocked),
        "precautions": precautions,
        "blocked": blocked,
        "last": last,
    }


def open_context(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The whole page of a session that is still open."""
    context = needles_context(treatment, rows)
    last: TreatmentSession | None = context["last"]
    return {
        **context,
        "last_checks": checks_in_words(last.follow_ups.all()) if last else [],
    }


def signed_context(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The session as text, with its addenda and checks."""
    checks = treatment.follow_ups.prefetch_related("answers", "alerts")
    return {
        **core_context(treatment, rows),
        "rows": shown_rows(rows),
        "addenda": treatment.addenda.select_related("written_by"),
        "checks": list(checks),
    }


def checks_in_words(checks: Iterable[SorenessFollowUp]) -> list[str]:
    """The soreness of the checks of a session; no answer is said, never shown as zero."""
    return [f"{check.hours} h: {_soreness(check)}" for check in checks]


def _soreness(check: SorenessFollowUp) -> str:
    if check.answered_at is None:
        return "no answer"
    return "not sure" if check.soreness is None else f"{check.soreness}"


def preset(treatment: TreatmentSession, name: str) -> dict[str, str]:
    """The field a preset (as advice-last) fills, and its text below what was written before."""
    last = last_session(treatment)
    field, _dash, source = name.partition("-")
    text = standard_advice().text if source == "standard" else getattr(last, field, "")
    written: str = getattr(treatment, field)
    if not text or text in written:
        return {field: written}
    return {field: f"{written}\n{text}".strip()}
