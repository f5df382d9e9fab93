"""Suspect nerve roots from a bilateral examination: flags for attention, never a diagnosis."""

from clinical.segments.findings import NOT_TESTED, Context, Finding, FindingError, mrc
from clinical.segments.infer import infer_segments
from clinical.segments.report import (
    Candidate,
    Completeness,
    ConcurrentLevels,
    Evidence,
    EvidenceKind,
    Label,
    LevelFlag,
    Message,
    NerveHypothesis,
    Pattern,
    SegmentReport,
)

__all__ = [
    "NOT_TESTED",
    "Candidate",
    "Completeness",
    "ConcurrentLevels",
    "Context",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "FindingError",
    "Label",
    "LevelFlag",
    "Message",
    "NerveHypothesis",
    "Pattern",
    "SegmentReport",
    "infer_segments",
    "mrc",
]
