"""What the examination found: one finding is one sign at one site, right and left."""

import functools
import operator
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from clinical.entries import Reference
from clinical.vocabulary import ROOTS, Side

Value = float | int | bool | Decimal

# A value of its own: a side on which a sign was not looked for. It is never normal.
NOT_TESTED: Final = None
# Signs that are kept and shown but are no argument about a segment.
RECORDED = "recorded"


class FindingError(ValueError):
    """A finding that the reference data does not know or that lies outside its scale."""


@dataclass(frozen=True)
class Finding:
    """One sign at one site. ``NOT_TESTED`` is a value of its own and never normal.

    ``site`` is a muscle id, a reflex name, a root, a region or a nerve, as the sign asks.
    The side of a provocation test (also of a crossed one) is the side that hurts.
    """

    sign: str
    site: str = ""
    right: Value | None = NOT_TESTED
    left: Value | None = NOT_TESTED
    pain_inhibited_right: bool = False
    pain_inhibited_left: bool = False

    def value(self, side: Side) -> float | None:
        """The number found on a side, or None when it was not tested."""
        value = self.right if side is Side.RIGHT else self.left
        return None if value is None else float(value)

    def is_pain_inhibited(self, side: Side) -> bool:
        """Whether pain limited the strength on that side."""
        return self.pain_inhibited_right if side is Side.RIGHT else self.pain_inhibited_left

    @property
    def is_tested(self) -> bool:
        """Whether at least one side was tested."""
        return self.right is not None or self.left is not None

    def swapped(self) -> "Finding":
        """The mirror image."""
        return replace(
            self,
            right=self.left,
            left=self.right,
            pain_inhibited_right=self.pain_inhibited_left,
            pain_inhibited_left=self.pain_inhibited_right,
        )


@dataclass(frozen=True)
class Context:
    """What the history says. ``red_flags`` are sentences, shown first and unchanged."""

    red_flags: tuple[str, ...] = ()
    has_progressive_weakness: bool = False
    has_horner: bool = False
    age: int | None = None
    has_diabetes: bool = False
    has_known_neuropathy: bool = False
    was_operated: bool = False


MRC_GRADES = {
    "0": 0.0,
    "1": 1.0,
    "2": 2.0,
    "3": 3.0,
    "4-": 3.67,
    "4": 4.0,
    "4+": 4.33,
    "5": 5.0,
}


def mrc(grade: str) -> float:
    """The number of a written strength grade: ``mrc("4+") == 4.33``."""
    try:
        return MRC_GRADES[grade.strip()]
    except KeyError:
        raise FindingError(f"{grade!r} is not a strength grade") from None


@functools.lru_cache(maxsize=8)
def nerve_names(reference: Reference) -> frozenset[str]:
    """Every nerve that a finding may name."""
    rule = reference.model.nerves
    names = {name for muscle in reference.muscles.values() for name in muscle.nerve_chain}
    names.update(rule.purely_sensory, *rule.points.values())
    return frozenset(names.difference(rule.not_single))


@functools.lru_cache(maxsize=8)
def reflex_names(reference: Reference) -> frozenset[str]:
    """Every reflex that belongs to a root."""
    return frozenset(name for level in reference.levels.values() for name in level.reflexes)


@functools.lru_cache(maxsize=256)
def sites_of(sign: str, reference: Reference) -> frozenset[str] | None:
    """The sites a scored sign may have; None when its site is free."""
    match reference.model.signs[sign].site:
        case "muscle":
            return frozenset(reference.muscles)
        case "reflex":
            return reflex_names(reference)
        case "skin_point":
            return frozenset(ROOTS) | nerve_names(reference)
        case "level":
            return frozenset(ROOTS)
        case "skin_area":
            return frozenset(ROOTS) | frozenset(reference.model.regions)
        case "nerve":
            return nerve_names(reference)
        case _:
            return None


@functools.lru_cache(maxsize=4096)
def _check(finding: Finding, reference: Reference) -> None:
    rule = reference.model.signs[finding.sign]
    sites = sites_of(finding.sign, reference)
    if sites is not None and finding.site not in sites:
        raise FindingError(f"{finding.sign}: unknown site {finding.site!r}")
    scale = reference.model.scales[rule.scale]
    for side in Side:
        value = finding.value(side)
        if value is not None and not scale[0][0] <= value <= scale[-1][0]:
            raise FindingError(
                f"{finding.sign} at {finding.site or 'no site'}, {side}: {value:g} is off the scale"
            )


def scored_findings(findings: Iterable[Finding], reference: Reference) -> tuple[Finding, ...]:
    """The tested findings that the model scores, checked and in a fixed order."""
    seen: set[tuple[str, str]] = set()
    scored = []
    for finding in findings:
        if finding.sign not in reference.signs:
            raise FindingError(f"unknown sign {finding.sign!r}")
        if (finding.sign, finding.site) in seen:
            raise FindingError(f"{finding.sign} at {finding.site or 'no site'} is there twice")
        seen.add((finding.sign, finding.site))
        _check(finding, reference)
        if reference.model.signs[finding.sign].group != RECORDED:
            scored.append(finding)
    tested = (finding for finding in scored if finding.is_tested)
    return tuple(sorted(tested, key=operator.attrgetter("sign", "site")))
