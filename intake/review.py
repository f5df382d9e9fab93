"""The physiotherapist's decision on a submitted intake."""

from django.db import transaction
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from intake.choices import IntakeStatus, ReviewDecision
from intake.models import Intake, IntakeReview
from intake.services import FINISHED, locked_intake
from people.models import User


@transaction.atomic
def review_intake(*, intake: Intake, decision: ReviewDecision, note: str, by: User) -> IntakeReview:
    """Record the decision on a submitted intake; a later decision replaces it (history kept).

    Raises ValueError before the patient has submitted. One audit line.
    """
    locked = locked_intake(intake)
    if locked.status not in FINISHED:
        raise ValueError("Only a submitted intake can be reviewed.")
    review, _created = IntakeReview.objects.update_or_create(
        intake=locked,
        defaults={
            "decision": decision,
            "note": note,
            "reviewed_by": by,
            "reviewed_at": timezone.now(),
        },
    )
    locked.status = IntakeStatus.REVIEWED
    locked.save(update_fields=["status"])
    record(Action.SIGN, review, patient_id=locked.patient_id, detail=decision)
    return review
