"""A red-flag answer: the physiotherapist is told at once, and writes down what was done."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from clinical.emergency_advice import red_flags
from clinical.screening import MAYBE, NO, NOT_SURE, YES
from clinical.vocabulary import Urgency
from intake.choices import AlertUrgency
from intake.models import Intake, IntakeAlert, IntakeAnswer
from intake.outcome import screening_answers
from intake.questions import Page
from notifications.services import enqueue
from people.attention import held_by, with_holder
from people.links import public_address
from people.models import User

STAFF_SUBJECT = "An answer waits in your inbox"
STAFF_BODY = "Hello {name},\n\na patient's answer needs you. Please open your inbox."
CANNOT_WAIT = (AlertUrgency.EMERGENCY, AlertUrgency.SAME_DAY)
OF_THE_VISIT = "intake__appointment__practitioner__user"
RISING = (NO, NOT_SURE, MAYBE, YES)


def note_red_flags(
    intake: Intake, page: Page, saved: Mapping[str, IntakeAnswer]
) -> IntakeAlert | None:
    """Open the intake's alert for the saved answers of ``page``, or bring the open one up to date.

    A graver answer raises it; a corrected one is noted and never closes it. Opening and raising
    send the physiotherapist a message without content and leave an audit line. Returns the alert
    when it was opened or raised.
    """
    here = {question.id for question in page.questions}
    said = {key: value for key, value in screening_answers(saved).items() if key in here}
    is_open = IntakeAlert.objects.filter(intake=intake, closed_at=None).exists()
    return _note(intake, said, saved) if is_open or red_flags(said) else None


@transaction.atomic
def _note(
    intake: Intake, said: Mapping[str, str], saved: Mapping[str, IntakeAnswer]
) -> IntakeAlert | None:
    Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
    alert = IntakeAlert.objects.filter(intake=intake, closed_at=None).first()
    if alert is not None:
        _follow(alert, said)
    new = _new_flags(intake, said, saved)
    if not new:
        return None
    return _raise(intake, alert, new)


def _follow(alert: IntakeAlert, said: Mapping[str, str]) -> None:
    """Note beside each answer of the alert what it has been changed to."""
    is_changed = False
    for held in alert.questions:
        now = said.get(held["question"], held["now"])
        is_changed = is_changed or now != held["now"]
        held["now"] = now
    if is_changed:
        alert.save(update_fields=["questions"])


def _new_flags(
    intake: Intake, said: Mapping[str, str], saved: Mapping[str, IntakeAnswer]
) -> list[dict[str, Any]]:
    """The flags that no alert of this intake, open or closed, holds as gravely already."""
    known: dict[str, int] = {}
    for alert in IntakeAlert.objects.filter(intake=intake):
        for held in alert.questions:
            rank = RISING.index(held["answer"])
            known[held["question"]] = max(rank, known.get(held["question"], 0))
    return [
        {
            "question": flag.question.id,
            "wording": saved[flag.question.id].wording,
            "answer": flag.answer,
            "now": flag.answer,
            "urgency": flag.question.urgency.value,
            "action": flag.question.physio_action,
            "sources": list(flag.question.sources),
        }
        for flag in red_flags(said)
        if RISING.index(flag.answer) > known.get(flag.question.id, 0)
    ]


def _raise(intake: Intake, alert: IntakeAlert | None, new: list[dict[str, Any]]) -> IntakeAlert:
    held = alert or IntakeAlert(
        intake=intake, patient_id=intake.patient_id, urgency=AlertUrgency.URGENT, questions=[]
    )
    renewed = {one["question"] for one in new}
    kept = [one for one in held.questions if one["question"] not in renewed]
    held.questions = sorted([*kept, *new], key=lambda one: -Urgency(one["urgency"]).rank)
    gravest = max(Urgency(one["urgency"]) for one in new)
    is_graver = alert is None or gravest > Urgency(alert.urgency)
    held.urgency = max(gravest, Urgency(held.urgency)).value
    held.save()
    record(Action.CREATE, held, patient_id=intake.patient_id, detail=held.urgency)
    if is_graver:
        _tell_physiotherapist(held)
    return held


def _tell_physiotherapist(alert: IntakeAlert) -> None:
    """A message that says nothing of the patient; none where no appointment names a person."""
    appointment = alert.intake.appointment
    if appointment is None:
        return
    user = appointment.practitioner.user
    enqueue(
        address=user.email,
        recipient=user.full_name,
        subject=STAFF_SUBJECT,
        body=STAFF_BODY.format(name=user.full_name),
        secret_link=public_address(reverse("intake:alert", args=[alert.pk])),
    )


@transaction.atomic
def close_red_flags(*, alert: IntakeAlert, by: User, note: str) -> IntakeAlert:
    """Close the alert with what was done; audits. Closing it again changes nothing.

    Raises ValidationError when nothing is written.
    """
    locked = IntakeAlert.objects.select_for_update().get(pk=alert.pk)
    if locked.closed_at is not None:
        return locked
    if not note.strip():
        raise ValidationError({"note": "Write what was done before closing the alert."})
    locked.closed_at, locked.closed_by, locked.note = timezone.now(), by, note.strip()
    locked.save(update_fields=["closed_at", "closed_by", "note"])
    record(Action.CHANGE, locked, patient_id=locked.patient_id, detail="closed")
    return locked


def open_red_flags(user: User | None) -> QuerySet[IntakeAlert]:
    """Open alerts of the user's patients, those of nobody, and everybody's that cannot wait or
    were not opened in time.

    All of them for ``user`` None.
    """
    known = with_holder(IntakeAlert.objects.open()).select_related("patient", OF_THE_VISIT)
    if user is None:
        return known
    nobodys = Q(taker_id=None, intake__appointment=None)
    everybodys = Q(urgency__in=CANNOT_WAIT) | Q(is_passed_on=True)
    return known.filter(held_by(user, OF_THE_VISIT) | everybodys | nobodys)
