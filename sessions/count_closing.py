"""Needles that did not come out as they went in, until a person says what was done about it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from audit.choices import Action
from audit.services import record
from people.models import Patient, User
from sessions.counting import NeedleCount, count_of
from sessions.models import CountClosure, NeedledMuscle, TreatmentSession


@dataclass(frozen=True)
class OpenDifference:
    """A session of which the needles in and out are not equal and nobody closed it."""

    treatment: TreatmentSession
    count: NeedleCount


def open_difference(treatment: TreatmentSession) -> OpenDifference | None:
    """The difference of one session, from its rows and closures; None when there is none."""
    count = count_of(treatment, list(treatment.muscles.all()))
    closed = {(one.needles_in, one.needles_out) for one in treatment.count_closures.all()}
    is_closed = (count.needles_in, count.needles_out) in closed
    return OpenDifference(treatment, count) if count.words and not is_closed else None


def open_differences(patient: Patient) -> list[OpenDifference]:
    """All of a patient, the newest first; one query where all numbers are equal, else three."""
    rows = NeedledMuscle.objects.filter(treatment=OuterRef("pk")).values("treatment")
    went_in = Subquery(rows.annotate(total=Sum("insertions")).values("total"))
    unequal = (
        TreatmentSession.objects.filter(patient=patient, needles_out__isnull=False)
        .annotate(went_in=Coalesce(went_in, 0))
        .exclude(went_in=F("needles_out"))
        .prefetch_related("muscles", "count_closures")
    )
    return [found for one in unequal if (found := open_difference(one)) is not None]


@transaction.atomic
def close_difference(*, treatment: TreatmentSession, by: User, action_taken: str) -> CountClosure:
    """Keep what was done about the difference of now; audits.

    A later change of either number opens it again. Raises ValidationError when nothing is written
    or nothing is open.
    """
    locked = TreatmentSession.objects.select_for_update().get(pk=treatment.pk)
    found = open_difference(locked)
    if found is None or found.count.needles_out is None:
        raise ValidationError("No needle is missing in this session any more.")
    if not action_taken.strip():
        raise ValidationError({"action_taken": "Write what was done before closing it."})
    closure = CountClosure.objects.create(
        treatment=locked,
        needles_in=found.count.needles_in,
        needles_out=found.count.needles_out,
        action_taken=action_taken.strip(),
        closed_by=by,
    )
    record(Action.CREATE, closure, patient_id=locked.patient_id, detail="needle count closed")
    return closure
