"""Where the muscles of a session come from: plan, decided roots, the last session, a search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from assessment.models import Assessment, Finding
from clinical.entries import Muscle
from clinical.proposals import propose_muscles
from clinical.reference import reference
from clinical.screening import lung_muscles
from clinical.vocabulary import Side
from intake.precautions import Precautions
from sessions.choices import NeedledSide
from sessions.counting import muscle_name
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.rails import blocked_by_screening

TONE, BAND = "muscle_tone", "paraspinal_band"
MOST_FOUND = 8
Places = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Pick:
    """A muscle on a side that can be added with one tap."""

    muscle: str
    side: str
    segment: str
    is_blocked: bool = False

    @property
    def value(self) -> str:
        return f"{self.muscle}:{self.side}:{self.segment}"

    @property
    def name(self) -> str:
        return muscle_name(self.muscle)

    @property
    def side_words(self) -> str:
        return str(NeedledSide(self.side).label)


@dataclass(frozen=True)
class PickGroup:
    """Picks of one source; ``total`` counts also those already in the session."""

    title: str
    empty: str
    picks: tuple[Pick, ...]
    total: int
    is_last: bool = False

    @property
    def free(self) -> list[Pick]:
        """Those that may be added."""
        return [pick for pick in self.picks if not pick.is_blocked]

    @property
    def all_values(self) -> str:
        return ",".join(pick.value for pick in self.free)


@dataclass(frozen=True)
class Found:
    """A muscle that the search found, with a pick for each side; None where it is in already."""

    name: str
    sides: tuple[tuple[str, Pick | None], ...]


def last_session(treatment: TreatmentSession) -> TreatmentSession | None:
    """The signed session before this one, with its rows and checks."""
    earlier = TreatmentSession.objects.filter(
        patient=treatment.patient_id, signed_at__isnull=False, started_at__lt=treatment.started_at
    )
    return earlier.prefetch_related("muscles", "follow_ups").order_by("-started_at").first()


def proposed(treatment: TreatmentSession) -> list[Pick]:
    """What the signed assessment proposes: tight muscles of the roots that hold."""
    if treatment.assessment is None:
        return []
    flags = decided_roots(treatment.assessment)
    graded = list(treatment.assessment.findings.filter(sign__in=(TONE, BAND)))
    found = propose_muscles(flags, tone=_grades(graded, TONE), bands=_grades(graded, BAND))
    return [Pick(one.muscle, one.side, one.segment) for one in found]


def decided_roots(assessment: Assessment) -> list[tuple[str, Side]]:
    """The roots that hold after the decisions, the strongest flag first.

    A flag without a decision holds where it was accepted when the assessment was signed.
    """
    decisions = {(one.root, one.side): one for one in assessment.decisions.all()}
    levels: list[tuple[str, str] | None] = []
    for flag in sorted(assessment.flags.all(), key=lambda one: (-one.score, one.root)):
        decision = decisions.pop((flag.root, flag.side), None)
        if decision is not None:
            levels.append(decision.level)
        elif flag.is_accepted:
            levels.append((flag.root, flag.side))
    levels += [one.level for one in decisions.values()]
    return [(root, Side(side)) for root, side in dict.fromkeys(filter(None, levels))]


def planned(treatment: TreatmentSession) -> list[Pick]:
    """The muscles ticked in the plan of the signed assessment, in their order."""
    if treatment.assessment is None:
        return []
    return [Pick(one.muscle, one.side, one.root) for one in treatment.assessment.plan.all()]


def _grades(findings: Iterable[Finding], sign: str) -> dict[tuple[str, Side], float]:
    return {(f.site, Side(f.side)): float(f.value) for f in findings if f.sign == sign}


def blocked_in(treatment: TreatmentSession, precautions: Precautions) -> Places:
    """What cannot be added now: by the clinic's switch, or by the patient's screening."""
    block, found = precautions.block, blocked_by_screening(precautions)
    is_overridden = block is not None and not block.is_absolute and treatment.blocked_reason
    if settings.LUNG_MUSCLES_BLOCKED or (block is not None and not is_overridden):
        found |= {(muscle, str(side)) for muscle in lung_muscles() for side in Side}
    return found


def groups(
    treatment: TreatmentSession,
    rows: Sequence[NeedledMuscle],
    last: TreatmentSession | None,
    blocked: Places = frozenset(),
) -> list[PickGroup]:
    """All sources, without what is in the session already, and what is blocked marked."""
    held = {(row.muscle, row.side) for row in rows}
    flagged = proposed(treatment)
    again = [Pick(r.muscle, r.side, r.segment) for r in last.muscles.all()] if last else []
    empty = (
        "Nothing was tight at a flagged root."
        if treatment.assessment
        else "There is no signed assessment yet."
    )
    plan = planned(treatment)
    first = [_group("Planned", "", _marked(plan, blocked), held)] if plan else []
    return [
        *first,
        _group("Flagged and tight", empty, _marked(flagged, blocked), held),
        replace(
            _group("Last session", "This is the first session.", _marked(again, blocked), held),
            is_last=True,
        ),
    ]


def _marked(picks: Iterable[Pick], blocked: Places) -> list[Pick]:
    return [replace(pick, is_blocked=(pick.muscle, pick.side) in blocked) for pick in picks]


def _group(title: str, empty: str, picks: list[Pick], held: set[tuple[str, str]]) -> PickGroup:
    left = tuple(pick for pick in picks if (pick.muscle, pick.side) not in held)
    return PickGroup(title, empty, left, len(picks))


def find_muscles(
    words: str, rows: Sequence[NeedledMuscle], blocked: Places = frozenset()
) -> list[Found]:
    """Muscles whose name holds every word, best first; nothing for less than two letters."""
    wanted = words.casefold().split()
    if len("".join(wanted)) < 2:
        return []
    held = {(row.muscle, row.side) for row in rows}
    hits = [m for m in reference().muscles.values() if all(w in _searched(m) for w in wanted)]
    hits.sort(key=lambda m: (not m.name.casefold().startswith(wanted[0]), m.name))
    return [_found(muscle, held, blocked) for muscle in hits[:MOST_FOUND]]


def _searched(muscle: Muscle) -> str:
    return f"{muscle.name} {muscle.latin} {muscle.id} {' '.join(muscle.roots)}".casefold()


def _found(muscle: Muscle, held: set[tuple[str, str]], blocked: Places) -> Found:
    segment = muscle.roots[0] if len(muscle.roots) == 1 else ""
    return Found(
        muscle.name,
        tuple(
            (
                str(side.label),
                None
                if (muscle.id, side) in held
                else Pick(muscle.id, side, segment, is_blocked=(muscle.id, side) in blocked),
            )
            for side in NeedledSide
        ),
    )
