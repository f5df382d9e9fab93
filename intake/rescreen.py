"""What has changed since last time: asked before a later session, weighed by the same rules."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from audit.choices import Action
from audit.services import record
from clinical.rescreening import CHANGES, changed_answers
from clinical.review_rules import Overall, is_weighing
from clinical.screening import NO, NOT_SURE, YES, screen
from clinical.screening_facts import Facts, weeks_in
from clinical.screening_status import ScreeningStatus, rank_of
from clinical.vocabulary import Urgency
from intake.choices import RescreenDecision
from intake.models import Intake, Rescreening
from intake.outcome import rules_of_clinic, screening_answers
from intake.review import OVERALL, Decided, DecisionRefused, as_stored, refusals_of, today
from intake.services import FINISHED, answers_of, locked_intake
from intake.status import latest_rescreening
from people.models import User
from scheduling.models import Appointment

NOTHING = {change.id: NO for change in CHANGES}


@dataclass(frozen=True)
class Weighing:
    """The answers with what has changed, and what the changes trigger."""

    screened: Mapping[str, str]
    status: ScreeningStatus
    urgency: Urgency
    reasons: Sequence[dict[str, Any]]
    alerts: Sequence[str]
    ruleset_version: str


def weigh_changes(intake: Intake, changes: Mapping[str, str]) -> Weighing:
    """What the changes mean on top of the intake and of the re-screenings since.

    Only what a change is about triggers; an earlier yes stays in the alerts. Raises ValueError for
    a question without yes, no or not_sure.
    """
    for change in CHANGES:
        if changes.get(change.id) not in (YES, NO, NOT_SURE):
            raise ValueError(f"Answer: {change.question}")
    answers, last = answers_of(intake), latest_rescreening(intake)
    earlier = last.screened if last else screening_answers(answers)
    said = changed_answers(earlier, changes)
    details = {key: answer.detail for key, answer in answers.items() if answer.detail}
    day = today()
    outcome = screen(
        said,
        age=intake.patient.age_on(day),
        details=details,
        facts=Facts(on=day, pregnancy_weeks=weeks_in(details.get("pregnancy", ""))),
        clinic=rules_of_clinic(),
    )
    about = {rule for change in CHANGES if changes[change.id] != NO for rule in change.rules}
    reasons = [one for one in outcome.reasons if one.question_id in about]
    return Weighing(
        screened=said,
        status=max((one.status for one in reasons), default=ScreeningStatus.CLEAR, key=rank_of),
        urgency=max((one.urgency for one in reasons), default=Urgency.NONE),
        reasons=[asdict(one) for one in reasons],
        alerts=list(outcome.alerts),
        ruleset_version=outcome.ruleset_version,
    )


@transaction.atomic
def record_rescreening(
    *,
    intake: Intake,
    appointment: Appointment | None,
    answers: Mapping[str, str],
    by: User,
    decision: RescreenDecision = RescreenDecision.NO_CHANGE,
    decided: Sequence[Decided] = (),
    note: str = "",
    deferred_until: date | None = None,
) -> Rescreening:
    """Keep what was said before a session, and what was decided where it triggers a rule.

    Raises ValueError for an answer that is missing or an intake that was not submitted, and
    DecisionRefused while a triggered reason is undecided. One audit line.
    """
    locked = locked_intake(intake)
    if locked.status not in FINISHED:
        raise ValueError("A re-screen builds on a submitted intake.")
    found = weigh_changes(locked, answers)
    reasons = [reason for reason in found.reasons if is_weighing(reason)]
    until = deferred_until if decision == RescreenDecision.DEFER else None
    overall = OVERALL.get(decision, Overall.SUITABLE)
    if found.reasons and decision == RescreenDecision.NO_CHANGE:
        raise ValueError("Something has changed: decide what follows.")
    refused = refusals_of(reasons, decided, overall, note, until)
    if refused:
        raise DecisionRefused(refused)
    kept = Rescreening.objects.create(
        patient_id=locked.patient_id,
        intake=locked,
        appointment=appointment,
        answers={change.id: answers[change.id] for change in CHANGES},
        screened=found.screened,
        status=found.status,
        urgency=found.urgency,
        reasons=list(found.reasons),
        alerts=list(found.alerts),
        ruleset_version=found.ruleset_version,
        decision=decision,
        decided=as_stored(reasons, decided),
        note=note.strip(),
        deferred_until=until,
        asked_by=by,
    )
    record(Action.CREATE, kept, patient_id=locked.patient_id, detail=decision)
    return kept
