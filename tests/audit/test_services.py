import pytest
from django.db import DatabaseError, transaction

from audit.actor import acting_as
from audit.choices import Action
from audit.models import AuditEvent
from audit.services import record
from tests.factories import make_patient

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_which_row_of_whose_record() -> None:
    patient = make_patient()
    with acting_as("user:7"):
        record(Action.VIEW, patient, patient_id=patient.pk, detail="patient page")
    line = AuditEvent.objects.get(action=Action.VIEW)
    assert (line.actor, line.subject, line.subject_id, line.patient_number, line.detail) == (
        "user:7",
        "people_patient",
        str(patient.pk),
        patient.pk,
        "patient page",
    )


def test_a_long_detail_is_cut_and_never_stops_the_line() -> None:
    patient = make_patient()
    record(Action.VIEW, patient, patient_id=patient.pk, detail="x" * 500)
    assert len(AuditEvent.objects.get(action=Action.VIEW).detail) == 200


ATTEMPTS = {
    "update": lambda lines: lines.update(detail="nothing happened"),
    "delete": lambda lines: lines._raw_delete("default"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_application_can_neither_change_nor_remove_a_line(attempt: str) -> None:
    patient = make_patient()
    record(Action.VIEW, patient, patient_id=patient.pk)
    lines = AuditEvent.objects.filter(action=Action.VIEW)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ATTEMPTS[attempt](lines)
    assert lines.count() == 1
