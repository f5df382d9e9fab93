"""From two values to one strength of evidence for each side."""

import functools
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from clinical.entries import Reference
from clinical.segment_parameters import SignRule
from clinical.segments.findings import Finding
from clinical.vocabulary import Side

ROUNDING = 1e-9
ONE_MUSCLE_ONE_ITEM = ("palpation", "weakness")


@dataclass(frozen=True, eq=False, slots=True)
class Item:
    """One finding as one side sees it. ``parts`` are the findings that it was made from."""

    finding: Finding
    side: Side
    group: str
    strength: float
    is_normal: bool
    is_unverified: bool
    parts: tuple[Finding, ...]

    @property
    def sign(self) -> str:
        """The sign of the finding."""
        return self.finding.sign

    @property
    def site(self) -> str:
        """The site of the finding."""
        return self.finding.site

    @property
    def is_positive(self) -> bool:
        """Whether the item speaks for this side."""
        return self.strength > 0

    @property
    def is_pain_inhibited(self) -> bool:
        """Whether pain limited the effort on this side."""
        return self.finding.is_pain_inhibited(self.side)


def severity(finding: Finding, value: float, reference: Reference) -> float:
    """How abnormal a value is, from 0 to 1; a straight line between two points of the scale."""
    scale = reference.model.scales[reference.model.signs[finding.sign].scale]
    pairs = itertools.pairwise(scale)
    below, above = next(pair for pair in pairs if pair[0][0] <= value <= pair[1][0])
    share = (value - below[0]) / (above[0] - below[0])
    return below[1] + (above[1] - below[1]) * share


def strength_of_difference(difference: float, reference: Reference) -> float:
    """0 below the smallest difference, 1 from the full difference on."""
    rule = reference.model.side
    if difference < rule.smallest_difference - ROUNDING:
        return 0.0
    return min(1.0, difference / rule.full_difference)


def _measured_strength(lower: float, higher: float, rule: SignRule) -> float:
    """The strength of a measured difference: that of the last step it reaches."""
    difference = higher - lower
    if rule.is_relative:
        difference = difference / higher if higher else 0.0
    reached = [strength for least, strength in rule.steps if difference >= least - ROUNDING]
    return reached[-1] if reached else 0.0


def _measured_items(finding: Finding, reference: Reference) -> tuple[Item, ...]:
    """The lower side counts (colder, weaker, more tender); one side alone says nothing."""
    right, left = finding.value(Side.RIGHT), finding.value(Side.LEFT)
    if right is None or left is None:
        return ()
    rule = reference.model.signs[finding.sign]
    strength = _measured_strength(min(right, left), max(right, left), rule)
    lower = Side.RIGHT if right < left else Side.LEFT
    return tuple(
        Item(
            finding,
            side,
            rule.group,
            strength if side is lower else 0.0,
            is_normal=strength == 0,
            is_unverified=False,
            parts=(finding,),
        )
        for side in Side
    )


def _item(finding: Finding, side: Side, reference: Reference) -> Item | None:
    value, other = finding.value(side), finding.value(side.other)
    if value is None:
        return None
    model = reference.model
    rule = model.signs[finding.sign]
    own = severity(finding, value, reference)
    beside = 0.0 if other is None else severity(finding, other, reference)
    strength = rule.weight * strength_of_difference(own - beside, reference)
    strength *= model.side.other_side_untested if other is None else 1.0
    strength *= model.side.pain_inhibited if finding.is_pain_inhibited(side) else 1.0
    return Item(
        finding=finding,
        side=side,
        group=rule.group,
        strength=strength,
        is_normal=strength == 0 and own < model.side.normal_below,
        is_unverified=other is None,
        parts=(finding,),
    )


@functools.lru_cache(maxsize=4096)
def items_of_finding(finding: Finding, reference: Reference) -> tuple[Item, ...]:
    """The items of one finding, right before left; a side that was not tested has none."""
    if reference.model.signs[finding.sign].steps:
        return _measured_items(finding, reference)
    return tuple(item for side in Side if (item := _item(finding, side, reference)))


def _is_graded_higher(item: Item, reference: Reference) -> bool:
    """Whether a graded sign is at least a little more abnormal on the side of the item."""
    finding, rule = item.finding, reference.model.signs[item.sign]
    own, other = finding.value(item.side), finding.value(item.side.other)
    if rule.supports or rule.steps or own is None or other is None:
        return False
    return severity(finding, own, reference) > severity(finding, other, reference)


@functools.lru_cache(maxsize=4096)
def merged(same: tuple[Item, ...], reference: Reference) -> Item:
    """The signs of one muscle are one item: the strongest of them.

    A supporting sign (a taut band, the familiar pain) is half an argument alone, and makes any
    higher grade of the same muscle a full one.
    """
    signs = reference.model.signs
    strongest = max(same, key=lambda item: (item.strength, signs[item.sign].has_negative))
    is_supported = any(item.is_positive and signs[item.sign].supports for item in same)
    if is_supported and any(_is_graded_higher(item, reference) for item in same):
        strongest = replace(strongest, strength=1.0)
    return replace(
        strongest,
        is_normal=all(item.is_normal for item in same),
        parts=tuple(item.finding for item in same),
    )


def items_of(findings: Iterable[Finding], reference: Reference) -> tuple[Item, ...]:
    """All items, for both sides. The findings must be checked and sorted."""
    found: list[Item] = []
    muscles: dict[object, tuple[Item, ...]] = {}
    for finding in findings:
        for item in items_of_finding(finding, reference):
            if item.group in ONE_MUSCLE_ONE_ITEM and finding.site in reference.muscles:
                muscle = (item.group, finding.site, item.side)
                muscles[muscle] = (*muscles.get(muscle, ()), item)
            else:
                found.append(item)
    same = muscles.values()
    return (*found, *(i[0] if len(i) == 1 else merged(i, reference) for i in same))
