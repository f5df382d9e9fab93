"""Evidence points of the roots of one side."""

import functools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from clinical.entries import Muscle, Reference
from clinical.segment_parameters import SegmentModel
from clinical.segments.nerve_supply import nerves_at
from clinical.segments.severity import Item
from clinical.vocabulary import ROOTS, Side


class Point(NamedTuple):
    """What one item is worth for one root, after the shrinking of its group."""

    item: Item
    coefficient: float
    points: float


@dataclass(frozen=True, eq=False)
class RootScore:
    """A root on one side. ``ranking`` orders roots, ``label`` chooses the word."""

    root: str
    side: Side
    ranking: float
    label: float
    positives: tuple[Point, ...]
    normal: tuple[Point, ...]
    model: SegmentModel

    @functools.cached_property
    def negatives(self) -> tuple[Point, ...]:
        """What the normal findings take away, before the caps."""
        return shrunk(self.normal, self.model)


@functools.lru_cache(maxsize=8)
def ranked_roots(model: SegmentModel) -> tuple[str, ...]:
    """The roots that may be flagged, from above."""
    return ROOTS[ROOTS.index(model.roots.first) : ROOTS.index(model.roots.last) + 1]


@functools.cache
def neighbours(root: str) -> tuple[str, ...]:
    """The roots one above and one below."""
    place = ROOTS.index(root)
    return tuple(ROOTS[i] for i in (place - 1, place + 1) if 0 <= i < len(ROOTS))


def muscle_coefficient(muscle: Muscle, root: str, model: SegmentModel) -> float:
    """How firmly a muscle belongs to a root; muscles of many roots belong loosely."""
    known = model.weights.muscles.get(muscle.id)
    if known is not None:
        return known.get(root, 0.0)
    rule = model.coefficients
    if root in muscle.roots_major:
        is_broad = len(muscle.roots_major) > rule.many_majors_above
        return rule.many_majors if is_broad else rule.major
    return rule.minor if root in muscle.roots_minor else 0.0


def _beside(site: str, root: str, own: float, neighbour: float) -> float:
    if site == root:
        return own
    return neighbour if site in neighbours(root) else 0.0


@functools.lru_cache(maxsize=4096)
def coefficients(sign: str, site: str, reference: Reference) -> Mapping[str, float]:
    """How firmly a sign at a site belongs to each ranked root, from 0 to 1; zeros left out."""
    roots = ranked_roots(reference.model)
    weights = {root: _coefficient(sign, site, root, reference) for root in roots}
    return MappingProxyType({root: weight for root, weight in weights.items() if weight > 0})


def coefficient(item: Item, root: str, reference: Reference) -> float:
    """How firmly a finding belongs to a root, from 0 to 1."""
    return coefficients(item.sign, item.site, reference).get(root, 0.0)


def _coefficient(sign: str, site: str, root: str, reference: Reference) -> float:
    model = reference.model
    rule = model.coefficients
    match model.signs[sign].site:
        case "muscle":
            return muscle_coefficient(reference.muscles[site], root, model)
        case "reflex":
            weight = reference.levels[root].reflexes.get(site, 0.0)
            return weight if weight >= rule.smallest_reflex else 0.0
        case "skin_point":
            return _beside(site, root, rule.dermatome, rule.dermatome_neighbour)
        case "level":
            return _beside(site, root, rule.paraspinal, rule.paraspinal_neighbour)
        case "skin_area":
            return _skin_area(sign, site, root, model)
        case _:
            return model.signs[sign].roots.get(root, 0.0)


def _skin_area(sign: str, site: str, root: str, model: SegmentModel) -> float:
    rule = model.coefficients
    if site in model.regions:
        return rule.limb if root in model.regions[site] else 0.0
    if model.signs[sign].group == "temperature":
        return rule.limb if site == root else 0.0
    return _beside(site, root, rule.skin, rule.skin_neighbour)


@functools.lru_cache(maxsize=4096)
def log_ratios(sign: str, weight: float, model: SegmentModel) -> tuple[float, float]:
    """Natural log of the likelihood ratio of a positive and of a normal finding."""
    rule = model.signs[sign]
    group = model.groups[rule.group]
    sensitivity = group.sensitivity if rule.sensitivity is None else rule.sensitivity
    false_positive = group.false_positive if rule.false_positive is None else rule.false_positive
    expected = false_positive + weight * (sensitivity - false_positive)
    has_negative = group.has_negative and rule.has_negative
    negative = math.log((1 - expected) / (1 - false_positive)) if has_negative else 0.0
    return math.log(expected / false_positive), negative


def raw_points(item: Item, weight: float, model: SegmentModel) -> float:
    """Above 0 for a positive, below 0 for a normal item, 0 for an abnormal one without a side."""
    positive, negative = log_ratios(item.sign, weight, model)
    if item.is_positive:
        return item.strength * positive
    return negative if item.is_normal else 0.0


@functools.lru_cache(maxsize=8192)
def points_of(item: Item, reference: Reference) -> tuple[tuple[str, Point], ...]:
    """What an item is worth for each root that it touches, before the shrinking.

    A muscle that a root often leaves alone says less when it is normal than when it is not.
    """
    model = reference.model
    if item.group not in model.groups:
        return ()
    weights = coefficients(item.sign, item.site, reference)
    if not item.is_positive:
        weights = model.weights.normal.get(item.site, weights)
    return tuple(
        (root, Point(item, weight, points))
        for root, weight in weights.items()
        if (points := raw_points(item, weight, model))
    )


def _by_size(point: Point) -> tuple[float, str, str]:
    return (-abs(point.points), point.item.sign, point.item.site)


def shrunk(points: Iterable[Point], model: SegmentModel) -> tuple[Point, ...]:
    """Sorted by size inside each group, and each next one multiplied down."""
    factors = model.adding.shrink
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in sorted(points, key=_by_size):
        groups[point.item.group].append(point)
    return tuple(
        Point(p.item, p.coefficient, p.points * factors[min(place, len(factors) - 1)])
        for group in model.groups
        for place, p in enumerate(groups.get(group, ()))
    )


def _sums(points: Iterable[Point]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for point in points:
        sums[point.item.group] += point.points
    return sums


def capped_negatives(points: Iterable[Point], model: SegmentModel) -> float:
    """The sum of negative points, shrunk inside each group and each group down to its cap."""
    groups: dict[str, list[float]] = defaultdict(list)
    for point in points:
        groups[point.item.group].append(point.points)
    return sum(capped(values, model.groups[g].negative_cap, model) for g, values in groups.items())


def capped(values: Iterable[float], cap: float, model: SegmentModel) -> float:
    """The negative points of one group, shrunk, down to the cap."""
    factors = model.adding.shrink
    total = 0.0
    for place, value in enumerate(sorted(values)):
        total += value * factors[min(place, len(factors) - 1)]
        if total <= cap:
            return cap
    return total


def _is_segmental(positives: Iterable[Point], reference: Reference) -> bool:
    """Tender or tight muscles of the root, and its own muscles beside the spine.

    The front and the back branch of one root speak together (GUNN1996): sensitised, not weak.
    """
    model, known = reference.model, tuple(positives)
    firm = [p for p in known if p.coefficient >= model.gate.firm_muscle]
    muscles = sum(point.item.group == "palpation" for point in firm)
    own = model.coefficients.paraspinal
    has_spine = any(p.item.group == "paraspinal" and p.coefficient >= own for p in known)
    return has_spine and muscles >= model.gate.segmental_muscles


def _negatives(normal: Iterable[Point], positives: Iterable[Point], reference: Reference) -> float:
    """What the normal findings take away: of a segmental picture normal neurology takes little."""
    model, known = reference.model, tuple(normal)
    if not _is_segmental(positives, reference):
        return capped_negatives(known, model)
    groups = model.groups
    nerves = [point for point in known if groups[point.item.group].is_neurological]
    other = [point for point in known if not groups[point.item.group].is_neurological]
    limit = model.gate.normal_neurology
    return max(capped_negatives(nerves, model), limit) + capped_negatives(other, model)


def score_root(points: Iterable[Point], root: str, side: Side, reference: Reference) -> RootScore:
    """Add up one root. Negatives are always capped, positives only for the label."""
    known, model = tuple(points), reference.model
    positives = shrunk((point for point in known if point.points > 0), model)
    normal = tuple(point for point in known if point.points < 0)
    base = model.prior.points.get(root, 0.0) + _negatives(normal, positives, reference)
    groups = _sums(positives)
    label = base + sum(min(model.groups[g].positive_cap, s) for g, s in groups.items())
    return RootScore(root, side, base + sum(groups.values()), label, positives, normal, model)


def is_strong(item: Item, reference: Reference) -> bool:
    """Whether a muscle was tested and is strong."""
    is_normal = item.is_normal and item.group == "weakness"
    return is_normal and reference.model.signs[item.finding.sign].has_negative


class Scoreboard:
    """The items of one side with the score of each root, worked out when it is asked for."""

    def __init__(self, items: Iterable[Item], side: Side, reference: Reference) -> None:
        self.items: Sequence[Item] = tuple(item for item in items if item.side is side)
        self.side, self.reference = side, reference
        self._points: dict[str, list[Point]] = defaultdict(list)
        self._scores: dict[str, RootScore] = {}
        for item in self.items:
            self._add(item)

    def changed(self, old: Sequence[Item], new: Sequence[Item]) -> "Scoreboard":
        """The same board with other items in the place of the old ones."""
        board = Scoreboard((), self.side, self.reference)
        board.items = (*(item for item in self.items if item not in old), *new)
        board._points, board._scores = self._points.copy(), self._scores.copy()
        for root in self._touched(old) | self._touched(new):
            board._points[root] = [p for p in self._points[root] if p.item not in old]
            board._scores.pop(root, None)
        for item in new:
            board._add(item)
        return board

    def is_moved_by(self, item: Item) -> bool:
        """Whether leaving the item out would move the score of a suspect root.

        A positive one always does; a normal one only where the cap of its group is not reached.
        """
        suspects = self._touched([item]).intersection(self.suspects)
        return item.is_positive or any(self._is_under_cap(item, root) for root in suspects)

    def _is_under_cap(self, item: Item, root: str) -> bool:
        """Whether the normal findings of the group, this one too, do not reach their cap."""
        model = self.reference.model
        group = [p for p in self._points[root] if p.points < 0 and p.item.group == item.group]
        rest = [point.points for point in group if point.item is not item]
        cap = model.groups[item.group].negative_cap
        return len(rest) < len(group) and not (rest and capped(rest, cap, model) == cap)

    def _touched(self, items: Iterable[Item]) -> set[str]:
        return {root for item in items for root, _ in points_of(item, self.reference)}

    def _add(self, item: Item) -> None:
        for root, point in points_of(item, self.reference):
            self._points[root].append(point)

    def groups_for(self, root: str) -> set[str]:
        """The groups of signs that speak for a ranked root, without adding up the root."""
        return {point.item.group for point in self._points.get(root, ()) if point.points > 0}

    @functools.cached_property
    def suspects(self) -> tuple[str, ...]:
        """The ranked roots for which anything speaks, from above."""
        found = self._points
        roots = ranked_roots(self.reference.model)
        return tuple(r for r in roots if any(p.points > 0 for p in found.get(r, ())))

    @functools.cached_property
    def _by_nerve(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            for nerve in nerves_at(item.finding.sign, item.finding.site, self.reference):
                found[nerve].append(item)
        return found

    def inside(self, nerve: str) -> list[Item]:
        """The items that damage of a nerve would explain."""
        return self._by_nerve.get(nerve, [])

    @functools.cached_property
    def strong(self) -> list[Item]:
        """The muscles that were tested and are strong."""
        return [item for item in self.items if is_strong(item, self.reference)]

    def score(self, root: str) -> RootScore:
        """The points of a ranked root."""
        if root not in self._scores:
            points = self._points.get(root, ())
            self._scores[root] = score_root(points, root, self.side, self.reference)
        return self._scores[root]

    def scores(self) -> dict[str, RootScore]:
        """Every ranked root."""
        return {root: self.score(root) for root in ranked_roots(self.reference.model)}
