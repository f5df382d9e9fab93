"""What lies in danger beside a needled muscle: the sentence under its row in the session."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinical.entries import Muscle
from clinical.reference import reference
from clinical.screening import lung_muscles
from clinical.vocabulary import Side

OVER_THE_LUNG = "Over the lung: pneumothorax caution."
TOLD_AGAIN = "Told again: warning signs of a collapsed lung, and to go to emergency"


@dataclass(frozen=True)
class GuardRail:
    """A caution from ``reference/muscles.csv``, with the sources of its row."""

    is_over_lung: bool
    text: str
    sources: tuple[str, ...]


def guard_rail(muscle: Muscle) -> GuardRail | None:
    """The caution of a muscle, or None when its row names no danger."""
    if not muscle.pneumothorax_risk and not muscle.danger_structures:
        return None
    near = f"Near: {', '.join(muscle.danger_structures)}." if muscle.danger_structures else ""
    return GuardRail(muscle.pneumothorax_risk, near, muscle.sources)


@dataclass(frozen=True)
class BothSides:
    """The session rule about both sides of the thorax, as ``reference/screening.csv`` has it."""

    text: str
    sources: tuple[str, ...]


def both_sides(needled: Iterable[tuple[str, str]]) -> BothSides | None:
    """The warning once muscles over the lung are needled on both sides; None otherwise.

    ``needled`` holds muscle and side. It warns and never refuses.
    """
    sides = {side for muscle, side in needled if muscle in lung_muscles()}
    if len(sides) < len(Side):
        return None
    row = reference().screening_by_id["bilateral_thorax"]
    return BothSides(f"Both sides of the thorax: {row.physio_action} {row.rationale}", row.sources)


@dataclass(frozen=True)
class LungSigns:
    """What is told again before muscles over the lung: the tick, and what the patient signed."""

    told: str
    signs: str
    sources: tuple[str, ...]


def lung_signs(muscles: Iterable[str]) -> LungSigns | None:
    """The second tick that ``reference/screening.csv`` asks for; None when none is over the lung.

    Its rows consent_serious and consent_pneumothorax_signs ask for it before thoracic needling.
    """
    if not set(muscles) & set(lung_muscles()):
        return None
    row = reference().screening_by_id["consent_pneumothorax_signs"]
    return LungSigns(TOLD_AGAIN, row.question, row.sources)
