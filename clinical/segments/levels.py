"""Which roots are flagged: the gate, the neighbours and second levels."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinical.entries import Reference
from clinical.segments.nerve_supply import nerve_key
from clinical.segments.scoring import (
    Point,
    RootScore,
    Scoreboard,
    coefficient,
    neighbours,
    ranked_roots,
)
from clinical.segments.severity import Item
from clinical.vocabulary import ROOTS

MUSCLE_GROUPS = ("weakness", "palpation")


@dataclass(frozen=True)
class Choice:
    """A root that stands out, with the neighbours that it cannot or can be told from."""

    score: RootScore
    equal: tuple[str, ...]
    concurrent: tuple[str, ...]
    neighbour_scores: tuple[tuple[str, float], ...]
    is_second: bool = False


def gate_muscles(points: Iterable[Point], reference: Reference) -> tuple[Item, ...]:
    """The positive muscles that belong to the root firmly enough."""
    least = reference.model.gate.muscle
    return tuple(
        point.item
        for point in points
        if point.item.group in MUSCLE_GROUPS and point.coefficient >= least
    )


def has_gate_signs(points: Iterable[Point], reference: Reference) -> bool:
    """Two muscles through different nerves, or two kinds of signs."""
    gate, known = reference.model.gate, tuple(points)
    least = {"reflex": gate.reflex, "sensory": gate.dermatome, "paraspinal": gate.paraspinal}
    kinds = {p.item.group for p in known if p.coefficient >= least.get(p.item.group, 2.0)}
    muscles = gate_muscles(known, reference)
    if len(kinds) >= 2 or (muscles and kinds):
        return True
    return len({nerve_key(item, reference) for item in muscles}) >= 2


def has_two_weak_muscles(score: RootScore, reference: Reference) -> bool:
    """Two weak muscles of the root through different nerves: the rule of needle studies."""
    gate = reference.model.gate
    weak = [
        nerve_key(item, reference)
        for item, coefficient, _ in score.positives
        if item.group == "weakness" and item.strength == 1 and coefficient >= gate.firm_muscle
    ]
    return score.ranking >= gate.two_muscles and len(set(weak)) >= 2


def passes_gate(score: RootScore, reference: Reference) -> bool:
    """Enough points, and signs that belong together."""
    if score.ranking >= reference.model.gate.score:
        return has_gate_signs(score.positives, reference)
    return has_two_weak_muscles(score, reference)


def stands_alone(score: RootScore, other: str, reference: Reference) -> bool:
    """Whether the root has neurological findings of two kinds, or many, that the other lacks."""
    model, rule = reference.model, reference.model.several
    own = [
        point
        for point in score.positives
        if model.groups[point.item.group].is_neurological
        and point.coefficient - coefficient(point.item, other, reference)
        >= rule.exclusive_difference
    ]
    kinds = {point.item.group for point in own}
    return (
        len(kinds) >= rule.exclusive_groups
        or sum(point.points for point in own) >= rule.exclusive_points
    )


def _both_stand(one: RootScore, other: RootScore, reference: Reference) -> bool:
    return stands_alone(one, other.root, reference) and stands_alone(other, one.root, reference)


def limb_of(root: str, reference: Reference) -> str:
    """The group of roots that is looked at as one problem."""
    return next(name for name, roots in reference.model.limbs.items() if root in roots)


def rank(score: RootScore, reference: Reference) -> tuple[float, int, int]:
    """Sorts the best root first: by points, then by how often it is affected, then from above."""
    frequency = reference.model.prior.frequency
    place = frequency.index(score.root) if score.root in frequency else len(frequency)
    return (-round(score.ranking, 9), place, ROOTS.index(score.root))


def _choices(
    top: RootScore, board: Scoreboard, is_second: bool, reference: Reference
) -> list[Choice]:
    """The top root, and each neighbour that stands on its own findings."""
    suspects = [root for root in neighbours(top.root) if root in board.suspects]
    gated = [s for s in map(board.score, suspects) if passes_gate(s, reference)]
    both = [score for score in gated if _both_stand(top, score, reference)]
    margin = top.ranking - reference.model.several.equal_margin
    equal = tuple(s.root for s in gated if s not in both and s.ranking >= margin)
    names = [top.root, *(score.root for score in both)]

    def choice(score: RootScore, equal: tuple[str, ...]) -> Choice:
        concurrent = tuple(name for name in names if name != score.root)
        return Choice(score, equal, concurrent, _beside(score, board), is_second)

    return [choice(top, equal), *(choice(score, ()) for score in both)]


def _beside(score: RootScore, board: Scoreboard) -> tuple[tuple[str, float], ...]:
    """The scores of the neighbours of a root."""
    ranked = ranked_roots(board.reference.model)
    roots = [root for root in neighbours(score.root) if root in ranked]
    return tuple((root, board.score(root).ranking) for root in roots)


def _unexplained(board: Scoreboard, chosen: list[Choice], reference: Reference) -> Scoreboard:
    """Leave out the positive findings that the chosen roots account for."""
    least = reference.model.several.explained
    roots = [choice.score.root for choice in chosen]
    explained = [
        item
        for item in board.items
        if item.is_positive and any(coefficient(item, root, reference) >= least for root in roots)
    ]
    return board.changed(explained, ())


def choose_levels(board: Scoreboard, reference: Reference) -> list[Choice]:
    """The flagged roots of one side, best first. Each limb is a problem of its own."""
    chosen: list[Choice] = []
    limbs: set[str] = set()
    taken: set[str] = set()
    second_score = reference.model.several.second_score
    while True:
        open_roots = [
            score
            for score in map(board.score, board.suspects)
            if score.root not in taken
            and passes_gate(score, reference)
            and (limb_of(score.root, reference) not in limbs or score.ranking >= second_score)
        ]
        if not open_roots:
            return chosen
        top = min(open_roots, key=lambda score: rank(score, reference))
        limb = limb_of(top.root, reference)
        found = _choices(top, board, limb in limbs, reference)
        found = [choice for choice in found if choice.score.root not in taken]
        chosen += found
        limbs.add(limb)
        taken.update(choice.score.root for choice in found)
        taken.update(root for choice in found for root in choice.equal)
        board = _unexplained(board, found, reference)
