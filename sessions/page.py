"""What the session page shows, read in a number of queries that does not grow with its rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

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
from clinical.vocabulary import ROOTS, Side
from intake.precautions import Precautions, precautions_for
from sessions.adverse_page import AdversePage
from sessions.check_words import notes_of
from sessions.choices import COUNTED, MOST_INSERTIONS, CheckHours, Felt, Twitch
from sessions.counting import count_of, gaps_before_signing, muscle_name
from sessions.forms import needle_choices
from sessions.models import NeedledMuscle, SorenessFollowUp, TreatmentSession
from sessions.plan_page import note_context
from sessions.rails import RailShown, rails_of
from sessions.retest_page import RetestPage
from sessions.sources import blocked_in, groups, last_session

SCORES = range(11)
TWITCHES = [
    (choice.value, choice.label)
    for choice in (Twitch.NONE, Twitch.WEAK, Twitch.STRONG, Twitch.NOT_NOTED)
]


class RowShown:
    """One needled muscle with its choices and its caution."""

    over_the_lung = OVER_THE_LUNG
    differs: tuple[str, ...] = ()

    def __init__(
        self,
        row: NeedledMuscle,
        both: BothSides | None = None,
        rails: Iterable[RailShown] = (),
    ) -> None:
        self.row = row
        place = (row.muscle, row.side)
        self.rails = [rail for rail in rails if (rail.muscle, rail.side) == place]
        self.is_counted = row.twitch in COUNTED
        self.other_side = Side(row.side).other
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
    def felt(self) -> Iterator[tuple[str, str, bool]]:
        """For each button of what the patient felt: the answer after a tap, words, is it on."""
        now = Felt(self.row.felt)
        for part in (Felt.ACHE, Felt.FAMILIAR, Felt.NEITHER, Felt.NOT_NOTED):
            is_on = now is part or (now is Felt.BOTH and part in (Felt.ACHE, Felt.FAMILIAR))
            yield now.tapped(part), str(part.label), is_on

    @property
    def needles(self) -> Iterable[tuple[str, str, bool]]:
        return needle_choices(self.row)


def rows_of(treatment: TreatmentSession) -> list[NeedledMuscle]:
    """The needled muscles in the order they were added; one query."""
    return list(treatment.muscles.all())


def shown_rows(rows: Sequence[NeedledMuscle], rails: Sequence[RailShown] = ()) -> list[RowShown]:
    """Each row with its cautions, also that of muscles over the lung on both sides."""
    both = both_sides((row.muscle, row.side) for row in rows)
    return [RowShown(row, both, rails) for row in rows]


def core_context(
    treatment: TreatmentSession,
    rows: Sequence[NeedledMuscle],
    precautions: Precautions | None = None,
) -> dict[str, Any]:
    """What every part of the page needs: the count, what is missing, and when it was saved."""
    rails = rails_of(treatment, rows, precautions)
    return {
        "treatment": treatment,
        "count": count_of(treatment, rows),
        "gaps": gaps_before_signing(treatment, rows, rails),
        "rails": rails,
        "session_rails": [rail for rail in rails if not rail.muscle],
        "lung_signs": lung_signs(row.muscle for row in rows),
        "unanswered": sum(not row.twitch for row in rows),
        "scores": SCORES,
        "retest": RetestPage(treatment, rows),
        "adverse": AdversePage(treatment),
        "saved_at": timezone.now(),
    }


def needles_context(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The sources and the rows."""
    last = last_session(treatment)
    precautions = precautions_for(treatment.patient)
    blocked = blocked_in(treatment, precautions)
    core = core_context(treatment, rows, precautions)
    return {
        **core,
        "rows": shown_rows(rows, core["rails"]),
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
        "last_dose": dose_in_words(list(last.muscles.all())) if last else "",
    }


def signed_context(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The session as text, with its addenda and checks."""
    checks = treatment.follow_ups.prefetch_related("answers", "alerts")
    core = core_context(treatment, rows)
    return {
        **core,
        "rows": shown_rows(rows, core["rails"]),
        "closures": list(treatment.count_closures.select_related("closed_by")),
        **note_context(treatment),
        "addenda": treatment.addenda.select_related("written_by"),
        "checks": [(check, notes_of(check)) for check in checks],
    }


def checks_in_words(checks: Iterable[SorenessFollowUp]) -> list[str]:
    """The soreness of the checks of a session; no answer is said, never shown as zero."""
    asked = [check for check in checks if check.hours != CheckHours.FIRST_EVENING]
    return [f"{check.hours} h: {_soreness(check)}" for check in asked]


def dose_in_words(rows: Sequence[NeedledMuscle]) -> str:
    """What was given: needles, muscles, twitches and needle sizes; twitches not noted are said."""
    if not rows:
        return "no needles"
    needles = sum(row.insertions for row in rows)
    twitched = sum(row.twitch in COUNTED for row in rows)
    unnoted = sum(row.twitch not in (*COUNTED, Twitch.NONE) for row in rows)
    twitches = f"twitch in {twitched} of {len(rows)} rows"
    twitches += f" ({unnoted} not noted)" if unnoted else ""
    sizes = sorted({(row.needle_gauge_mm, row.needle_length_mm) for row in rows})
    said = ", ".join(f"{gauge} × {length} mm" for gauge, length in sizes)
    return f"{needles} {'needle' if needles == 1 else 'needles'}, {twitches}, {said}"


def _soreness(check: SorenessFollowUp) -> str:
    if check.answered_at is None:
        return "no answer"
    return "not sure" if check.soreness is None else f"{check.soreness}"
