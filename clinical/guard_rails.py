"""What lies in danger beside a needled muscle: the sentence under its row in the session."""

from dataclasses import dataclass

from clinical.entries import Muscle

OVER_THE_LUNG = "Over the lung: pneumothorax caution."


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
