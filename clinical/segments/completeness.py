"""What was tested on both sides, what is missing and what would help most."""

import functools
from collections.abc import Collection, Iterable

from clinical.entries import Reference
from clinical.segments.explain import site_name
from clinical.segments.findings import Finding
from clinical.segments.report import Completeness
from clinical.segments.scoring import muscle_coefficient

Check = tuple[str, str]
KINDS = {
    "strength_mrc": "strength",
    "reflex": "reflex",
    "light_touch": "sensory",
    "pinprick": "sensory",
}


@functools.lru_cache(maxsize=64)
def _expected(root: str, reference: Reference) -> tuple[Check, ...]:
    """The muscles, reflexes and the key point that tell a root apart."""
    level = reference.levels[root]
    least = reference.model.coefficients.smallest_reflex
    return (
        *(("strength", muscle) for muscle in level.discriminating_muscles),
        *(("reflex", name) for name, weight in level.reflexes.items() if weight >= least),
        ("sensory", root),
    )


def tested_on_both_sides(findings: Iterable[Finding], reference: Reference) -> set[Check]:
    """The checks that were done right and left."""
    return {
        (KINDS[finding.sign], finding.site)
        for finding in findings
        if finding.sign in KINDS and finding.right is not None and finding.left is not None
    }


def check_name(check: Check, reference: Reference) -> str:
    """A check as the form calls it."""
    kind, site = check
    if kind == "strength":
        return f"{site_name(site, reference)} strength"
    name = site_name(site, reference)
    return f"{name.capitalize()} reflex" if kind == "reflex" else f"sensation at the {site} point"


def completeness_of(
    roots: Iterable[str], tested: Collection[Check], reference: Reference
) -> Completeness:
    """How much of what tells these roots apart is among the checks that were ``tested``."""
    expected = list(dict.fromkeys(c for root in roots for c in _expected(root, reference)))
    missing = [check for check in expected if check not in tested]
    names = tuple(check_name(check, reference) for check in missing)
    return Completeness(len(expected) - len(missing), len(expected), names)


def _separation(check: Check, root: str, rival: str, reference: Reference) -> float:
    kind, site = check
    if kind == "strength":
        muscle, model = reference.muscles[site], reference.model
        one, other = (muscle_coefficient(muscle, name, model) for name in (root, rival))
    else:
        one, other = (reference.levels[name].reflexes.get(site, 0.0) for name in (root, rival))
    return abs(one - other)


def best_untested(
    root: str, rival: str, tested: Collection[Check], reference: Reference
) -> tuple[str, ...]:
    """The untested muscle and the untested reflex that would separate two roots best."""
    own, other = _expected(root, reference), _expected(rival, reference)
    best: list[str] = []
    for kind, checks in (("strength", own), ("reflex", [*own, *other])):
        open_checks = [check for check in checks if check[0] == kind and check not in tested]
        if not open_checks:
            continue
        check = max(open_checks, key=lambda c: round(_separation(c, root, rival, reference), 9))
        best.append(check_name(check, reference))
    return tuple(best)
