"""Evidence points of one root on one side."""

import functools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clinical.entries import Muscle, Reference
from clinical.segment_parameters import SegmentModel
from clinical.segments.severity import Item
from clinical.vocabulary import ROOTS, Side


@dataclass(frozen=True)
class Point:
    """What one item is worth for one root, after the shrinking of its group."""

    item: Item
    coefficient: float
    points: float


@dataclass(frozen=True)
class RootScore:
    """A root on one side. ``ranking`` orders roots, ``label`` chooses the word."""

    root: str
    side: Side
    ranking: float
    label: float
    positives: tuple[Point, ...]
    negatives: tuple[Point, ...]


def ranked_roots(model: SegmentModel) -> tuple[str, ...]:
    """The roots that may be flagged, from above."""
    return ROOTS[ROOTS.index(model.roots.first) : ROOTS.index(model.roots.last) + 1]


def neighbours(root: str) -> tuple[str, ...]:
    """The roots one above and one below."""
    place = ROOTS.index(root)
    return tuple(ROOTS[i] for i in (place - 1, place + 1) if 0 <= i < len(ROOTS))


def muscle_coefficient(muscle: Muscle, root: str, model: SegmentModel) -> float:
    """How firmly a muscle belongs to a root; muscles of many roots belong loosely."""
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


def raw_points(item: Item, weight: float, model: SegmentModel) -> float:
    """Natural log of the likelihood ratio: above 0 for a positive, below 0 for a normal item."""
    group, sign = model.groups[item.group], model.signs[item.sign]
    sensitivity = group.sensitivity if sign.sensitivity is None else sign.sensitivity
    false_positive = group.false_positive if sign.false_positive is None else sign.false_positive
    expected = false_positive + weight * (sensitivity - false_positive)
    if item.is_positive:
        return item.strength * math.log(expected / false_positive)
    if item.is_normal and group.has_negative:
        return math.log((1 - expected) / (1 - false_positive))
    return 0.0


def shrunk(points: Iterable[Point], model: SegmentModel) -> tuple[Point, ...]:
    """The points of each group, largest first, each next one counting less."""
    factors = model.adding.shrink
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in sorted(points, key=_by_size):
        groups[point.item.group].append(point)
    return tuple(
        Point(p.item, p.coefficient, p.points * factors[min(place, len(factors) - 1)])
        for group in model.groups
        for place, p in enumerate(groups.get(group, ()))
    )


def _by_size(point: Point) -> tuple[float, str, str]:
    return (-abs(point.points), point.item.sign, point.item.site)


def _sums(points: Iterable[Point]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for point in points:
        sums[point.item.group] += point.points
    return sums


def score_root(
    weighed: Iterable[tuple[Item, float]], root: str, side: Side, model: SegmentModel
) -> RootScore:
    """Add up one root. Negatives are always capped, positives only for the label."""
    points = [Point(item, weight, raw_points(item, weight, model)) for item, weight in weighed]
    positives = shrunk((point for point in points if point.points > 0), model)
    negatives = shrunk((point for point in points if point.points < 0), model)
    base = model.prior.points if root in model.prior.roots else 0.0
    base += sum(max(model.groups[g].negative_cap, s) for g, s in _sums(negatives).items())
    groups = _sums(positives)
    capped = sum(min(model.groups[g].positive_cap, s) for g, s in groups.items())
    return RootScore(root, side, base + sum(groups.values()), base + capped, positives, negatives)


def score_side(items: Iterable[Item], side: Side, reference: Reference) -> dict[str, RootScore]:
    """Every ranked root of a side."""
    model = reference.model
    weighed: dict[str, list[tuple[Item, float]]] = {root: [] for root in ranked_roots(model)}
    for item in items:
        if item.side is side:
            for root, weight in coefficients(item.sign, item.site, reference).items():
                weighed[root].append((item, weight))
    return {root: score_root(pairs, root, side, model) for root, pairs in weighed.items()}
