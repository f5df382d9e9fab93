"""Which muscles the screening of a patient forbids, from its stored reasons and decisions.

``reference/screening.csv`` names one group of muscles: those over the lung. An absolute
contraindication of them, or a physiotherapist's "not suitable", forbids them. A relative one, or
an absolute one that is not ruled out, leaves the choice to the physiotherapist with a written
reason; a mitigation written in the review is such a reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clinical.review_rules import ReasonDecision
from clinical.screening import ALERT_WORDS, LUNG_SCOPE, LUNG_SWITCH, UNSURE, lung_muscles
from clinical.vocabulary import RiskCategory

SERIOUS = (RiskCategory.ABSOLUTE_CONTRAINDICATION, RiskCategory.RELATIVE_CONTRAINDICATION)


@dataclass(frozen=True)
class MuscleBlock:
    """Why the muscles over the lung are forbidden; ``is_absolute`` leaves no choice."""

    question: str
    rule: str
    action: str
    is_absolute: bool

    @property
    def sentence(self) -> str:
        """The refusal with its rule, for the user."""
        head = "Muscles over the lung are blocked for this patient"
        tail = "" if self.is_absolute else " Write the reason first, then add the muscle."
        return f"{head}: {self.rule}. {self.action}{tail}"

    @property
    def heading(self) -> str:
        """What holds for a covered muscle, in a few words."""
        return "Blocked for this patient" if self.is_absolute else "Only with a written reason"

    def covers(self, muscle: str) -> bool:
        return muscle in lung_muscles()


def lung_block(
    reasons: Iterable[Mapping[str, Any]], decided: Iterable[Mapping[str, Any]]
) -> MuscleBlock | None:
    """The gravest block of the stored reasons; the later decision of a question counts."""
    decisions = {one["question"]: one["decision"] for one in decided}
    found = [_block(reason, decisions.get(reason["question_id"], "")) for reason in reasons]
    blocks = [one for one in found if one is not None]
    return min(blocks, key=lambda one: not one.is_absolute, default=None)


def _block(reason: Mapping[str, Any], decision: str) -> MuscleBlock | None:
    if LUNG_SCOPE not in reason["region_scope"] or reason["question_id"] == LUNG_SWITCH:
        return None
    is_firm = reason["answer"] not in UNSURE
    is_absolute = is_firm and reason["category"] == RiskCategory.ABSOLUTE_CONTRAINDICATION
    is_absolute = is_absolute or decision == ReasonDecision.NOT_SUITABLE
    is_settled = decision == ReasonDecision.MITIGATED
    if not is_absolute and (reason["category"] not in SERIOUS or is_settled):
        return None
    words = ALERT_WORDS.get(reason["question_id"], reason["text"])
    rule = words if is_firm else f"{words} (not sure)"
    return MuscleBlock(reason["question_id"], rule, reason["physio_action"], is_absolute)
