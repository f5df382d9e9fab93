"""Which muscles an assessment proposes for needling: tight ones of a root that was flagged.

Gunn needles the shortened muscles of a segment and the paraspinal muscles at its level
(sources.csv: GUNN1996). It proposes; the physiotherapist chooses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clinical.entries import Muscle
from clinical.reference import reference
from clinical.vocabulary import Side

# signs.csv, muscle_tone: "2 firm, band palpable"; paraspinal_band is graded on the same 0-4.
TIGHT_FROM = 2
PARASPINAL = "multifidus"


@dataclass(frozen=True)
class Proposal:
    """A muscle on one side, the flagged root it is proposed for, and how tight it was."""

    muscle: str
    side: Side
    segment: str
    grade: float


def propose_muscles(
    flags: Iterable[tuple[str, Side]],
    *,
    tone: Mapping[tuple[str, Side], float],
    bands: Mapping[tuple[str, Side], float],
) -> tuple[Proposal, ...]:
    """Proposals in the order of the flags, the tightest muscle first.

    ``flags`` are root and side, the most important first. ``tone`` grades muscles, ``bands``
    grades the paraspinal band at a root; what is absent was not tested and proposes nothing.
    """
    found: dict[tuple[str, Side], Proposal] = {}
    for root, side in flags:
        for one in sorted(_of_root(root, side, tone, bands), key=_tightest_first):
            found.setdefault((one.muscle, one.side), one)
    return tuple(found.values())


def _of_root(
    root: str,
    side: Side,
    tone: Mapping[tuple[str, Side], float],
    bands: Mapping[tuple[str, Side], float],
) -> Iterable[Proposal]:
    band = bands.get((root, side), 0)
    for muscle in reference().muscles.values():
        grade = tone.get((muscle.id, side), 0)
        if _is_paraspinal_at(muscle, root):
            grade = max(grade, band)
        if grade >= TIGHT_FROM and root in muscle.roots:
            yield Proposal(muscle.id, side, root, grade)


def _is_paraspinal_at(muscle: Muscle, root: str) -> bool:
    return muscle.id.startswith(PARASPINAL) and root in muscle.roots_major


def _tightest_first(proposal: Proposal) -> tuple[float, str]:
    return -proposal.grade, proposal.muscle
