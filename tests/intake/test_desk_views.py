from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from audit.models import AuditEvent
from intake.choices import IntakeStatus
from intake.desk_links import desk_link, desk_links
from intake.models import Intake
from intake.qr_code import qr_code
from notifications.models import Message
from people.link_devices import CLINIC_DEVICE_KEY
from people.models import Patient, PatientLink
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment
from scheduling.services import set_status
from tests import factories
from tests.intake.conftest import BORN, token_of_newest_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment(intake: Intake) -> Appointment:
    assert intake.appointment is not None
    return intake.appointment


def lock(intake: Intake) -> None:
    PatientLink.objects.filter(intake=intake).update(failed_tries=PatientLink.MAX_TRIES)


def test_a_handed_over_device_has_nobody_signed_in_and_starts_at_start(
    desk_client: Client, appointment: Appointment
) -> None:
    answer = desk_client.post(f"/appointments/{appointment.pk}/intake/here/")
    assert answer.headers["Location"].startswith("/i/")
    assert SESSION_KEY not in desk_client.session
    assert desk_client.get("/calendar/").headers["Location"].startswith("/account/sign-in/")
    page = desk_client.get(answer.headers["Location"]).content.decode()
    assert "Start" in page
    assert "Hand the device back" in page
    desk_client.post(f"{answer.headers['Location']}start/")
    assert desk_client.post("/intake/birth-date/", BORN).headers["Location"] == "/intake/"
    assert AuditEvent.objects.filter(detail="filled in at the clinic").count() == 1


def test_a_patient_without_an_address_gets_a_link_on_the_spot(desk_client: Client) -> None:
    appointment = factories.make_appointment(
        patient=factories.make_patient(email=""), starts_at=timezone.now() + timedelta(days=1)
    )
    answer = desk_client.post(f"/appointments/{appointment.pk}/intake/here/")
    assert desk_client.get(answer.headers["Location"]).status_code == 200
    assert Message.objects.count() == 0


def test_a_handed_over_device_does_not_wait_for_the_networks_wrong_links(
    desk_client: Client, appointment: Appointment
) -> None:
    for number in range(11):
        desk_client.get(f"/i/wrong{number}/")
    answer = desk_client.post(f"/appointments/{appointment.pk}/intake/here/")
    assert desk_client.get(answer.headers["Location"]).status_code == 200


def test_the_next_sign_in_closes_a_patients_pages(opened: Client) -> None:
    user, session = factories.make_user(), opened.session
    session[CLINIC_DEVICE_KEY] = True
    session.save()
    opened.post("/account/sign-in/", {"login": user.email, "password": "pass-word-of-staff"})
    assert SESSION_KEY in opened.session
    assert CLINIC_DEVICE_KEY not in opened.session
    assert opened.get("/intake/contact/").status_code == 404


def test_the_qr_code_is_a_new_link_shown_once_and_never_kept(
    desk_client: Client, appointment: Appointment
) -> None:
    old = token_of_newest_message()
    answer = desk_client.post(f"/appointments/{appointment.pk}/intake/qr/")
    page = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<path d="M' in page
    assert "/i/" not in page
    assert Client().get(f"/i/{old}/").status_code == 404
    assert desk_client.get(f"/appointments/{appointment.pk}/intake/qr/").status_code == 405


def test_a_qr_code_has_a_white_edge_and_its_three_corners() -> None:
    code = qr_code("https://clinic.example/i/secret/")
    squares = {tuple(map(int, part.split("h")[0].split())) for part in code.path.split("M")[1:]}
    assert min(x for x, _y in squares) == min(y for _x, y in squares) == 4
    assert max(x for x, _y in squares) == max(y for _x, y in squares) == code.width - 5
    last = code.width - 5
    assert {(4, 4), (last, 4), (4, last)} <= squares


def test_the_desk_closes_a_link_with_one_click(desk_client: Client, intake: Intake) -> None:
    token = token_of_newest_message()
    answer = desk_client.post(f"/intakes/{intake.pk}/link/close/", {"next": "/calendar/"})
    assert answer.headers["Location"] == "/calendar/"
    assert Client().get(f"/i/{token}/").status_code == 404


def test_the_desk_sees_a_locked_link_and_allows_more_tries_with_one_click(
    desk_client: Client, intake: Intake, patient: Patient
) -> None:
    lock(intake)
    address = f"/patients/{patient.pk}/"
    assert "Date of birth entered wrong 5 times" in desk_client.get(address).content.decode()
    answer = desk_client.post(f"/intakes/{intake.pk}/link/tries/")
    assert answer.headers["Location"] == address
    assert "Date of birth entered wrong" not in desk_client.get(address).content.decode()
    assert Client().get(f"/i/{token_of_newest_message()}/").status_code == 200


@pytest.mark.parametrize("act", ["here", "qr"])
def test_a_complete_intake_gets_no_link(desk_client: Client, intake: Intake, act: str) -> None:
    Intake.objects.update(status=IntakeStatus.SUBMITTED, submitted_at=timezone.now())
    answer = desk_client.post(f"/appointments/{intake.appointment_id}/intake/{act}/")
    assert answer.status_code == 404


@pytest.mark.parametrize("act", ["close", "tries"])
def test_an_intake_without_a_link_has_nothing_to_close(desk_client: Client, act: str) -> None:
    intake = factories.make_intake()
    assert desk_client.post(f"/intakes/{intake.pk}/link/{act}/").status_code == 404


def test_the_state_of_a_link_as_the_desk_sees_it(
    intake: Intake, appointment: Appointment, patient: Patient
) -> None:
    def state() -> tuple[bool, bool, bool]:
        link = desk_link(appointment)
        assert link is not None
        return link.is_open, link.is_locked, link.can_give

    assert state() == (True, False, True)
    lock(intake)
    assert state() == (True, True, True)
    PatientLink.objects.update(revoked_at=timezone.now())
    assert state() == (False, False, True)
    assert [link.appointment for link in desk_links(patient)] == [appointment]
    set_status(appointment, AppointmentStatus.CANCELLED)
    assert state() == (False, False, False)
    assert desk_links(patient) == []


def test_an_appointment_that_needs_no_intake_shows_no_link() -> None:
    appointment = factories.make_appointment()
    assert desk_link(appointment) is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_links_of_a_patient_are_two_queries_however_many(
    patient: Patient, number: int, django_assert_num_queries: object
) -> None:
    kind = factories.make_type(needs_intake=True)
    for day in range(number):
        starts_at = timezone.now() + timedelta(days=1 + day)
        factories.make_appointment(patient=patient, appointment_type=kind, starts_at=starts_at)
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = desk_links(patient)
    assert [link.was_given for link in found] == [False] * number
