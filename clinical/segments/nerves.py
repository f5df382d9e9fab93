"""The competing explanation: one peripheral nerve."""

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clinical.entries import Reference
from clinical.segments.levels import chain_of
from clinical.segments.scoring import Point, RootScore, coefficient, raw_points, shrunk
from clinical.segments.severity import Item
from clinical.vocabulary import Side


class Verdict(StrEnum):
    """What the comparison of a nerve with the best root says."""

    NERVE = "nerve"
    UNCLEAR = "unclear"
    SECOND = "second"


@dataclass(frozen=True)
class NerveScore:
    """A nerve on one side with what speaks for it."""

    nerve: str
    depth: int
    side: Side
    score: float
    positives: tuple[Point, ...]
    normal_muscles: tuple[Item, ...]


@dataclass(frozen=True)
class NerveChoice:
    """A nerve that could explain the findings, and the root it competes with."""

    score: NerveScore
    verdict: Verdict
    root: RootScore | None
    same_score: tuple[str, ...]


@functools.lru_cache(maxsize=8)
def nerves_of(reference: Reference) -> dict[str, int]:
    """Every single nerve with its distance from the trunk."""
    rule = reference.model.nerves
    depths = dict.fromkeys(rule.purely_sensory, 0)
    for muscle in reference.muscles.values():
        for depth, name in enumerate(muscle.nerve_chain):
            if name not in rule.not_single:
                depths[name] = depth
    return depths


def is_inside(item: Item, nerve: str, reference: Reference) -> bool:
    """Whether the nerve supplies the muscle or the skin of the finding."""
    if item.group in ("weakness", "palpation"):
        return nerve in chain_of(item, reference)
    is_area = nerve in reference.model.nerves.points.get(item.site, ())
    return item.group in ("sensory", "nerve") and (item.site == nerve or is_area)


def _points(item: Item, nerve: str, reference: Reference) -> Point:
    model = reference.model
    rule = model.nerves
    if item.group == "nerve":
        return Point(item, 1.0, rule.tinel_points * item.strength)
    if item.group == "sensory" and item.site == nerve:
        return Point(item, 1.0, rule.cutaneous_points * item.strength)
    weight = {"weakness": 1.0, "palpation": rule.palpation}.get(item.group, rule.sensory)
    return Point(item, weight, raw_points(item, weight, model))


def _is_gated(points: Iterable[Point], nerve: str, reference: Reference) -> bool:
    """Two weak muscles, or one and its skin or Tinel; a skin nerve needs skin and Tinel."""
    items = [point.item for point in points]
    weak = sum(item.group == "weakness" for item in items)
    has_skin = any(item.group == "sensory" for item in items)
    has_tinel = any(item.group == "nerve" for item in items)
    if nerve in reference.model.nerves.purely_sensory:
        return has_skin and has_tinel
    return weak >= 2 or (weak == 1 and (has_skin or has_tinel))


def score_nerve(
    items: Iterable[Item], nerve: str, depth: int, side: Side, reference: Reference
) -> NerveScore | None:
    """The points of a nerve, or None when too little speaks for it."""
    rule = reference.model.nerves
    inside = [i for i in items if i.side is side and is_inside(i, nerve, reference)]
    points = [_points(item, nerve, reference) for item in inside if item.is_positive]
    if not _is_gated(points, nerve, reference):
        return None
    direct = [p for p in points if p.item.group == "nerve" or p.item.site == nerve]
    adding = shrunk((point for point in points if point not in direct), reference.model)
    normal = tuple(i for i in inside if i.group == "weakness" and i.is_normal)
    positives = (*adding, *direct)
    score = math.fsum(point.points for point in positives)
    score += max(rule.normal_muscles_cap, rule.normal_muscle * len(normal))
    return NerveScore(nerve, depth, side, score, positives, normal)


def _best_root(
    score: NerveScore, roots: dict[str, RootScore], reference: Reference
) -> RootScore | None:
    shared = [
        root
        for name, root in roots.items()
        if any(coefficient(point.item, name, reference) > 0 for point in score.positives)
    ]
    return max(shared, key=lambda root: root.ranking, default=None)


def _nothing_outside(score: NerveScore, root: RootScore, reference: Reference) -> bool:
    """Whether every sign of the root also lies in the nerve, without reflex and spine."""
    kinds = ("weakness", "palpation", "sensory", "reflex", "paraspinal")
    signs = [point.item for point in root.positives if point.item.group in kinds]
    return all(is_inside(item, score.nerve, reference) for item in signs)


def verdict_of(score: NerveScore, root: RootScore | None, reference: Reference) -> Verdict:
    """Nerve, cannot be separated, or second to the root."""
    rule = reference.model.nerves
    margin = score.score - (root.ranking if root else 0.0)
    if margin >= rule.wins_by:
        return Verdict.NERVE
    if root and abs(margin) < rule.unclear_within and _nothing_outside(score, root, reference):
        return Verdict.UNCLEAR
    return Verdict.SECOND


def _suspects(items: Iterable[Item], reference: Reference) -> set[str]:
    """The nerves in which anything at all is positive."""
    points = reference.model.nerves.points
    names: set[str] = set()
    for item in items:
        if item.is_positive and item.group == "weakness":
            names.update(chain_of(item, reference))
        elif item.is_positive and item.group in ("sensory", "nerve"):
            names.update(points.get(item.site, ()), (item.site,))
    return names


def choose_nerves(
    items: Iterable[Item], side: Side, roots: dict[str, RootScore], reference: Reference
) -> list[NerveChoice]:
    """The nerves that could explain findings of one side; no finding is used twice."""
    own = [item for item in items if item.side is side]
    suspects = _suspects(own, reference)
    scored = [
        score_nerve(own, name, depth, side, reference)
        for name, depth in nerves_of(reference).items()
        if name in suspects
    ]
    found = sorted(filter(None, scored), key=lambda s: (-round(s.score, 9), -s.depth, s.nerve))
    chosen: list[NerveChoice] = []
    used: set[Item] = set()
    for score in found:
        mine = {point.item for point in score.positives}
        if used & mine:
            continue
        used |= mine
        root = _best_root(score, roots, reference)
        same = [
            s.nerve
            for s in found
            if s is not score and {p.item for p in s.positives} == mine and s.score == score.score
        ]
        chosen.append(NerveChoice(score, verdict_of(score, root, reference), root, tuple(same)))
    return chosen
