"""The closed words of the field: sides, spinal segments, urgencies and risk categories."""

from enum import StrEnum


class Side(StrEnum):
    """The two sides of the body. Bilateral means two findings, never a third side."""

    RIGHT = "right"
    LEFT = "left"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


SIDES = tuple(Side)  # asked of every finding: a tuple is gone through faster than its enum


class SpinalSegment(StrEnum):
    """The spinal segments, and with them the nerve roots, from above."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"
    C8 = "C8"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"
    T5 = "T5"
    T6 = "T6"
    T7 = "T7"
    T8 = "T8"
    T9 = "T9"
    T10 = "T10"
    T11 = "T11"
    T12 = "T12"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"


ROOTS: tuple[str, ...] = tuple(segment.value for segment in SpinalSegment)


class Urgency(StrEnum):
    """How soon somebody has to act. Compares by urgency, not by alphabet."""

    NONE = "none"
    ROUTINE = "routine"
    CONTACT_CLINIC = "contact_clinic"
    URGENT = "urgent"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 for no urgency, rising to the emergency."""
        return list(Urgency).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < Urgency(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Urgency(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Urgency(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Urgency(other).rank


class RiskCategory(StrEnum):
    """What a screening answer means for needling."""

    ABSOLUTE_CONTRAINDICATION = "absolute_contraindication"
    RELATIVE_CONTRAINDICATION = "relative_contraindication"
    PRECAUTION = "precaution"
    INFORMATIONAL = "informational"
