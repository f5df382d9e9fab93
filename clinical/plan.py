"""What Gunn's method treats at a nerve root: a list to choose from, never chosen by itself.

The paraspinal muscles of the segment and the muscles that share its root, those that it supplies
first (sources.csv: GUNN1996). Every muscle is offered on both sides, since Gunn compares them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clinical.entries import Muscle
from clinical.guard_rails import OVER_THE_LUNG, guard_rail
from clinical.reference import reference

PARASPINAL = "multifidus"


@dataclass(frozen=True)
class PlanRow:
    """A muscle of the list, the root it is listed for, and what lies in danger beside it."""

    muscle: str
    name: str
    root: str
    is_paraspinal: bool
    cautions: tuple[str, ...]


def plan_rows(roots: Iterable[str]) -> tuple[PlanRow, ...]:
    """The list of these roots in their order; a muscle stands under its first root."""
    found: dict[str, PlanRow] = {}
    for root in roots:
        own = [muscle for muscle in reference().muscles.values() if root in muscle.roots]
        for muscle in sorted(own, key=lambda one: _place(one, root)):
            found.setdefault(muscle.id, plan_row(muscle, root))
    return tuple(found.values())


def plan_row(muscle: Muscle, root: str) -> PlanRow:
    """A muscle listed for a root, with its dangers."""
    rail = guard_rail(muscle)
    said = (OVER_THE_LUNG if rail.is_over_lung else "", rail.text) if rail else ()
    cautions = tuple(text for text in said if text)
    return PlanRow(muscle.id, muscle.name, root, _is_paraspinal(muscle), cautions)


def _place(muscle: Muscle, root: str) -> tuple[bool, bool, str]:
    """Beside the spine first, then the muscles of which the root is a main one."""
    return not _is_paraspinal(muscle), root not in muscle.roots_major, muscle.name


def _is_paraspinal(muscle: Muscle) -> bool:
    return muscle.id.startswith(PARASPINAL)
