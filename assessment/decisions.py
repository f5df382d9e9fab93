"""What the physiotherapist says to the engine: decisions about flags, the plan, corrections."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from assessment.choices import BodySide, Decision
from assessment.drafts import locked_draft
from assessment.models import Assessment, AssessmentAddendum, FlagDecision, PlannedMuscle
from audit.choices import Action
from audit.services import record
from clinical.plan import PlanRow, plan_row, plan_rows
from clinical.reference import reference
from clinical.segments import Label, SegmentReport
from people.models import User

Level = tuple[str, str]
Tick = tuple[str, str, str]


@dataclass(frozen=True)
class Choice:
    """A decision about the flag of a root on a side, as it was sent."""

    root: str
    side: str
    decision: Decision
    reason: str = ""
    amended_root: str = ""
    amended_side: str = ""


class NotSigned(Exception):
    """An addendum was written to a draft."""


@dataclass(frozen=True)
class Kept:
    """What else stands on the review: words, and the ticked muscles with side and root."""

    note: str = ""
    red_flag_action: str = ""
    planned: tuple[Tick, ...] = ()


def kept_of(assessment: Assessment) -> Kept:
    """What was kept in the draft when decisions were saved."""
    planned = tuple((one.muscle, one.side, one.root) for one in assessment.plan.all())
    return Kept(assessment.note, assessment.red_flag_action, planned)


@transaction.atomic
def decide_flags(
    *, assessment: Assessment, by: User, choices: Iterable[Choice], kept: Kept | None = None
) -> None:
    """Store decisions beside the engine's output, a later one for an earlier one. One audit line.

    ``kept`` is stored in the draft, without ticks at roots that are no longer in the plan. The
    draft is locked, so that two who decide at once come one after the other. Raises
    AssessmentClosed, or ValidationError with the constraint's sentence.
    """
    draft = locked_draft(assessment.pk)
    wanted = [
        FlagDecision(
            assessment=draft,
            root=choice.root,
            side=choice.side,
            decision=choice.decision,
            reason=choice.reason,
            amended_root=choice.amended_root,
            amended_side=choice.amended_side,
            decided_by=by,
        )
        for choice in choices
    ]
    for decision in wanted:
        draft.decisions.filter(root=decision.root, side=decision.side).delete()
        decision.full_clean()
        decision.save()
    if kept is not None:
        _keep(draft, kept)
    if not wanted:
        return
    said = ", ".join(f"{one.root} {one.side} {one.decision}" for one in wanted)
    record(Action.CHANGE, draft, patient_id=draft.patient_id, detail=f"decided: {said}")


def _keep(draft: Assessment, kept: Kept) -> None:
    draft.note, draft.red_flag_action = kept.note, kept.red_flag_action
    draft.save(update_fields=["note", "red_flag_action"])
    rows = plan_of(draft.decisions.all())
    offered = {(row.muscle, side, row.root) for row in rows for side in BodySide.values}
    plan_muscles(draft, [tick for tick in dict.fromkeys(kept.planned) if tick in offered])


def undecided(report: SegmentReport, decisions: Iterable[FlagDecision]) -> list[Level]:
    """The flags that still wait for a decision; a root that is only noted need not have one."""
    decided = {(one.root, one.side) for one in decisions}
    named = (level for level in report.levels if level.label is not Label.NOTED)
    return [place for level in named if (place := (level.root, str(level.side))) not in decided]


def plan_of(decisions: Iterable[FlagDecision]) -> tuple[PlanRow, ...]:
    """What may be needled for the levels that hold after the decisions."""
    levels = [one.level for one in decisions]
    return plan_rows(dict.fromkeys(level[0] for level in levels if level))


def planned_rows(assessment: Assessment) -> list[tuple[PlannedMuscle, PlanRow]]:
    """The planned muscles with what lies in danger beside each."""
    names = reference().muscles
    return [(one, plan_row(names[one.muscle], one.root)) for one in assessment.plan.all()]


def plan_muscles(assessment: Assessment, planned: Iterable[Tick]) -> None:
    """Store the ticked muscles, each as muscle, side and root, for those ticked before."""
    assessment.plan.all().delete()
    PlannedMuscle.objects.bulk_create(
        PlannedMuscle(assessment=assessment, muscle=muscle, side=side, root=root)
        for muscle, side, root in planned
    )


@transaction.atomic
def add_addendum(*, assessment: Assessment, by: User, text: str) -> AssessmentAddendum:
    """Add a dated correction below a signed assessment; one audit line. Raises NotSigned."""
    if not assessment.is_signed:
        raise NotSigned("This assessment is a draft. Change the draft itself.")
    addendum = AssessmentAddendum.objects.create(assessment=assessment, text=text, written_by=by)
    record(Action.CHANGE, assessment, patient_id=assessment.patient_id, detail="addendum")
    return addendum
