"""What is equal on both sides: deficits, tightness, and tenderness everywhere."""

import functools
from collections.abc import Collection, Iterable, Sequence

from clinical.entries import Reference
from clinical.segments.findings import Finding
from clinical.segments.scoring import coefficients
from clinical.segments.severity import ROUNDING, Item, severity
from clinical.vocabulary import Side

Place = tuple[str, str]


@functools.lru_cache(maxsize=4096)
def is_equal_and_abnormal(finding: Finding, reference: Reference) -> bool:
    """Whether both sides are clearly abnormal without a difference that counts."""
    right, left = finding.value(Side.RIGHT), finding.value(Side.LEFT)
    if right is None or left is None or reference.model.signs[finding.sign].steps:
        return False
    one, other = severity(finding, right, reference), severity(finding, left, reference)
    is_equal = abs(one - other) < reference.model.side.smallest_difference - ROUNDING
    return is_equal and min(one, other) >= reference.model.symmetric.abnormal - ROUNDING


def equal_deficits(findings: Iterable[Finding], reference: Reference) -> tuple[Place, ...]:
    """Sign and site of every weakness, reflex and sensation that is equally reduced.

    Two signs of one kind at one site (touch and pin) are one deficit, and so is a sign without a
    site of its own (vibration at the toe and at the ankle).
    """
    groups, signs = reference.model.groups, reference.model.signs
    found = {
        (group, finding.sign if signs[finding.sign].site == "free" else finding.site): (
            finding.sign,
            finding.site,
        )
        for finding in findings
        if is_equal_and_abnormal(finding, reference)
        and (group := signs[finding.sign].group) in groups
        and groups[group].is_neurological
    }
    return tuple(found.values())


def is_symmetric_deficit(deficits: Collection[Place], reference: Reference) -> bool:
    """Two or more deficits that are equal on both sides."""
    return len(deficits) >= reference.model.symmetric.sites


def is_symmetric_tightness(
    findings: Iterable[Finding], items: Iterable[Item], reference: Reference
) -> bool:
    """Only palpation is abnormal, and equal on both sides."""
    if any(item.is_positive for item in items):
        return False
    signs = reference.model.signs
    return any(
        signs[finding.sign].group == "palpation" and is_equal_and_abnormal(finding, reference)
        for finding in findings
    )


def limbs_of(deficits: Iterable[Place], reference: Reference) -> dict[str, int]:
    """How many equal deficits each limb has; skin named by its nerve belongs to none."""
    counts: dict[str, int] = {}
    for sign, site in deficits:
        roots = coefficients(sign, site, reference)
        if roots:
            root = max(roots, key=lambda name: roots[name])
            limb = next(name for name, own in reference.model.limbs.items() if root in own)
            counts[limb] = counts.get(limb, 0) + 1
    return counts


def bears_on_equality(finding: Finding, reference: Reference) -> bool:
    """Whether the finding is one of those that are equal on both sides or tender."""
    return bool(_tender_sides(finding, reference)) or is_equal_and_abnormal(finding, reference)


def _tender_sides(finding: Finding, reference: Reference) -> tuple[Side, ...]:
    if reference.model.signs[finding.sign].scale != "palpation":
        return ()
    least = reference.model.widespread.clear_tenderness
    return tuple(side for side in Side if (finding.value(side) or 0) >= least)


def _regions_of(finding: Finding, sides: Sequence[Side], reference: Reference) -> set[str]:
    rule = reference.model.widespread
    muscle = reference.muscles.get(finding.site)
    if muscle is None or muscle.region in rule.axial:
        return {"axial"}
    limb = "upper" if muscle.region in rule.upper else "lower"
    return {f"{side} {limb}" for side in sides}


def is_widespread(findings: Sequence[Finding], reference: Reference) -> bool:
    """Clear tenderness in at least four of five regions of the body, mostly on both sides."""
    rule = reference.model.widespread
    regions: set[str] = set()
    both, sites = set(), set()
    for finding in findings:
        sides = _tender_sides(finding, reference)
        if not sides:
            continue
        sites.add(finding.site)
        regions |= _regions_of(finding, sides, reference)
        if len(sides) == 2:
            both.add(finding.site)
    return len(regions) >= rule.regions and len(both) > rule.mostly_symmetric * len(sites)
