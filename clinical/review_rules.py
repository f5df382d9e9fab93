"""When a physiotherapist's decision on screening reasons is complete and in itself consistent.

Pure rules: what has to be decided, which decisions exclude each other, in sentences for the user.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clinical.screening_status import ScreeningStatus, rank_of, status_named
from clinical.vocabulary import RiskCategory


class ReasonDecision(StrEnum):
    """What the physiotherapist decides about one reason."""

    ACKNOWLEDGED = "acknowledged"
    MITIGATED = "mitigated"
    NOT_SUITABLE = "not_suitable"


class Overall(StrEnum):
    """What follows from all reasons together."""

    SUITABLE = "suitable"
    WITH_PRECAUTIONS = "with_precautions"
    DEFERRED = "deferred"
    NOT_SUITABLE = "not_suitable"

    @property
    def allows_needling(self) -> bool:
        return self in (Overall.SUITABLE, Overall.WITH_PRECAUTIONS)


@dataclass(frozen=True)
class Weighed:
    """A reason that weighs, with what was decided about it; None is undecided."""

    question: str
    is_absolute: bool
    is_everywhere: bool
    decision: ReasonDecision | None
    how: str

    @property
    def forbids_everything(self) -> bool:
        """True for a contraindication of the whole body, also one that is not ruled out."""
        return self.is_absolute and self.is_everywhere


@dataclass(frozen=True)
class Refusal:
    """Why a decision is refused: ``place`` is a question id, ``decision`` or ``note``."""

    place: str
    sentence: str


def is_weighing(reason: Mapping[str, Any]) -> bool:
    """True for a stored reason that has to be decided; one that only informs has not."""
    if reason["category"] != RiskCategory.INFORMATIONAL:
        return True
    stored = reason.get("status", ScreeningStatus.CLEAR)
    return rank_of(status_named(stored)) > ScreeningStatus.CLEAR.rank


def is_everywhere(scope: str) -> bool:
    """True where one part of the scope is the whole body, also under a condition."""
    parts = [part.strip() for part in scope.split(";")]
    return any(part == "all" or part.startswith("all if") for part in parts)


def weighed(reason: Mapping[str, Any], decision: ReasonDecision | None, how: str = "") -> Weighed:
    """A stored reason with its decision."""
    return Weighed(
        reason["question_id"],
        reason["category"] == RiskCategory.ABSOLUTE_CONTRAINDICATION,
        is_everywhere(reason["region_scope"]),
        decision,
        how.strip(),
    )


def refusals(reasons: Sequence[Weighed], overall: Overall, note: str) -> list[Refusal]:
    """Everything that stands against this decision; empty when it holds."""
    found = [one for reason in reasons for one in _of_reason(reason, overall)]
    if overall is Overall.SUITABLE:
        found += _of_suitable(reasons)
    is_plain = overall is Overall.SUITABLE and not reasons
    if not is_plain and not note.strip():
        with_what = ", and which precautions" if overall is Overall.WITH_PRECAUTIONS else ""
        found.append(Refusal("note", f"Write why{with_what}"))
    return found


def _of_reason(reason: Weighed, overall: Overall) -> list[Refusal]:
    if reason.decision is None:
        return [Refusal(reason.question, "Decide about this reason")]
    if reason.decision is ReasonDecision.MITIGATED and not reason.how:
        return [Refusal(reason.question, "Write how it is mitigated")]
    if not overall.allows_needling:
        return []
    if reason.decision is ReasonDecision.NOT_SUITABLE and reason.is_everywhere:
        sentence = "Not suitable anywhere: defer, choose not suitable, or change this decision"
        return [Refusal(reason.question, sentence)]
    if reason.decision is ReasonDecision.ACKNOWLEDGED and reason.forbids_everything:
        sentence = "This forbids needling everywhere: write how it is mitigated, or do not needle"
        return [Refusal(reason.question, sentence)]
    return []


def _of_suitable(reasons: Sequence[Weighed]) -> list[Refusal]:
    decisions = {reason.decision for reason in reasons}
    if ReasonDecision.NOT_SUITABLE in decisions:
        return [Refusal("decision", "A reason is not suitable: choose another decision")]
    if ReasonDecision.MITIGATED in decisions:
        return [Refusal("decision", "A reason is mitigated: choose “Suitable with precautions”")]
    return []
