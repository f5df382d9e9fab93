"""Acts on patients."""

from collections.abc import Collection

from django.db import transaction

from audit.choices import Action
from audit.services import record
from people.models import Patient


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
