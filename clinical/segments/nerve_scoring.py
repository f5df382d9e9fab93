"""Evidence points of the peripheral nerves of one side."""

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass

from clinical.entries import Reference
from clinical.segments.nerve_supply import nerves_at, place_in
from clinical.segments.scoring import (
    Point,
    Scoreboard,
    capped,
    capped_negatives,
    coefficients,
    is_strong,
    raw_points,
    shrunk,
)
from clinical.segments.severity import Item
from clinical.vocabulary import ROOTS, Side

COUNTS_WHEN_NORMAL = ("palpation", "sensory", "reflex")


@dataclass(frozen=True, eq=False)
class NerveScore:
    """A nerve on one side with what speaks for it, and the muscles of its roots that are spared.

    ``roots`` are those to which its findings belong firmly.
    ``heard`` are the normal findings without any one of which the answer could be another.
    """

    nerve: str
    depth: int
    side: Side
    score: float
    positives: tuple[Point, ...]
    roots: frozenset[str]
    normal_muscles: tuple[Item, ...]
    spared: tuple[Item, ...]
    heard: tuple[Item, ...]

    @property
    def weak_muscles(self) -> int:
        """How many muscles of the nerve are weak."""
        return sum(_is_weak(point.item) for point in self.positives)

    @property
    def has_own_sign(self) -> bool:
        """Whether a Tinel sign or the skin of the nerve itself speaks for it."""
        return any(_is_own_sign(point.item) for point in self.positives)


def is_inside(item: Item, nerve: str, reference: Reference) -> bool:
    """Whether damage of the nerve would explain the finding."""
    return nerve in nerves_at(item.sign, item.site, reference)


def _points(item: Item, reference: Reference) -> Point:
    model = reference.model
    rule = model.nerves
    if item.group == "nerve":
        return Point(item, 1.0, rule.tinel_points * item.strength)
    if item.group == "sensory" and item.site not in ROOTS and item.is_positive:
        return Point(item, 1.0, rule.cutaneous_points * item.strength)
    weight = {"weakness": 1.0, "palpation": rule.palpation, "reflex": rule.reflex}
    coefficient = weight.get(item.group, rule.sensory)
    return Point(item, coefficient, raw_points(item, coefficient, model))


def _is_gated(items: Iterable[Item], nerve: str, strong: int, reference: Reference) -> bool:
    """Two weak muscles, or two of: a weak muscle, its skin, a Tinel sign.

    A skin nerve has no muscle: beside its skin the Tinel sign, a second skin sign, or the strong
    muscles of the limb must be there. A nerve of one muscle asks for clear weakness, and later for
    many strong muscles around it.
    """
    known, rule = tuple(items), reference.model.nerves
    weak = sum(map(_is_weak, known))
    is_clear = any(item.group == "weakness" and item.strength == 1 for item in known)
    skin = sum(item.group == "sensory" for item in known)
    has_tinel = any(item.group == "nerve" for item in known)
    if nerve in rule.purely_sensory:
        named = sum(_is_named_skin(item) for item in known)
        return (skin > 0 and has_tinel) or named > 1 or (named > 0 and strong >= rule.typical)
    if nerve in rule.single:
        return is_clear
    return weak >= rule.typical or (weak > 0) + (skin > 0) + has_tinel >= 2


@functools.lru_cache(maxsize=1024)
def _firm_roots(sign: str, site: str, reference: Reference) -> frozenset[str]:
    """The roots to which a finding belongs firmly."""
    least = reference.model.nerves.spared_weight
    weights = coefficients(sign, site, reference)
    return frozenset(root for root, weight in weights.items() if weight >= least)


def _territory(items: Iterable[Item], reference: Reference) -> frozenset[str]:
    """The roots to which the findings inside the nerve belong."""
    kinds = (item for item in items if item.group in ("weakness", "sensory"))
    return frozenset().union(*(_firm_roots(i.sign, i.site, reference) for i in kinds))


def _normal_muscles(board: Scoreboard, nerve: str, found: Iterable[Item]) -> tuple[Item, ...]:
    """The strong muscles that the nerve supplies from its first weak muscle outwards."""
    known = board.reference
    weak = [place_in(nerve, item.site, known) for item in found if item.group == "weakness"]
    first = min(weak, default=place_in(nerve, "", known))
    inside = (item for item in board.inside(nerve) if is_strong(item, known))
    return tuple(item for item in inside if place_in(nerve, item.site, known) >= first)


def _spared(
    board: Scoreboard, nerve: str, normal: tuple[Item, ...], territory: frozenset[str]
) -> tuple[Item, ...]:
    """The other strong muscles that belong firmly to the same roots.

    A trunk carries so much that only muscles quite outside of it count.
    """
    known = board.reference
    is_trunk, counted = nerve in known.model.gate.trunks, set(normal)
    return tuple(
        item
        for item in board.strong
        if item not in counted
        and not (is_trunk and is_inside(item, nerve, known))
        and not territory.isdisjoint(_firm_roots(item.sign, item.site, known))
    )


def score_nerve(board: Scoreboard, nerve: str, depth: int) -> NerveScore | None:
    """The points of a nerve, or None when too little speaks for it.

    A reflex counts only beside two weak muscles, or beside the nerve's own skin or Tinel sign;
    beside one weak muscle alone it is the picture of a root.
    """
    known = board.reference
    rule, model = known.model.nerves, known.model
    inside = board.inside(nerve)
    found = [item for item in inside if item.is_positive]
    if not _is_gated(found, nerve, len(board.strong), known):
        return None
    normal = _normal_muscles(board, nerve, found)
    roots = _territory(found, known)
    spared = _spared(board, nerve, normal, roots)
    if nerve in rule.single and len(spared) < rule.spared_single:
        return None
    is_typical = sum(map(_is_weak, found)) >= rule.typical
    has_arc = is_typical or any(map(_is_own_sign, found))
    points = [_points(item, known) for item in found if has_arc or item.group != "reflex"]
    direct = [point for point in points if _is_own_sign(point.item)]
    positives = (*shrunk((point for point in points if point not in direct), model), *direct)
    quiet = [_points(item, known) for item in inside if _speaks_against(item, nerve, known)]
    score = math.fsum(point.points for point in positives) + capped_negatives(quiet, model)
    score += max(rule.normal_muscles_cap, rule.normal_muscle * len(normal))
    around = board.strong if nerve in rule.purely_sensory else spared
    heard = _heard(normal, tuple(around), quiet, known)
    return NerveScore(nerve, depth, board.side, score, positives, roots, normal, spared, heard)


def _speaks_against(item: Item, nerve: str, reference: Reference) -> bool:
    """Whether a normal finding says that the nerve is well."""
    is_before = item.site != nerve and item.site in reference.model.nerves.leaves_early
    return item.is_normal and item.group in COUNTS_WHEN_NORMAL and not is_before


def _heard(
    normal: tuple[Item, ...], around: tuple[Item, ...], quiet: list[Point], reference: Reference
) -> tuple[Item, ...]:
    """The normal findings that are not so many that one more or less would change nothing."""
    rule, model = reference.model.nerves, reference.model
    is_capped = rule.normal_muscle * (len(normal) - 1) <= rule.normal_muscles_cap
    are_many = len(around) > max(rule.spared, rule.spared_single, rule.typical)
    groups: dict[str, list[Point]] = {}
    for point in sorted(quiet, key=lambda point: point.points):
        groups.setdefault(point.item.group, []).append(point)
    open_groups = [
        points
        for group, points in groups.items()
        if capped((p.points for p in points[1:]), (cap := model.groups[group].negative_cap), model)
        > cap
    ]
    return (
        *(() if is_capped else normal),
        *(() if are_many else around),
        *(point.item for points in open_groups for point in points),
    )


def _is_weak(item: Item) -> bool:
    """Weakness that pain does not explain."""
    return item.group == "weakness" and not item.is_pain_inhibited


def _is_named_skin(item: Item) -> bool:
    return item.group == "sensory" and item.site not in ROOTS


def _is_own_sign(item: Item) -> bool:
    """A Tinel sign, or skin that was named by its nerve."""
    return item.group == "nerve" or _is_named_skin(item)
