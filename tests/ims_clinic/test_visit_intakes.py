from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ims_clinic.visit_intakes import visit_intakes
from intake.chasing import remind_by_hand
from intake.desk_links import desk_links
from intake.models import Intake
from intake.services import save_answers, send_intake
from intake.status import intakes_of
from people.choices import Role
from people.models import Patient
from scheduling.models import Appointment
from tests import factories

pytestmark = pytest.mark.django_db

CANARY = "Zugzwang"


def make_visit(patient: Patient, days: int = 2) -> Appointment:
    return factories.make_appointment(
        patient=patient,
        appointment_type=factories.make_type(needs_intake=True),
        starts_at=timezone.now() + timedelta(days=days),
    )


def sent(patient: Patient) -> Intake:
    return send_intake(appointment=make_visit(patient), patient=patient)


def page_of(client: Client, patient: Patient) -> str:
    address = reverse("clinic:patient", args=[patient.pk])
    return " ".join(client.get(address).content.decode().split())


def test_one_card_tells_state_last_reminder_and_the_one_thing_to_do(desk_client: Client) -> None:
    patient = factories.make_patient()
    intake = sent(patient)
    remind_by_hand(intake=intake, by=factories.make_user(Role.FRONT_DESK))
    page = page_of(desk_client, patient)
    assert "Intake sent" in page
    assert " · Reminded today" in page
    assert page.count("Remind now") == 1
    assert "Send a new intake link" not in page
    assert page.count("Print the form") == 1


def test_before_anything_was_sent_the_link_is_sent(desk_client: Client) -> None:
    patient = factories.make_patient()
    make_visit(patient)
    page = page_of(desk_client, patient)
    assert "No link was sent yet" in page
    assert "Send the intake link" in page
    assert "Remind now" not in page


def test_without_an_email_the_other_ways_lie_open(desk_client: Client) -> None:
    patient = factories.make_patient(email="")
    sent(patient)
    page = page_of(desk_client, patient)
    assert "There is no e-mail address on file" in page
    assert '<details class="ims-ways" open>' in page
    assert "Remind now" not in page


def test_without_a_visit_that_needs_one_the_card_says_so(desk_client: Client) -> None:
    page = page_of(desk_client, factories.make_patient())
    assert "No appointment to come needs an intake." in page


def test_paper_is_entered_by_a_physiotherapist_only(
    desk_client: Client, physio_client: Client
) -> None:
    patient = factories.make_patient()
    sent(patient)
    assert "Enter a paper form" not in page_of(desk_client, patient)
    assert page_of(physio_client, patient).count("Enter a paper form") == 1


def test_the_card_says_nothing_of_the_answers(desk_client: Client) -> None:
    patient = factories.make_patient()
    save_answers(sent(patient), {"problem_start": ("given", CANARY)})
    page = page_of(desk_client, patient)
    assert "Intake started" in page
    assert CANARY not in page


def test_a_visit_that_has_begun_is_not_chased() -> None:
    patient = factories.make_patient()
    intake = sent(patient)
    appointment = Appointment.objects.get(pk=intake.appointment_id)
    with time_machine.travel(appointment.starts_at + timedelta(minutes=5), tick=False):
        (visit,) = visit_intakes(desk_links(patient))
    assert (visit.chase, visit.link.can_give) == (None, True)


def test_the_queries_do_not_grow_with_the_visits(django_assert_num_queries: Any) -> None:
    patient = factories.make_patient()
    for made in (1, 3):
        for days in range(made):
            make_visit(patient, days=2 + 3 * made + days)
        links, intakes = desk_links(patient), intakes_of(patient)
        with django_assert_num_queries(2):
            alone = visit_intakes(links)
        with django_assert_num_queries(1):
            beside = visit_intakes(links, intakes)
        assert alone == beside
