"""Acts on patients and on practitioners."""

from collections.abc import Collection

from django.db import transaction

from audit.choices import Action
from audit.services import record
from people.models import Patient, Practitioner


@transaction.atomic
def register_patient(*, patient: Patient) -> Patient:
    """Save a new patient; one audit line."""
    patient.save()
    record(Action.CREATE, patient, patient_id=patient.pk)
    return patient


@transaction.atomic
def change_patient(*, patient: Patient, changed: Collection[str]) -> Patient:
    """Save changed details; the audit line names the fields, the row history their values.

    Nothing changed: nothing is written.
    """
    if changed:
        patient.save(update_fields=changed)
        record(Action.CHANGE, patient, patient_id=patient.pk, detail=", ".join(sorted(changed)))
    return patient


@transaction.atomic
def arrange_supervision(
    *, practitioner: Practitioner, supervisor: Practitioner | None, cover: Practitioner | None
) -> Practitioner:
    """Set who co-signs for a physiotherapist and who is told in their place; audits.

    Sessions that are signed already wait for whom they were asked of. Nothing changed: nothing is
    written.
    """
    held = Practitioner.objects.select_for_update().get(pk=practitioner.pk)
    if (held.supervisor, held.cover) == (supervisor, cover):
        return held
    held.supervisor, held.cover = supervisor, cover
    held.save(update_fields=["supervisor", "cover"])
    detail = f"supervisor: {supervisor or 'none'}, cover: {cover or 'none'}"
    record(Action.CHANGE, held, patient_id=None, detail=detail)
    return held
