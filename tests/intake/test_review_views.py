from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.choices import Action
from audit.models import AuditEvent
from intake.choices import IntakeStatus, ReviewDecision
from intake.models import Intake, IntakeReview
from intake.questions import Reply
from intake.review import review_intake
from people.choices import Role
from people.models import Practitioner
from tests.factories import make_appointment, make_intake, make_user

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
    assert len(queries) <= 13


def test_a_decision_is_saved(submitted: Submitted, physio_client: Client) -> None:
    intake = submitted()
    data = {"decision": ReviewDecision.WITH_PRECAUTIONS, "note": "Lying down."}
    answer = physio_client.post(f"/intakes/{intake.pk}/review/", data)
    assert answer.status_code == 302
    intake.refresh_from_db()
    assert intake.status == IntakeStatus.REVIEWED
    assert intake.review.allows_needling


def test_needling_against_a_warning_needs_a_decision_on_it_and_keeps_what_was_typed(
    submitted: Submitted, physio_client: Client
) -> None:
    intake = submitted(rf_fever="yes")
    data = {"decision": ReviewDecision.SUITABLE, "note": "", "how-rf_fever": "Asked: cold."}
    answer = physio_client.post(f"/intakes/{intake.pk}/review/", data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Decide about this reason" in page
    assert "Write why" in page
    assert 'value="Asked: cold."' in page
    intake.refresh_from_db()
    assert intake.status == IntakeStatus.SUBMITTED


def test_a_decision_made_meanwhile_is_shown_and_replaced_only_when_saved_again(
    submitted: Submitted, physio_client: Client
) -> None:
    intake, other = submitted(), make_user(Role.PHYSIOTHERAPIST, full_name="Ada Ito")
    review_intake(intake=intake, decision=ReviewDecision.SUITABLE, note="", by=other)
    address = f"/intakes/{intake.pk}/review/"
    data = {"decision": ReviewDecision.NOT_SUITABLE, "note": "Cannot lie.", "version": "0"}
    page = physio_client.post(address, data).content.decode()
    assert "Ada Ito has decided meanwhile: Suitable for needling" in page
    assert "Cannot lie." in page
    assert '<input type="hidden" name="version" value="1"' in page
    assert IntakeReview.objects.get().decision == ReviewDecision.SUITABLE
    assert physio_client.post(address, {**data, "version": "1"}).status_code == 302
    assert IntakeReview.objects.get().decision == ReviewDecision.NOT_SUITABLE
    page = physio_client.get(address).content.decode()
    assert "from “Suitable for needling” (Ada Ito" in page


def test_saving_leads_to_the_patient_or_to_the_next_intake(
    submitted: Submitted, physio_client: Client
) -> None:
    intake = submitted()
    me = Practitioner.objects.get(user=physio_client.user)  # type: ignore[attr-defined]
    booked = make_appointment(practitioner=me)
    waiting = make_intake(booked.patient, appointment=booked, status=IntakeStatus.SUBMITTED)
    data = {"decision": ReviewDecision.SUITABLE, "note": "", "version": "0"}
    address = f"/intakes/{intake.pk}/review/"
    assert booked.patient.full_name in physio_client.get(address).content.decode()
    answer = physio_client.post(address, {**data, "next": "1"})
    assert answer.headers["Location"] == f"/intakes/{waiting.pk}/review/"
    answer = physio_client.post(address, {**data, "version": "1"})
    assert answer.headers["Location"] == f"/patients/{intake.patient_id}/"


def test_the_review_shows_the_pain_drawing_and_its_words(
    submitted: Submitted, physio_client: Client
) -> None:
    drawn = Reply("neckR,calfL", "", {"zones": {"neckR": ["aching", "sharp"]}})
    page = physio_client.get(f"/intakes/{submitted(chief_area=drawn).pk}/review/").content.decode()
    assert page.count("<title>Pain drawing, ") == 2
    assert "Neck, right: aching, sharp; Calf, left" in page


def test_a_place_only_in_words_needs_no_drawing(
    submitted: Submitted, physio_client: Client
) -> None:
    intake = submitted(chief_area=Reply("given", "All over", {"zones": {}}))
    page = physio_client.get(f"/intakes/{intake.pk}/review/").content.decode()
    assert "Pain drawing, " not in page
    assert "All over" in page
