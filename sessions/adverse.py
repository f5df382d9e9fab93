"""Adverse events: answered with none, recorded, closed by a person, and what is still open."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from clinical.adverse_events import AdverseGrade, adverse_kinds, is_grave_enough
from clinical.reference import reference
from people.models import User
from sessions.choices import AdverseAnswer
from sessions.drafts import locked_session
from sessions.models import AdverseClosing, AdverseEvent, TreatmentSession

GRAVEST_FIRST = tuple(reversed(AdverseGrade))


@transaction.atomic
def answer_none(*, treatment: TreatmentSession, is_none: bool = True) -> TreatmentSession:
    """Nothing untoward happened; or take that answer back. Row history keeps both.

    Raises AlreadySigned, and ValidationError while an event is recorded.
    """
    locked = locked_session(treatment)
    if locked.adverse_events.exists():
        raise ValidationError("An adverse event is recorded. Remove it first if it is wrong.")
    locked.adverse_answer = AdverseAnswer.NONE if is_none else ""
    locked.save(update_fields=["adverse_answer"])
    return locked


@transaction.atomic
def record_event(*, treatment: TreatmentSession, by: User, **fields: Any) -> AdverseEvent:
    """Record what happened; it waits in the inbox from now on. Audits.

    An open session is answered with "recorded" by it. To a signed one it is a late addition, which
    changes nothing of the session. Raises ValidationError.
    """
    locked = TreatmentSession.objects.select_for_update().get(pk=treatment.pk)
    event = AdverseEvent(treatment=locked, recorded_by=by, **fields)
    _check(event)
    if not locked.is_signed:
        locked.adverse_answer = AdverseAnswer.SOME
        locked.save(update_fields=["adverse_answer"])
    event.save()
    record(Action.CREATE, event, patient_id=locked.patient_id, detail=event.grade)
    return event


def _check(event: AdverseEvent) -> None:
    """Raise ValidationError for what the rules or the database refuse."""
    kind = adverse_kinds().get(event.kind)
    if kind is None:
        raise ValidationError({"kind": "Choose what happened."})
    if event.muscle and event.muscle not in reference().muscles:
        raise ValidationError({"muscle": "Choose a muscle of the list."})
    if event.alert and event.alert.follow_up.treatment_id != event.treatment_id:
        raise ValidationError("The alert belongs to another session.")
    event.full_clean()
    if not is_grave_enough(event.kind, event.grade):
        raise ValidationError(
            {"grade": f"“{kind.name}” is recorded as {kind.least_grade}, until it is ruled out."}
        )


@transaction.atomic
def remove_event(*, event: AdverseEvent) -> None:
    """Take out an event of an open session that was recorded by mistake. Audits.

    Without another event the answer is open again. Raises AlreadySigned, and ValidationError for
    an event that somebody has closed.
    """
    locked = locked_session(event.treatment)
    held = AdverseEvent.objects.filter(pk=event.pk, closing=None).first()
    if held is None:
        raise ValidationError("The event is closed and stays.")
    record(Action.CHANGE, held, patient_id=locked.patient_id, detail="removed")
    held.delete()
    if not locked.adverse_events.exists():
        locked.adverse_answer = ""
        locked.save(update_fields=["adverse_answer"])


@transaction.atomic
def close_event(*, event: AdverseEvent, by: User, done: str, outcome: str) -> AdverseClosing:
    """Close the task with what was done; audits. Closing again changes nothing.

    Raises ValidationError when nothing is written.
    """
    locked = AdverseEvent.objects.select_for_update().get(pk=event.pk)
    held = AdverseClosing.objects.filter(event=locked).first()
    if held is not None:
        return held
    closing = AdverseClosing(event=locked, done=done.strip(), outcome=outcome, closed_by=by)
    closing.closed_at = timezone.now()
    closing.full_clean()
    closing.save()
    record(Action.CHANGE, locked, patient_id=locked.treatment.patient_id, detail="closed")
    return closing


def open_adverse_for(user: User | None) -> QuerySet[AdverseEvent]:
    """Open events of the user's own patients and every serious one, gravest and oldest first.

    Everybody's for ``user`` None.
    """
    known = AdverseEvent.objects.open()
    if user is not None:
        mine = Q(treatment__practitioner__user=user) | Q(recorded_by=user)
        known = known.filter(mine | Q(grade=AdverseGrade.SERIOUS))
    ranks = [When(grade=grade, then=Value(rank)) for rank, grade in enumerate(GRAVEST_FIRST)]
    rank = Case(*ranks, output_field=IntegerField())
    people = known.select_related("treatment__patient", "treatment__practitioner__user")
    return people.order_by(rank, "recorded_at")
