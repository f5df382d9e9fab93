"""What the engine answers. Frozen, and plain enough to be stored as JSON."""

from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from clinical.segments.nerves import Verdict
from clinical.vocabulary import Side

NOT_A_DIAGNOSIS = (
    "This is a flag, not a diagnosis. Confirm clinically; imaging or nerve tests only if indicated."
)


class Pattern(StrEnum):
    """The one-word summary of an examination."""

    ROOT = "root"
    PERIPHERAL_NERVE = "peripheral_nerve"
    NONE = "none"
    SYMMETRIC = "symmetric"
    WIDESPREAD = "widespread"
    INDETERMINATE = "indeterminate"
    RED_FLAG = "red_flag"


class Label(StrEnum):
    """How firmly a root is flagged, in words since no probability can be given."""

    NOTED = "noted"
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


class EvidenceKind(StrEnum):
    """Muscle weakness, palpation and provocation, sensation, reflex, autonomic and trophic."""

    MOTOR = "M"
    PALPATION = "P"
    SENSORY = "S"
    REFLEX = "R"
    AUTONOMIC = "A"


@dataclass(frozen=True)
class Message:
    """A sentence for the physiotherapist, with a code for programs."""

    code: str
    text: str


@dataclass(frozen=True)
class Evidence:
    """One finding that speaks for (points above 0) or against a root."""

    sign: str
    site: str
    kind: EvidenceKind
    points: float
    sentence: str
    is_unverified: bool = False


@dataclass(frozen=True)
class Completeness:
    """How much of what tells roots apart was tested on both sides."""

    tested: int
    expected: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A root with any points, flagged or not."""

    root: str
    side: Side
    score: float
    label_score: float
    is_gated: bool


@dataclass(frozen=True)
class LevelFlag:
    """A root that asks for attention, with its reasons."""

    root: str
    side: Side
    label: Label
    score: float
    label_score: float
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...]
    letters: tuple[EvidenceKind, ...]
    equal_candidates: tuple[str, ...]
    concurrent_with: tuple[str, ...]
    neighbours: tuple[tuple[str, float], ...]
    best_untested: tuple[str, ...]
    depends_on: tuple[str, ...]
    completeness: Completeness
    is_palpation_only: bool
    is_second: bool
    explanation: str


@dataclass(frozen=True)
class ConcurrentLevels:
    """Neighbouring roots that each stand on their own findings."""

    roots: tuple[str, ...]
    side: Side
    sentence: str


@dataclass(frozen=True)
class NerveHypothesis:
    """A peripheral nerve that could explain findings instead of, or beside, a root."""

    nerve: str
    name: str
    side: Side
    score: float
    verdict: Verdict
    compared_root: str | None
    compared_score: float
    same_score: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    sentence: str


@dataclass(frozen=True)
class SegmentReport:
    """Flags for the physiotherapist's attention, never a diagnosis."""

    pattern: Pattern
    levels: tuple[LevelFlag, ...]
    candidates: tuple[Candidate, ...]
    concurrent_levels: tuple[ConcurrentLevels, ...]
    nerves: tuple[NerveHypothesis, ...]
    messages: tuple[Message, ...]
    completeness: Completeness
    model_version: str

    @property
    def nerve(self) -> NerveHypothesis | None:
        """The most important competing nerve, if there is one."""
        return self.nerves[0] if self.nerves else None

    def to_json(self) -> dict[str, Any]:
        """Dictionaries, lists, words and numbers only."""
        answer: dict[str, Any] = _plain(self)
        answer["nerve"] = _plain(self.nerve)
        return answer


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
