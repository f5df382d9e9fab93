"""From two values to one strength of evidence for each side."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from clinical.entries import Reference
from clinical.segments.findings import Finding
from clinical.vocabulary import Side

ROUNDING = 1e-9


@dataclass(frozen=True)
class Item:
    """One finding as one side sees it."""

    finding: Finding
    side: Side
    group: str
    strength: float
    is_normal: bool
    is_unverified: bool = False
    parts: tuple[Finding, ...] = field(default=())

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


def _temperature_items(finding: Finding, reference: Reference) -> list[Item]:
    """The colder side; one side alone says nothing."""
    right, left = finding.value(Side.RIGHT), finding.value(Side.LEFT)
    if right is None or left is None:
        return []
    rule = reference.model.side
    difference = abs(right - left)
    if difference < rule.temperature_half - ROUNDING:
        return []
    strength = 1.0 if difference >= rule.temperature_full - ROUNDING else 0.5
    colder = Side.RIGHT if right < left else Side.LEFT
    return [Item(finding, colder, "temperature", strength, is_normal=False, parts=(finding,))]


def _item(finding: Finding, side: Side, reference: Reference) -> Item | None:
    value, other = finding.value(side), finding.value(side.other)
    if value is None:
        return None
    model = reference.model
    own = severity(finding, value, reference)
    beside = 0.0 if other is None else severity(finding, other, reference)
    strength = strength_of_difference(own - beside, reference)
    strength *= model.side.other_side_untested if other is None else 1.0
    strength *= model.side.pain_inhibited if finding.is_pain_inhibited(side) else 1.0
    return Item(
        finding=finding,
        side=side,
        group=model.signs[finding.sign].group,
        strength=strength,
        is_normal=strength == 0 and own < model.side.normal_below,
        is_unverified=other is None,
        parts=(finding,),
    )


def _merged(items: list[Item]) -> Item:
    """Tone and tenderness of one muscle are one item: the stronger one."""
    strongest = max(items, key=lambda item: item.strength)
    return replace(
        strongest,
        is_normal=not strongest.is_positive and all(item.is_normal for item in items),
        parts=tuple(item.finding for item in items),
    )


def items_of(findings: Iterable[Finding], reference: Reference) -> tuple[Item, ...]:
    """All items, for both sides. The findings must be checked and sorted."""
    items: list[Item] = []
    palpated: dict[tuple[str, Side], list[Item]] = defaultdict(list)
    for finding in findings:
        if reference.model.signs[finding.sign].group == "temperature":
            items.extend(_temperature_items(finding, reference))
            continue
        for side in Side:
            item = _item(finding, side, reference)
            if item is None:
                continue
            if item.group == "palpation":
                palpated[item.site, side].append(item)
            else:
                items.append(item)
    return (*items, *(_merged(same_muscle) for same_muscle in palpated.values()))
