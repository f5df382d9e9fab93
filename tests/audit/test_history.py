"""Row history and closed records, tried as the application's own database role."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from assessment.models import Finding
from audit.actor import acting_as
from audit.choices import Action
from audit.models import AuditEvent
from audit.services import record
from sessions.models import Addendum
from tests import factories

pytestmark = pytest.mark.django_db

TAMPERING = [
    "UPDATE audit_auditevent SET actor = 'nobody'",
    "DELETE FROM audit_auditevent",
    "TRUNCATE audit_auditevent",
    "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "DROP TABLE audit_auditevent",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ $$",
    "DROP TRIGGER people_patient_history ON people_patient",
]


def lines_of(table: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(subject=table).order_by("id"))


def test_a_new_row_leaves_a_line_with_its_values_and_the_actor() -> None:
    with acting_as("user:7"):
        patient = factories.make_patient(given_name="Ada")
    (line,) = lines_of("people_patient")
    assert (line.action, line.actor, line.patient_number) == (Action.INSERT, "user:7", patient.pk)
    assert line.changes["given_name"] == "Ada"


def test_a_change_keeps_old_and_new_value_of_what_changed_only() -> None:
    patient = factories.make_patient(given_name="Ada")
    patient.given_name = "Ida"
    patient.save(update_fields=["given_name"])
    line = lines_of("people_patient")[-1]
    assert line.changes["given_name"] == ["Ada", "Ida"]
    assert "family_name" not in line.changes


def test_a_bulk_update_and_a_delete_in_plain_sql_are_seen_too() -> None:
    finding = Finding.objects.create(
        assessment=factories.make_assessment(),
        sign="tenderness",
        site="deltoid",
        side="left",
        value=1,
    )
    Finding.objects.filter(pk=finding.pk).update(value=3)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessment_finding WHERE id = %s", [finding.pk])
    actions = [line.action for line in lines_of("assessment_finding")]
    assert actions == [Action.INSERT, Action.UPDATE, Action.DELETE]


def test_saving_without_a_change_leaves_no_line() -> None:
    patient = factories.make_patient()
    patient.save()
    assert len(lines_of("people_patient")) == 1


def test_an_act_is_recorded_with_its_patient() -> None:
    patient = factories.make_patient()
    with acting_as("user:1", tell_database=False):
        record(Action.VIEW, patient, patient_id=patient.pk)
    line = lines_of("people_patient")[-1]
    assert (line.action, line.actor, line.subject_id) == (Action.VIEW, "user:1", str(patient.pk))


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_application_cannot_change_what_was_written(statement: str) -> None:
    factories.make_patient()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert len(lines_of("people_patient")) == 1


def test_a_signed_assessment_and_its_findings_are_closed() -> None:
    assessment = factories.make_assessment()
    finding = Finding.objects.create(
        assessment=assessment, sign="tenderness", site="deltoid", side="left", value=1
    )
    assessment.signed_at = timezone.now()
    assessment.save()
    for statement in (
        f"UPDATE assessment_assessment SET note = 'x' WHERE id = {assessment.pk}",
        f"UPDATE assessment_assessment SET signed_at = NULL WHERE id = {assessment.pk}",
        f"DELETE FROM assessment_assessment WHERE id = {assessment.pk}",
        f"UPDATE assessment_finding SET value = 4 WHERE id = {finding.pk}",
        f"DELETE FROM assessment_finding WHERE id = {finding.pk}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.create(
            assessment=assessment, sign="tenderness", site="biceps_brachii", side="left", value=1
        )


def test_a_temporary_table_of_the_same_name_opens_nothing() -> None:
    assessment = factories.make_assessment()
    finding = Finding.objects.create(
        assessment=assessment, sign="tenderness", site="deltoid", side="left", value=1
    )
    assessment.signed_at = timezone.now()
    assessment.save()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE assessment_assessment (id bigint, signed_at timestamptz)")
        try:
            with pytest.raises(DatabaseError), transaction.atomic():
                Finding.objects.filter(pk=finding.pk).update(value=4)
        finally:
            cursor.execute("DROP TABLE pg_temp.assessment_assessment")


def test_an_addendum_is_never_changed() -> None:
    addendum = Addendum.objects.create(
        treatment=factories.make_treatment(), text="Called.", written_by=factories.make_user()
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Addendum.objects.filter(pk=addendum.pk).update(text="Not called.")
    with pytest.raises(DatabaseError), transaction.atomic():
        addendum.delete()
