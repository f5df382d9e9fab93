from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.choices import Action
from audit.models import AuditEvent
from intake.choices import IntakeStatus, ReviewDecision
from intake.models import Intake

Submitted = Callable[..., Intake]


def test_only_a_physiotherapist_reads_an_intake(
    submitted: Submitted, desk_client: Client, admin_client_: Client, physio_client: Client
) -> None:
    address = f"/intakes/{submitted().pk}/review/"
    assert desk_client.get(address).status_code == 404
    assert admin_client_.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert physio_client.get(address).status_code == 200


def test_an_intake_that_is_not_submitted_has_no_review_page(
    intake: Intake, physio_client: Client
) -> None:
    assert physio_client.get(f"/intakes/{intake.pk}/review/").status_code == 404


def test_reading_leaves_an_audit_line(submitted: Submitted, physio_client: Client) -> None:
    intake = submitted()
    physio_client.get(f"/intakes/{intake.pk}/review/")
    seen = AuditEvent.objects.filter(action=Action.VIEW, subject="intake_intake")
    assert [event.patient_number for event in seen] == [intake.patient_id]


def test_a_red_flag_stands_on_the_review_with_its_action(
    submitted: Submitted, physio_client: Client
) -> None:
    intake = submitted(rf_fever="yes")
    page = physio_client.get(f"/intakes/{intake.pk}/review/").content.decode()
    assert "Same-day medical assessment" in page


def test_the_number_of_queries_does_not_grow_with_the_warnings(
    submitted: Submitted, physio_client: Client
) -> None:
    intake = submitted(rf_fever="yes", anticoagulant="yes", pacemaker="yes", pregnancy="yes")
    physio_client.get(f"/intakes/{intake.pk}/review/")
    with CaptureQueriesContext(connection) as queries:
        physio_client.get(f"/intakes/{intake.pk}/review/")
    assert len(queries) <= 12


def test_a_decision_is_saved(submitted: Submitted, physio_client: Client) -> None:
    intake = submitted()
    data = {"decision": ReviewDecision.WITH_PRECAUTIONS, "note": "Lying down."}
    answer = physio_client.post(f"/intakes/{intake.pk}/review/", data)
    assert answer.status_code == 302
    intake.refresh_from_db()
    assert intake.status == IntakeStatus.REVIEWED
    assert intake.review.allows_needling


def test_needling_against_a_warning_needs_a_reason(
    submitted: Submitted, physio_client: Client
) -> None:
    intake = submitted(rf_fever="yes")
    data = {"decision": ReviewDecision.SUITABLE, "note": ""}
    assert physio_client.post(f"/intakes/{intake.pk}/review/", data).status_code == 200
    intake.refresh_from_db()
    assert intake.status == IntakeStatus.SUBMITTED
