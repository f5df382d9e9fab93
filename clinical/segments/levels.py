"""Which roots are flagged: the gate, the neighbours and second levels."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinical.entries import Reference
from clinical.segments.scoring import Point, RootScore, coefficient, neighbours, score_side
from clinical.segments.severity import Item
from clinical.vocabulary import Side


@dataclass(frozen=True)
class Choice:
    """A root that stands out, with the neighbours that it cannot or can be told from."""

    score: RootScore
    equal: tuple[str, ...]
    concurrent: tuple[str, ...]
    neighbour_scores: tuple[tuple[str, float], ...]
    is_second: bool = False


def nerve_key(item: Item, reference: Reference) -> str:
    """The nerve of a muscle as the gate counts nerves: branches of one nerve are one."""
    chain = chain_of(item, reference)
    trunks = reference.model.gate.trunks
    return next((name for name in chain if name not in trunks), chain[-1])


def chain_of(item: Item, reference: Reference) -> tuple[str, ...]:
    """The nerve of a muscle or muscle test, from the trunk outwards."""
    if item.site in reference.muscles:
        return reference.muscles[item.site].nerve_chain
    return reference.model.signs[item.sign].nerve_chain


def gate_muscles(score: RootScore, reference: Reference) -> tuple[Item, ...]:
    """The positive muscles that belong to the root firmly enough."""
    least = reference.model.gate.muscle
    return tuple(
        point.item
        for point in score.positives
        if point.item.group in ("weakness", "palpation") and point.coefficient >= least
    )


def passes_gate(score: RootScore, reference: Reference) -> bool:
    """Two muscles through different nerves, or two kinds of signs, and enough points."""
    gate = reference.model.gate
    if score.ranking < gate.score:
        return False
    muscles = gate_muscles(score, reference)
    least = {"reflex": gate.reflex, "sensory": gate.dermatome, "paraspinal": gate.paraspinal}
    kinds = {
        point.item.group
        for point in score.positives
        if point.coefficient >= least.get(point.item.group, 2.0)
    }
    nerves = {nerve_key(item, reference) for item in muscles}
    return len(nerves) >= 2 or len(kinds) >= 2 or bool(muscles and kinds)


def exclusive_groups(score: RootScore, other: str, reference: Reference) -> int:
    """How many kinds of neurological findings belong to this root and not to the other."""
    model = reference.model

    def is_exclusive(point: Point) -> bool:
        difference = point.coefficient - coefficient(point.item, other, reference)
        is_neurological = model.groups[point.item.group].is_neurological
        return is_neurological and difference >= model.several.exclusive_difference

    return len({point.item.group for point in score.positives if is_exclusive(point)})


def _both_stand(one: RootScore, other: RootScore, reference: Reference) -> bool:
    needed = reference.model.several.exclusive_groups
    return (
        exclusive_groups(one, other.root, reference) >= needed
        and exclusive_groups(other, one.root, reference) >= needed
    )


def _limb_of(root: str, reference: Reference) -> str:
    return next(name for name, roots in reference.model.limbs.items() if root in roots)


def _choices(
    top: RootScore, scores: dict[str, RootScore], is_second: bool, reference: Reference
) -> list[Choice]:
    """The top root, and each neighbour that stands on its own findings."""
    beside = [scores[root] for root in neighbours(top.root) if root in scores]
    gated = [score for score in beside if passes_gate(score, reference)]
    both = [score for score in gated if _both_stand(top, score, reference)]
    margin = top.ranking - reference.model.several.equal_margin
    equal = tuple(s.root for s in gated if s not in both and s.ranking >= margin)
    names = [top.root, *(score.root for score in both)]

    def choice(score: RootScore, equal: tuple[str, ...]) -> Choice:
        concurrent = tuple(name for name in names if name != score.root)
        return Choice(score, equal, concurrent, shown_of(score, scores), is_second)

    return [choice(top, equal), *(choice(score, ()) for score in both)]


def shown_of(score: RootScore, scores: dict[str, RootScore]) -> tuple[tuple[str, float], ...]:
    """The scores of the neighbours of a root."""
    roots = [root for root in neighbours(score.root) if root in scores]
    return tuple((root, scores[root].ranking) for root in roots)


def _unexplained(items: list[Item], chosen: list[Choice], reference: Reference) -> list[Item]:
    """Leave out the positive findings that the chosen roots account for."""
    least = reference.model.several.explained
    roots = [choice.score.root for choice in chosen]
    return [
        item
        for item in items
        if not item.is_positive or all(coefficient(item, root, reference) < least for root in roots)
    ]


def choose_levels(items: Iterable[Item], side: Side, reference: Reference) -> list[Choice]:
    """The flagged roots of one side, best first. Each limb is a problem of its own."""
    remaining = [item for item in items if item.side is side]
    chosen: list[Choice] = []
    limbs: set[str] = set()
    taken: set[str] = set()
    second_score = reference.model.several.second_score
    while True:
        scores = score_side(remaining, side, reference)
        open_roots = [
            score
            for score in scores.values()
            if score.root not in taken
            and passes_gate(score, reference)
            and (_limb_of(score.root, reference) not in limbs or score.ranking >= second_score)
        ]
        if not open_roots:
            return chosen
        top = max(open_roots, key=lambda score: score.ranking)
        limb = _limb_of(top.root, reference)
        found = _choices(top, scores, limb in limbs, reference)
        found = [choice for choice in found if choice.score.root not in taken]
        chosen += found
        limbs.add(limb)
        taken.update(choice.score.root for choice in found)
        taken.update(root for choice in found for root in choice.equal)
        remaining = _unexplained(remaining, found, reference)
