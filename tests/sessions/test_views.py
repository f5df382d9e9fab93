from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.choices import Action
from audit.models import AuditEvent
from clinical.guard_rails import TOLD_AGAIN
from intake.choices import AskedBy
from intake.consent import withdraw_consent
from people.models import Patient, Practitioner
from sessions.adverse import answer_none
from sessions.models import Addendum, TreatmentSession
from sessions.needling import add_muscle, save_details
from tests import factories
from tests.sessions.conftest import finish, needle

HTMX = {"HX-Request": "true"}


def address(name: str, pk: int) -> str:
    return reverse(f"sessions:{name}", args=[pk])


def page_of(client: Client, treatment: TreatmentSession) -> str:
    return client.get(address("detail", treatment.pk)).content.decode()


@pytest.mark.parametrize("name", ["detail", "sign"])
def test_only_a_physiotherapist_reads_a_session(
    treatment: TreatmentSession, desk_client: Client, admin_client_: Client, name: str
) -> None:
    assert desk_client.get(address(name, treatment.pk)).status_code == 404
    assert admin_client_.get(address(name, treatment.pk)).status_code == 404
    assert Client().get(address(name, treatment.pk)).status_code == 302


@pytest.mark.parametrize("name", ["create", "save", "sign", "add-addendum", "add-muscle"])
def test_only_a_physiotherapist_writes_a_session(
    treatment: TreatmentSession, desk_client: Client, name: str
) -> None:
    pk = treatment.patient_id if name == "create" else treatment.pk
    answer = desk_client.post(address(name, pk), {"plan": "x", "pick": "soleus:left:"})
    assert answer.status_code == 404
    treatment.refresh_from_db()
    assert (treatment.plan, treatment.muscles.count()) == ("", 0)


def test_reading_leaves_an_audit_line(treatment: TreatmentSession, physio: Client) -> None:
    page_of(physio, treatment)
    seen = AuditEvent.objects.filter(
        action=Action.VIEW, subject="treatment_sessions_treatmentsession"
    )
    assert [event.patient_number for event in seen] == [treatment.patient_id]


def test_a_session_starts_from_the_patient_page(
    patient: Patient, physio: Client, practitioner: Practitioner
) -> None:
    appointment = factories.make_appointment(patient=patient, practitioner=practitioner)
    answer = physio.post(address("create", patient.pk), {"appointment": appointment.pk})
    treatment = TreatmentSession.objects.get()
    assert answer.headers["Location"] == address("detail", treatment.pk)
    assert treatment.appointment == appointment


@pytest.mark.parametrize("number", ["nothing", "99999999"])
def test_a_session_does_not_start_for_an_unknown_appointment(
    patient: Patient, physio: Client, number: str
) -> None:
    answer = physio.post(address("create", patient.pk), {"appointment": number})
    assert answer.status_code == 404
    assert TreatmentSession.objects.count() == 0


def test_a_session_that_cannot_start_says_why(physio: Client) -> None:
    patient = factories.make_patient()
    answer = physio.post(address("create", patient.pk))
    assert answer.status_code == 409
    assert "There is no valid consent to needling." in answer.content.decode()


def test_one_control_saves_alone_by_a_plain_form(
    treatment: TreatmentSession, physio: Client
) -> None:
    save_details(treatment=treatment, site="Right forearm")
    answer = physio.post(address("save", treatment.pk), {"pain_before": "6"})
    assert answer.headers["Location"] == address("detail", treatment.pk)
    treatment.refresh_from_db()
    assert (treatment.pain_before, treatment.site) == (6, "Right forearm")
    assert 'value="6" aria-pressed="true"' in page_of(physio, treatment)


def test_one_control_saves_alone_by_htmx(treatment: TreatmentSession, physio: Client) -> None:
    answer = physio.post(address("save", treatment.pk), {"pain_after": "0"}, headers=HTMX)
    part = answer.content.decode()
    assert 'id="pain_after-form"' in part
    assert 'id="pain_before-form"' not in part
    assert 'value="0" aria-pressed="true"' in part
    assert "<html" not in part


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"pain_before": "11"}, "Choose a pain score from 0 to 10."),
        ({"needles_out": "many"}, "Enter the needles out as a number, for example 12."),
        ({"needles_out": "-1"}, "Enter the needles out as a number, for example 12."),
        ({}, "Nothing was sent."),
    ],
)
def test_a_wrong_value_is_refused_in_words(
    treatment: TreatmentSession, physio: Client, data: dict[str, str], sentence: str
) -> None:
    by_htmx = physio.post(address("save", treatment.pk), data, headers=HTMX)
    assert by_htmx.status_code == 422
    assert sentence in by_htmx.content.decode()
    by_form = physio.post(address("save", treatment.pk), data, follow=True)
    assert sentence in by_form.content.decode()
    treatment.refresh_from_db()
    assert (treatment.pain_before, treatment.needles_out) == (None, None)


def test_the_count_shows_the_difference_and_asks_for_a_reason(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment, insertions=3)
    answer = physio.post(address("save", treatment.pk), {"needles_out": "1"}, headers=HTMX)
    part = answer.content.decode()
    assert "2 needles not accounted for" in part
    assert 'name="count_reason"' in part


def test_needles_out_are_never_filled_in_by_themselves(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment, insertions=3)
    page = page_of(physio, treatment)
    assert 'value="3">All 3 out</button>' in page
    treatment.refresh_from_db()
    assert treatment.needles_out is None


def test_the_review_lists_what_is_missing_and_offers_no_signing(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment, twitch="")
    page = physio.get(address("sign", treatment.pk)).content.decode()
    assert "Enter the pain before the session, 0 to 10." in page
    assert "Sign session" not in page


def test_signing_too_early_is_refused_with_the_sentences(
    treatment: TreatmentSession, physio: Client
) -> None:
    answer = physio.post(address("sign", treatment.pk))
    assert answer.status_code == 200
    assert "<title>Error: Review and sign" in answer.content.decode()
    treatment.refresh_from_db()
    assert not treatment.is_signed


def test_a_complete_session_is_signed_and_then_read_only(
    treatment: TreatmentSession, physio: Client, practitioner: Practitioner
) -> None:
    needle(treatment, note="Deep band")
    answer_none(treatment=treatment)
    save_details(treatment=treatment, pain_before=6, pain_after=3, needles_out=1)
    assert "Sign session" in physio.get(address("sign", treatment.pk)).content.decode()
    answer = physio.post(address("sign", treatment.pk))
    assert answer.headers["Location"] == address("detail", treatment.pk)
    treatment.refresh_from_db()
    assert treatment.signed_by == practitioner.user
    page = page_of(physio, treatment)
    assert "Deep band" in page
    assert "hx-post" not in page
    assert physio.get(address("sign", treatment.pk)).status_code == 302


WRITES = [
    ("save", {"plan": "x"}),
    ("add-muscle", {"pick": "soleus:left:"}),
    ("restore-muscle", {"muscle": "soleus", "side": "left"}),
]


@pytest.mark.parametrize(("name", "data"), WRITES)
def test_a_signed_session_refuses_a_change_in_words(
    signed: TreatmentSession, physio: Client, name: str, data: dict[str, Any]
) -> None:
    by_form = physio.post(address(name, signed.pk), data, follow=True)
    assert "Add an addendum instead." in by_form.content.decode()
    by_htmx = physio.post(address(name, signed.pk), data, headers=HTMX)
    assert by_htmx.headers["HX-Redirect"] == address("detail", signed.pk)
    signed.refresh_from_db()
    assert (signed.plan, signed.muscles.count()) == ("", 1)


def test_an_addendum_is_added_and_shown(signed: TreatmentSession, physio: Client) -> None:
    physio.post(address("add-addendum", signed.pk), {"text": "Patient phoned."})
    assert "Patient phoned." in page_of(physio, signed)


def test_an_empty_addendum_is_refused(signed: TreatmentSession, physio: Client) -> None:
    page = physio.post(address("add-addendum", signed.pk), {"text": " "}).content.decode()
    assert "Write the addendum." in page
    assert "<title>Error: " in page
    assert Addendum.objects.count() == 0


def test_an_open_session_has_no_addendum_page(treatment: TreatmentSession, physio: Client) -> None:
    assert physio.post(address("add-addendum", treatment.pk), {"text": "x"}).status_code == 404


def test_the_page_shows_the_soreness_after_the_last_session_and_gaps_as_words(
    signed: TreatmentSession, physio: Client, practitioner: Practitioner
) -> None:
    signed.follow_ups.filter(hours=24).update(soreness=4, answered_at=signed.signed_at)
    following = factories.make_treatment(signed.patient, practitioner=practitioner)
    page = page_of(physio, following)
    assert "24 h: 4" in page
    assert "48 h: no answer" in page


def queries(client: Client, treatment: TreatmentSession) -> int:
    page_of(client, treatment)
    with CaptureQueriesContext(connection) as counted:
        page_of(client, treatment)
    return len(counted)


def test_the_number_of_queries_does_not_grow_with_the_rows(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment, "deltoid")
    at_one = queries(physio, treatment)
    for muscle in ("soleus", "rhomboid_major"):
        add_muscle(treatment=treatment, muscle=muscle, side="left")
    assert queries(physio, treatment) == at_one


def test_the_number_of_queries_of_a_signed_session_does_not_grow(
    treatment: TreatmentSession, physio: Client, practitioner: Practitioner
) -> None:
    at_one = queries(physio, finish(treatment, "deltoid"))
    other = factories.make_treatment(treatment.patient, practitioner=practitioner)
    finish(other, "deltoid", "soleus", "rhomboid_major")
    for text in ("First.", "Second."):
        Addendum.objects.create(treatment=other, text=text, written_by=practitioner.user)
    assert queries(physio, other) == at_one


def test_an_open_session_says_when_the_consent_was_withdrawn(
    physio: Client, treatment: TreatmentSession
) -> None:
    assert "Consent was withdrawn" not in page_of(physio, treatment)
    withdraw_consent(patient=treatment.patient, asked_by=AskedBy.PATIENT)
    for name in ("detail", "sign"):
        page = physio.get(address(name, treatment.pk)).content.decode()
        assert "Consent was withdrawn on" in page
    posted = {"pick": "deltoid:right:C5"}
    answer = physio.post(address("add-muscle", treatment.pk), posted, follow=True)
    assert "no muscle can be added" in answer.content.decode()
    assert treatment.muscles.count() == 0


def test_the_second_tick_stands_below_muscles_over_the_lung_and_in_the_record(
    physio: Client, treatment: TreatmentSession
) -> None:
    needle(treatment, "deltoid")
    page = physio.get(address("detail", treatment.pk))
    assert TOLD_AGAIN not in page.content.decode()
    pick = {"pick": "rhomboid_major:left:C5"}
    added = physio.post(address("add-muscle", treatment.pk), pick, headers=HTMX)
    assert TOLD_AGAIN in added.content.decode()
    ticked = physio.post(
        address("save", treatment.pk), {"lung_signs_told": "true"}, headers=HTMX
    ).content.decode()
    assert 'aria-pressed="true"' in ticked
    assert "needed before signing" not in ticked
    read = physio.get(address("sign", treatment.pk)).content.decode()
    assert f"<dd>{TOLD_AGAIN}</dd>" in read
    physio.post(address("save", treatment.pk), {"lung_signs_told": "false"})
    read = physio.get(address("sign", treatment.pk)).content.decode()
    assert "Tell the warning signs of a collapsed lung" in read
