from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.choices import IntakeStatus
from intake.models import Intake, IntakeReminder
from intake.paper import begin_paper
from intake.services import send_intake
from notifications.models import Message
from tests import factories
from tests.conftest import client_of

pytestmark = pytest.mark.django_db


def sent(**fields: Any) -> Intake:
    """An intake of a visit in two days."""
    patient = factories.make_patient(**fields)
    appointment = factories.make_appointment(
        patient=patient, starts_at=timezone.now() + timedelta(days=2)
    )
    return send_intake(appointment=appointment, patient=patient)


def test_one_click_reminds_and_returns_to_where_it_was(desk_client: Client) -> None:
    intake = sent(given_name="Ana", family_name="Reyes")
    address = reverse("intake:remind", args=[intake.pk])
    answer = desk_client.post(address, {"next": "/"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    page = answer.content.decode()
    assert "A reminder is on its way to Ana Reyes." in page
    assert "Reminded today" in page
    assert Message.objects.filter(subject__startswith="Reminder").count() == 1
    again = desk_client.post(address, follow=True)
    assert again.redirect_chain == [(reverse("clinic:patient", args=[intake.patient_id]), 302)]
    assert "Wait ten minutes before you remind again." in again.content.decode()
    assert IntakeReminder.objects.count() == 1


def test_reading_the_address_reminds_nobody(desk_client: Client) -> None:
    intake = sent()
    assert desk_client.get(reverse("intake:remind", args=[intake.pk])).status_code == 405
    assert not IntakeReminder.objects.exists()


def test_the_appointment_page_offers_the_reminder_and_no_second_link(desk_client: Client) -> None:
    intake = sent()
    assert intake.appointment is not None
    page = desk_client.get(reverse("clinic:appointment", args=[intake.appointment.pk]))
    text = page.content.decode()
    assert "Remind now" in text
    assert "Send a new intake link" not in text
    assert "Enter a paper form" not in text
    physio = client_of(factories.make_practitioner().user)
    page = physio.get(reverse("clinic:appointment", args=[intake.appointment.pk]))
    assert "Enter a paper form" in page.content.decode()


def test_the_patient_page_offers_it_for_visits_to_come_only(desk_client: Client) -> None:
    intake = sent()
    address = reverse("clinic:patient", args=[intake.patient_id])
    assert "Remind now" in desk_client.get(address).content.decode()
    Intake.objects.filter(pk=intake.pk).update(
        status=IntakeStatus.SUBMITTED, submitted_at=timezone.now()
    )
    assert "Remind now" not in desk_client.get(address).content.decode()


def test_a_paper_that_is_being_entered_needs_no_link(desk_client: Client) -> None:
    appointment = factories.make_appointment(
        starts_at=timezone.now() + timedelta(days=2),
        appointment_type=factories.make_type(needs_intake=True),
    )
    begin_paper(appointment=appointment, by=factories.make_practitioner().user)
    page = desk_client.get(reverse("clinic:home")).content.decode()
    assert "The paper form is being entered" in page
    assert "Send intake link" not in page


def test_the_desks_home_lists_what_is_not_finished_with_the_phone_number(
    desk_client: Client,
) -> None:
    empty = desk_client.get(reverse("clinic:home")).content.decode()
    assert "Every intake is finished" in empty
    sent(phone="604 555 7777", email="")
    page = desk_client.get(reverse("clinic:home")).content.decode()
    assert 'href="tel:6045557777"' in page
    assert "Intake not sent" in page
    assert "No e-mail: call, or print the form" in page
