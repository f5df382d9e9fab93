"""What is tested again after needling, and what changed.

Beside the needled muscles, a few of the same root that were not needled: Gunn describes a
treatment of the segment, not of single muscles, and a relaxation that spreads in it (sources.csv:
GUNN1996, GUNN_TECH, GOODMANCHOMA). No study was found that says how many to test; four a root is
what fits into a visit. It tells what was found and never why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinical.entries import Muscle
from clinical.grades import LEAST_DIFFERENCE, is_abnormal, sites_recorded
from clinical.reference import reference
from clinical.segments import Finding
from clinical.segments.severity import severity
from clinical.vocabulary import Side

TONE, TENDERNESS, RANGE = "muscle_tone", "tenderness", "joint_range"
PALPATED = (TONE, TENDERNESS)
MOST_A_ROOT, MOST_RANGES = 4, 4
SOURCES = ("GUNN1996", "GUNN_TECH", "GOODMANCHOMA")
# How an easing and its opposite are called, by sign.
WORDS = {
    TONE: ("softer", "firmer"),
    TENDERNESS: ("less tender", "more tender"),
    RANGE: ("further", "less far"),
}

Place = tuple[str, Side]
Graded = Mapping[tuple[str, str, Side], Decimal]


class Change(StrEnum):
    """How a value changed. What was not tested both times has no change at all."""

    EASED = "eased"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True)
class Neighbour:
    """A muscle that was not needled, on one side, and the root that it shares."""

    muscle: str
    side: Side
    root: str

    @property
    def place(self) -> Place:
        return self.muscle, self.side


@dataclass(frozen=True)
class Retested:
    """One sign at one place before and after; None was not tested, which is never unchanged."""

    sign: str
    is_needled: bool
    root: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Change | None:
        return change_of(self.sign, self.before, self.after)


@dataclass(frozen=True)
class Tally:
    """How many places of a sign eased, of those tested both times."""

    eased: int
    same: int
    worse: int

    @property
    def total(self) -> int:
        return self.eased + self.same + self.worse

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.eased + other.eased, self.same + other.same, self.worse + other.worse)


NOTHING_TESTED = Tally(0, 0, 0)


def change_of(sign: str, before: Decimal | None, after: Decimal | None) -> Change | None:
    """The change of a value; a range within the error of the measurement is the same."""
    if before is None or after is None:
        return None
    step = after - before if sign == RANGE else before - after
    if step == 0 or abs(step) < LEAST_DIFFERENCE.get(sign, 0):
        return Change.SAME
    return Change.EASED if step > 0 else Change.WORSE


def neighbours(
    needled: Mapping[Place, str], graded: Graded, *, at_most: int = MOST_A_ROOT
) -> tuple[Neighbour, ...]:
    """Muscles of the noted roots that were not needled, abnormal ones of the assessment first.

    ``needled`` names the root of each needled muscle, "" where none was noted: such a row has no
    neighbours. ``graded`` holds tone and tenderness by sign, muscle and side.
    """
    found: dict[Place, Neighbour] = {}
    for (_muscle, side), root in needled.items():
        held = sum(one.root == root and one.side == side for one in found.values())
        free = (
            (muscle.id, side)
            for muscle in _of_root(root, side, graded)
            if (muscle.id, side) not in needled and (muscle.id, side) not in found
        )
        for place, _number in zip(free, range(at_most - held), strict=False):
            found[place] = Neighbour(*place, root)
    return tuple(found.values())


def _of_root(root: str, side: Side, graded: Graded) -> list[Muscle]:
    """What may be palpated of a root, in the order of interest.

    A muscle without a grade is proposed only where it tells this root from the others.
    """
    if not root:
        return []
    telling = reference().levels[root].discriminating_muscles
    places = sites_recorded(TONE, reference())
    muscles = [one for one in reference().muscles.values() if root in one.roots]
    wanted = [
        one
        for one in muscles
        if one.id in places and (one.id in telling or _is_graded(one.id, side, graded))
    ]
    return sorted(
        wanted,
        key=lambda one: (
            -_abnormality(one.id, side, graded),
            not _is_graded(one.id, side, graded),
            root not in one.roots_major,
            one.name,
        ),
    )


def _is_graded(muscle: str, side: Side, graded: Graded) -> bool:
    return any((sign, muscle, side) in graded for sign in PALPATED)


def _abnormality(muscle: str, side: Side, graded: Graded) -> float:
    """The graver of the two grades, 0 where neither is abnormal."""
    values = ((sign, graded.get((sign, muscle, side))) for sign in PALPATED)
    return max(
        (
            severity(Finding(sign), float(value), reference())
            for sign, value in values
            if value is not None and is_abnormal(sign, value, reference())
        ),
        default=0,
    )


def ranges(
    sides: Iterable[Side], graded: Graded, *, at_most: int = MOST_RANGES
) -> tuple[Place, ...]:
    """The movements that the assessment measured on the needled sides, the most limited first."""
    wanted = set(sides)
    found = [(site, side) for sign, site, side in graded if sign == RANGE and side in wanted]
    found.sort(key=lambda place: (_lead(place[0], place[1], graded), *place))
    return tuple(found[:at_most])


def _lead(site: str, side: Side, graded: Graded) -> Decimal:
    """How far a movement goes beyond that of the other side; below 0 where it is limited."""
    own = graded[RANGE, site, side]
    return own - graded.get((RANGE, site, side.other), own)


def tally(tested: Iterable[Retested], sign: str) -> Tally:
    """Count the changes of a sign; what was not tested both times does not count."""
    changes = [one.change for one in tested if one.sign == sign]
    return Tally(*(changes.count(change) for change in Change))


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    return sum(tallies, NOTHING_TESTED)


def regional_sentence(needled: Tally, not_needled: Tally) -> str:
    """How often tone or tenderness eased, in the needled muscles and in others of their roots."""
    return (
        f"Tone or tenderness eased: needled muscles {_of(needled)}; "
        f"not needled, same root {_of(not_needled)}."
    )


def _of(one: Tally) -> str:
    return f"{one.eased} of {one.total}" if one.total else "not tested before and after"


def sentence(tested: Iterable[Retested]) -> str:
    """What changed, in counts: needled, not needled by root, range. Empty without any row.

    No percentage: the numbers are too small for one.
    """
    every = list(tested)
    palpated = [one for one in every if one.sign in PALPATED]
    parts = [("Needled", [one for one in palpated if one.is_needled])]
    for root in dict.fromkeys(one.root for one in palpated if not one.is_needled):
        others = [one for one in palpated if not one.is_needled and one.root == root]
        parts.append((f"Not needled, same root {root}", others))
    parts.append(("Range", [one for one in every if one.sign == RANGE]))
    return " ".join(f"{name}: {_counts(rows)}." for name, rows in parts if rows)


def _counts(rows: list[Retested]) -> str:
    tallies = [(sign, tally(rows, sign)) for sign in WORDS]
    told_of = [told(sign, one) for sign, one in tallies if one.total]
    return "; ".join(told_of) if told_of else "not tested before and after"


def told(sign: str, one: Tally) -> str:
    """3 of 4 softer, 1 firmer."""
    eased, worse = WORDS[sign]
    words = f"{one.eased} of {one.total} {eased}"
    return f"{words}, {one.worse} {worse}" if one.worse else words
