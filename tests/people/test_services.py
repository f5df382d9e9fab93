import pytest

from audit.choices import Action
from audit.models import AuditEvent
from people.services import arrange_supervision, change_patient, register_patient
from tests import factories
from tests.factories import make_patient

pytestmark = pytest.mark.django_db


def acts() -> list[tuple[str, str]]:
    by_program = AuditEvent.objects.filter(action__in=[Action.CREATE, Action.CHANGE])
    return list(by_program.order_by("id").values_list("action", "detail"))


def test_a_new_patient_leaves_one_audit_line() -> None:
    patient = make_patient()
    patient.pk, patient.record_number = None, "AAAA-BB"
    assert register_patient(patient=patient).pk is not None
    assert acts() == [(Action.CREATE, "")]


def test_a_change_names_its_fields_and_keeps_the_search_right() -> None:
    patient = make_patient(family_name="Before")
    patient.family_name, patient.phone = "After", "604 555 9999"
    change_patient(patient=patient, changed=["phone", "family_name"])
    patient.refresh_from_db()
    assert "after" in patient.search_text
    assert acts() == [(Action.CHANGE, "family_name, phone")]


def test_nothing_changed_writes_nothing() -> None:
    change_patient(patient=make_patient(), changed=[])
    assert acts() == []


def test_supervision_is_arranged_with_one_audit_line_and_only_when_it_changes() -> None:
    one, other = factories.make_practitioner(), factories.make_practitioner()
    for _ in range(2):
        arrange_supervision(practitioner=one, supervisor=other, cover=None)
    one.refresh_from_db()
    assert (one.supervisor, one.cover) == (other, None)
    lines = AuditEvent.objects.filter(subject="people_practitioner", action=Action.CHANGE)
    assert [line.detail for line in lines] == [f"supervisor: {other}, cover: none"]
