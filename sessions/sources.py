"""Where the muscles of a session come from: the flagged roots, the last session, a search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.models import Finding
from clinical.entries import Muscle
from clinical.proposals import propose_muscles
from clinical.reference import reference
from clinical.vocabulary import Side
from sessions.choices import NeedledSide
from sessions.counting import muscle_name
from sessions.models import NeedledMuscle, TreatmentSession

TONE, BAND = "muscle_tone", "paraspinal_band"
MOST_FOUND = 8


@dataclass(frozen=True)
class Pick:
    """A muscle on a side that can be added with one tap."""

    muscle: str
    side: str
    segment: str

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

    @property
    def all_values(self) -> str:
        return ",".join(pick.value for pick in self.picks)


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
    """What the signed assessment proposes: tight muscles of the flagged roots."""
    if treatment.assessment is None:
        return []
    accepted = treatment.assessment.flags.filter(is_accepted=True).order_by("-score", "root")
    flags = [(flag.root, Side(flag.side)) for flag in accepted]
    graded = list(treatment.assessment.findings.filter(sign__in=(TONE, BAND)))
    found = propose_muscles(flags, tone=_grades(graded, TONE), bands=_grades(graded, BAND))
    return [Pick(one.muscle, one.side, one.segment) for one in found]


def _grades(findings: Iterable[Finding], sign: str) -> dict[tuple[str, Side], float]:
    return {(f.site, Side(f.side)): float(f.value) for f in findings if f.sign == sign}


def groups(
    treatment: TreatmentSession, rows: Sequence[NeedledMuscle], last: TreatmentSession | None
) -> list[PickGroup]:
    """Both sources, without what is in the session already."""
    held = {(row.muscle, row.side) for row in rows}
    flagged = proposed(treatment)
    again = [Pick(r.muscle, r.side, r.segment) for r in last.muscles.all()] if last else []
    empty = (
        "Nothing was tight at a flagged root."
        if treatment.assessment
        else "There is no signed assessment yet."
    )
    return [
        _group("Flagged and tight", empty, flagged, held),
        _group("Last session", "This is the first session.", again, held),
    ]


def _group(title: str, empty: str, picks: list[Pick], held: set[tuple[str, str]]) -> PickGroup:
    left = tuple(pick for pick in picks if (pick.muscle, pick.side) not in held)
    return PickGroup(title, empty, left, len(picks))


def find_muscles(words: str, rows: Sequence[NeedledMuscle]) -> list[Found]:
    """Muscles whose name holds every word, best first; nothing for less than two letters."""
    wanted = words.casefold().split()
    if len("".join(wanted)) < 2:
        return []
    held = {(row.muscle, row.side) for row in rows}
    hits = [m for m in reference().muscles.values() if all(w in _searched(m) for w in wanted)]
    hits.sort(key=lambda m: (not m.name.casefold().startswith(wanted[0]), m.name))
    return [_found(muscle, held) for muscle in hits[:MOST_FOUND]]


def _searched(muscle: Muscle) -> str:
    return f"{muscle.name} {muscle.latin} {muscle.id} {' '.join(muscle.roots)}".casefold()


def _found(muscle: Muscle, held: set[tuple[str, str]]) -> Found:
    segment = muscle.roots[0] if len(muscle.roots) == 1 else ""
    return Found(
        muscle.name,
        tuple(
            (str(side.label), None if (muscle.id, side) in held else Pick(muscle.id, side, segment))
            for side in NeedledSide
        ),
    )
