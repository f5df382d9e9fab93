"""What the physiotherapist made of the engine's flags, for the report: decisions and plan."""

from dataclasses import dataclass
from typing import Any

from assessment.choices import Decision
from assessment.decisions import planned_rows
from assessment.models import Assessment, AssessmentAddendum, FlagDecision, SegmentFlag
from clinical.plan import PlanRow
from clinical.segments import Label
from intake.precautions import banner_of
from people.models import Patient

ACCEPTED_BY_SIGNATURE, NOT_DECIDED = "Accepted with the signature", "Not decided"


@dataclass(frozen=True)
class DecidedLevel:
    """A flag as the engine raised it, and what was said to it."""

    level: dict[str, Any]
    words: str
    decision: FlagDecision | None

    @property
    def is_shown(self) -> bool:
        """A root that was only noted stands in the report when somebody decided on it."""
        return self.level["label"] != Label.NOTED or self.decision is not None


@dataclass(frozen=True)
class PlannedRow:
    """A muscle that is planned, its side, and what lies in danger beside it."""

    row: PlanRow
    side: str


@dataclass(frozen=True)
class Decided:
    """Everything that was decided; ``precautions`` are those on record now."""

    levels: tuple[DecidedLevel, ...]
    plan: tuple[PlannedRow, ...]
    precautions: tuple[str, ...]
    addenda: tuple[AssessmentAddendum, ...]


def decided_of(assessment: Assessment, report: dict[str, Any]) -> Decided:
    """The decisions on the flags of ``report``, the plan and the addenda; six queries."""
    decisions = {(d.root, d.side): d for d in assessment.decisions.select_related("decided_by")}
    flags = {(flag.root, flag.side): flag for flag in assessment.flags.all()}
    found = []
    for level in report["levels"]:
        place = (level["root"], level["side"])
        decision = decisions.get(place)
        found.append(DecidedLevel(level, _words(decision, flags.get(place)), decision))
    return Decided(
        levels=tuple(one for one in found if one.is_shown),
        plan=tuple(PlannedRow(row, one.side) for one, row in planned_rows(assessment)),
        precautions=_precautions(assessment.patient),
        addenda=tuple(assessment.addenda.select_related("written_by")),
    )


def _words(decision: FlagDecision | None, flag: SegmentFlag | None) -> str:
    """What holds, in words; an old signature accepted every flag without asking."""
    if decision is None:
        return ACCEPTED_BY_SIGNATURE if flag is not None and flag.is_accepted else NOT_DECIDED
    match decision.decision:
        case Decision.ACCEPTED:
            return "Accepted"
        case Decision.AMENDED:
            return f"Amended to {decision.amended_root} {decision.amended_side}"
    return "Rejected"


def _precautions(patient: Patient) -> tuple[str, ...]:
    """Alerts, precautions of the review, and the muscles that the screening forbids."""
    banner = banner_of(patient)
    precautions = banner["precautions"]
    block = (precautions.block.sentence,) if precautions.block else ()
    return tuple(dict.fromkeys((*banner["alerts"], *precautions.words, *block)))
