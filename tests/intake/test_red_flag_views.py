"""From the phone to the inbox, and what the front desk never reads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.form_pages import form_pages
from intake.models import Intake, IntakeAlert
from people.models import FirstReading, Practitioner
from tests.conftest import client_of
from tests.factories import make_appointment, make_intake
from tests.intake.conftest import typed

INBOX_QUERIES = 12
# What no page of the front desk may say.
CANARIES = ("numbness", "genitals", "red flag", "red-flag", "emergency dep", "cauda", "rf_saddle")


def flag(opened: Client, question: str = "rf_saddle", value: str = "yes") -> str:
    """Answer the page of the question with no, but for the question itself."""
    asked = next(page for page in form_pages() if question in {q.id for q in page.questions})
    data = typed(asked, **{question: value})
    return opened.post(f"/intake/{asked.slug}/", data, follow=True).content.decode()


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("rf_saddle", "yes", "Go to an emergency department now"),
        ("rf_fever", "yes", "See a doctor today"),
        ("rf_weight_loss", "yes", "We will call you before your visit"),
        ("rf_saddle", "not_sure", "We will ask you about it before your visit"),
    ],
)
def test_the_patient_reads_at_once_what_to_do(
    opened: Client, question: str, value: str, words: str
) -> None:
    shown = flag(opened, question, value)
    assert words in shown
    assert "Please read this now" in shown
    assert IntakeAlert.objects.open().count() == 1


def test_the_physiotherapist_finds_it_in_the_inbox_before_anything_else(
    opened: Client, intake: Intake
) -> None:
    flag(opened)
    physio = client_of(intake.appointment.practitioner.user)  # type: ignore[union-attr]
    page = physio.get("/inbox/").content.decode()
    assert page.index("Red flags in an intake") < page.index(intake.patient.full_name)
    alert = IntakeAlert.objects.get()
    shown = physio.get(f"/intake-alerts/{alert.pk}/").content.decode()
    assert "numbness or tingling" in shown
    assert physio.post(f"/intake-alerts/{alert.pk}/", {"note": " "}).status_code == 200
    assert physio.post(f"/intake-alerts/{alert.pk}/", {"note": "Called."}).status_code == 302
    assert "All done" in physio.get("/inbox/").content.decode()
    assert "Called." in physio.get(f"/intake-alerts/{alert.pk}/").content.decode()


def test_an_answer_that_was_changed_says_so(opened: Client, intake: Intake) -> None:
    flag(opened)
    flag(opened, value="no")
    physio = client_of(intake.appointment.practitioner.user)  # type: ignore[union-attr]
    shown = physio.get(f"/intake-alerts/{IntakeAlert.objects.get().pk}/").content.decode()
    assert "The answer was changed to: No" in shown


def test_the_front_desk_is_asked_to_call_and_reads_no_reason(
    opened: Client, intake: Intake, desk_client: Client
) -> None:
    flag(opened)
    appointment = intake.appointment
    assert appointment is not None
    addresses = [
        f"/calendar/{appointment.wall_date}/",
        f"/patients/{intake.patient_id}/",
        f"/appointments/{appointment.pk}/",
    ]
    for address in addresses:
        page = desk_client.get(address).content.decode()
        assert "Physiotherapist asks you to call" in page, address
        assert [word for word in CANARIES if word in page.casefold()] == [], address
    assert "Red flags" not in desk_client.get("/").content.decode()
    alert = IntakeAlert.objects.get()
    assert desk_client.get(f"/intake-alerts/{alert.pk}/").status_code == 404
    assert desk_client.get("/inbox/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_inbox_reads_red_flags_in_one_query(physio_client: Client, number: int) -> None:
    me = Practitioner.objects.get(user=physio_client.user)  # type: ignore[attr-defined]
    for hours in range(number):
        booked = make_appointment(
            practitioner=me, starts_at=timezone.now() + timedelta(hours=hours)
        )
        intake = make_intake(booked.patient, appointment=booked)
        IntakeAlert.objects.create(
            intake=intake, patient=intake.patient, urgency="urgent", questions=[]
        )
    physio_client.get("/inbox/")
    with CaptureQueriesContext(connection) as queries:
        physio_client.get("/inbox/")
    assert len(queries) == INBOX_QUERIES


def test_who_first_opened_it_is_kept_until_it_becomes_graver(
    opened: Client, intake: Intake, physio_client: Client
) -> None:
    flag(opened, "rf_weight_loss")
    treating = client_of(intake.appointment.practitioner.user)  # type: ignore[union-attr]
    alert = IntakeAlert.objects.get()
    for client in (treating, physio_client):
        page = client.get(f"/intake-alerts/{alert.pk}/").content.decode()
        assert f"First opened by {treating.user.full_name}" in page  # type: ignore[attr-defined]
    assert f"/take-over/red-flag/{alert.pk}/" in page
    flag(opened, "rf_saddle")
    physio_client.get(f"/intake-alerts/{alert.pk}/")
    read = FirstReading.objects.filter(subject_id=alert.pk).order_by("pk")
    assert [one.urgency for one in read] == ["urgent", "emergency"]
