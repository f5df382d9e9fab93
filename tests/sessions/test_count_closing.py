"""Needles not accounted for stay on every page of the patient until a person closes it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from people.choices import Role
from people.models import Patient
from sessions.adverse import answer_none
from sessions.count_closing import close_difference, open_differences
from sessions.models import TreatmentSession
from sessions.needling import save_details
from sessions.services import sign_session
from tests import factories
from tests.conftest import client_of
from tests.sessions.conftest import needle

BAR = "1 needle not accounted for"


@pytest.fixture
def short(treatment: TreatmentSession) -> TreatmentSession:
    """Two needles in, one out."""
    needle(treatment, insertions=2)
    return save_details(treatment=treatment, pain_before=5, pain_after=4, needles_out=1)


def test_an_unequal_count_is_open_until_the_numbers_are_equal(short: TreatmentSession) -> None:
    assert [one.count.words for one in open_differences(short.patient)] == [BAR]
    save_details(treatment=short, needles_out=2)
    assert open_differences(short.patient) == []


def test_nothing_is_open_before_a_number_is_entered(treatment: TreatmentSession) -> None:
    needle(treatment)
    assert open_differences(treatment.patient) == []


def test_an_explained_difference_stays_open_after_signing(
    short: TreatmentSession, physio: Client
) -> None:
    save_details(treatment=short, count_reason="counted twice")
    answer_none(treatment=short)
    sign_session(treatment=short, by=short.practitioner.user)
    assessment = factories.make_assessment(short.patient)
    pages = [
        reverse("clinic:patient", args=[short.patient.pk]),
        reverse("sessions:detail", args=[short.pk]),
        reverse("sessions:ready", args=[short.patient.pk]),
        reverse("assessment:detail", args=[assessment.pk]),
        reverse("intake:review", args=[short.patient.intake_set.get().pk]),
        reverse("intake:rescreen", args=[short.patient.pk]),
    ]
    for page in pages:
        assert f"{BAR} in the session of" in physio.get(page).content.decode(), page
    close_difference(treatment=short, by=short.practitioner.user, action_taken="Found in the bin.")
    for page in pages:
        assert BAR + " in the session" not in physio.get(page).content.decode(), page
    assert "Found in the bin." in physio.get(pages[1]).content.decode()


def test_the_desk_is_told_to_ask_and_reads_no_number(short: TreatmentSession) -> None:
    desk = client_of(factories.make_user(Role.FRONT_DESK))
    page = desk.get(reverse("clinic:patient", args=[short.patient.pk])).content.decode()
    assert "Ask a physiotherapist about this patient now." in page
    assert BAR not in page


def test_closing_asks_what_was_done_and_a_new_number_opens_it_again(
    short: TreatmentSession, physio: Client
) -> None:
    address = reverse("sessions:count-close", args=[short.pk])
    assert "Write what was done" in physio.post(address, {"action_taken": " "}).content.decode()
    physio.post(address, {"action_taken": "Found on the couch."})
    assert open_differences(short.patient) == []
    needle(short, "soleus")
    assert [one.count.words for one in open_differences(short.patient)] == [
        "2 needles not accounted for"
    ]
    save_details(treatment=short, needles_out=3)
    with pytest.raises(ValidationError, match="No needle is missing"):
        close_difference(treatment=short, by=short.practitioner.user, action_taken="Done.")
    assert physio.get(address).status_code == 302


def test_a_closure_is_never_changed(short: TreatmentSession) -> None:
    close_difference(treatment=short, by=short.practitioner.user, action_taken="Found.")
    for statement in ("UPDATE {} SET action_taken = 'x'", "DELETE FROM {}"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format("treatment_sessions_countclosure"))


def test_another_patient_has_no_bar(short: TreatmentSession, physio: Client) -> None:
    other: Patient = factories.make_cleared_patient()
    assert BAR not in physio.get(reverse("clinic:patient", args=[other.pk])).content.decode()
