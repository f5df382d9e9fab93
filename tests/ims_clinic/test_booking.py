"""Booking at the desk: the service that books and sends the intake, and its pages."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ims_clinic.booking import book_at_desk, first_choice, read_time
from intake.models import Intake
from notifications.models import Message
from people.choices import Role
from people.models import Patient, Practitioner
from scheduling.choices import AppointmentKind
from scheduling.choices import AppointmentStatus as S
from scheduling.models import Appointment, AppointmentType
from scheduling.services import TimeTaken
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=7)
BOOK = reverse("clinic:book")
NEW = {
    "given_name": "Dana",
    "family_name": "Whitlock",
    "born_on": "1980-05-17",
    "phone": "604 555 0188",
    "email": "dana@mail.example",
}


@pytest.fixture
def one() -> Practitioner:
    practitioner = factories.make_practitioner()
    factories.make_availability(practitioner)
    return practitioner


@pytest.fixture
def kind() -> AppointmentType:
    return factories.make_type(name="Follow-up")


@pytest.fixture
def first_visit() -> AppointmentType:
    return factories.make_type(
        name="First visit",
        kind=AppointmentKind.INITIAL,
        duration_minutes=60,
        needs_intake=True,
    )


def booked(one: Practitioner, kind: AppointmentType, **changed: Any) -> Any:
    values: dict[str, Any] = {
        "patient": None,
        "practitioner": one,
        "room": one.availability_set.first().room,
        "appointment_type": kind,
        "day": DAY,
        "at": time(9),
        "by": None,
        **changed,
    }
    values["patient"] = values["patient"] or factories.make_patient()
    values["by"] = values["by"] or factories.make_user()
    return book_at_desk(**values)


def test_a_first_visit_is_booked_and_its_intake_sent(
    one: Practitioner, first_visit: AppointmentType
) -> None:
    done = booked(one, first_visit)
    assert done.is_intake_sent
    assert done.intake.appointment == done.appointment
    assert [m.address for m in Message.objects.all()] == [done.appointment.patient.email]


def test_a_follow_up_needs_no_intake(one: Practitioner, kind: AppointmentType) -> None:
    done = booked(one, kind)
    assert (done.intake, done.is_intake_sent) == (None, False)
    assert Message.objects.count() == 0


def test_without_an_e_mail_address_it_is_booked_and_nothing_is_sent(
    one: Practitioner, first_visit: AppointmentType
) -> None:
    done = booked(one, first_visit, patient=factories.make_patient(email=""))
    assert (done.intake is not None, done.is_intake_sent) == (True, False)


def test_a_taken_time_leaves_no_new_patient_and_no_message_behind(
    one: Practitioner, first_visit: AppointmentType
) -> None:
    booked(one, first_visit)
    fields = {name: value for name, value in NEW.items() if name != "born_on"}
    new = Patient(born_on=DAY.replace(year=1980, day=1), **fields)
    with pytest.raises(TimeTaken):
        booked(one, first_visit, patient=new)
    counts = (Patient.objects.count(), Intake.objects.count(), Message.objects.count())
    assert counts == (1, 1, 1)


def test_somebody_new_starts_with_a_first_visit_at_the_time_that_was_clicked(
    one: Practitioner, kind: AppointmentType, first_visit: AppointmentType
) -> None:
    asked = {"practitioner": f"{one.pk}", "at": f"{DAY}T10:45"}
    assert first_choice(factories.make_patient(), asked) == {
        "appointment_type": first_visit,
        "practitioner": one,
        "day": DAY,
        "at": time(10, 45),
    }


def test_a_returning_patient_starts_with_what_they_had_last(
    one: Practitioner, kind: AppointmentType, first_visit: AppointmentType
) -> None:
    patient = factories.make_patient()
    factories.make_type(name="Another follow-up")
    past = timezone.now() - timedelta(days=30)
    factories.make_appointment(
        patient=patient, practitioner=one, appointment_type=kind, starts_at=past
    )
    choice = first_choice(patient, {"day": f"{DAY}"})
    assert (choice["appointment_type"], choice["practitioner"]) == (kind, one)
    assert (choice["day"], choice["at"]) == (DAY, time(8))


def test_after_a_first_visit_a_follow_up_is_proposed(
    one: Practitioner, kind: AppointmentType, first_visit: AppointmentType
) -> None:
    patient = factories.make_patient()
    factories.make_appointment(patient=patient, practitioner=one, appointment_type=first_visit)
    assert first_choice(patient, {})["appointment_type"] == kind


def test_without_working_hours_only_the_type_is_proposed(kind: AppointmentType) -> None:
    factories.make_practitioner()
    assert first_choice(None, {}) == {"appointment_type": kind}


def test_without_any_type_nothing_is_proposed() -> None:
    factories.make_location()
    assert first_choice(None, {"practitioner": "999"}) == {"appointment_type": None}


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01T00:00", "10:45"])
def test_a_time_that_cannot_be_read_is_no_time(text: str) -> None:
    assert read_time(text) is None


def test_two_clicks_and_two_enters_book_a_returning_patient(
    desk_client: Client, one: Practitioner, kind: AppointmentType
) -> None:
    patient = factories.make_patient(family_name="Whitlock")
    factories.make_appointment(patient=patient, practitioner=one, appointment_type=kind)
    asked = {"practitioner": one.pk, "at": f"{DAY}T10:45"}
    assert "Who is coming?" in desk_client.get(BOOK, asked).content.decode()
    answer = desk_client.get(BOOK, {**asked, "q": "whit", "top": "1"})
    assert answer.status_code == 302
    page = desk_client.get(answer.url)
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {
        "appointment_type": values["appointment_type"],
        "practitioner": values["practitioner"],
        "day": values["day"],
        "at": values["at"],
        "room": "",
    }
    done = desk_client.post(answer.url, sent)
    assert done.url == reverse("clinic:day-of", args=[DAY])
    appointment = Appointment.objects.latest("id")
    assert (appointment.patient, appointment.wall_time) == (patient, time(10, 45))
    assert appointment.booked_by == desk_client.user  # type: ignore[attr-defined]


def test_enter_takes_the_top_match_of_what_is_typed_and_nobody_when_none_matches(
    desk_client: Client,
) -> None:
    factories.make_patient(given_name="Whitney", family_name="Aaron")
    wanted = factories.make_patient(given_name="Dana", family_name="Whit")
    answer = desk_client.get(BOOK, {"q": "whit", "top": "1", "book": "1", "day": f"{DAY}"})
    assert answer.url == f"{BOOK}?day={DAY}&patient={wanted.pk}"
    nobody = desk_client.get(BOOK, {"q": "zzz", "top": "1"})
    assert "No patient matches “zzz”" in nobody.content.decode()


def form_of(one: Practitioner, kind: AppointmentType, **changed: Any) -> dict[str, Any]:
    values = {"appointment_type": kind.pk, "practitioner": one.pk, "day": DAY, "at": "9:00"}
    return {**values, "room": "", **changed}


def post(client: Client, patient: Patient, values: dict[str, Any]) -> Any:
    return client.post(f"{BOOK}?patient={patient.pk}", values)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_the_message_says_when_with_whom_and_that_the_intake_is_on_its_way(
    desk_client: Client, one: Practitioner, first_visit: AppointmentType
) -> None:
    patient = factories.make_patient()
    answer = post(desk_client, patient, form_of(one, first_visit))
    room = one.availability_set.first().room
    assert said(answer) == (
        f"{patient} is booked: {DAY:%A %-d %B}, 09:00, {one}, {room}. "
        "The intake link is on its way."
    )


def test_the_message_warns_when_no_intake_link_can_be_sent(
    desk_client: Client, one: Practitioner, first_visit: AppointmentType
) -> None:
    answer = post(desk_client, factories.make_patient(email=""), form_of(one, first_visit))
    assert "No intake link: there is no e-mail address on file." in said(answer)


def test_a_taken_time_is_said_with_the_three_nearest_and_what_was_typed_stays(
    desk_client: Client, one: Practitioner, kind: AppointmentType
) -> None:
    booked(one, kind)
    patient = factories.make_patient()
    answer = post(desk_client, patient, form_of(one, kind))
    page = answer.content.decode()
    assert "Error: New booking" in page
    assert f"{one} already has an appointment at that time." in page
    assert [free.words[-5:] for free in answer.context["free"]] == ["08:15", "08:30", "09:30"]
    assert 'value="9:00"' in page
    taken = post(desk_client, patient, form_of(one, kind, take=answer.context["free"][2].key))
    assert taken.status_code == 302
    assert Appointment.objects.latest("id").wall_time == time(9, 30)


def test_a_double_click_books_once_and_is_no_error(
    desk_client: Client, one: Practitioner, kind: AppointmentType
) -> None:
    patient = factories.make_patient()
    first = post(desk_client, patient, form_of(one, kind))
    second = post(desk_client, patient, form_of(one, kind))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Appointment.objects.count() == 1


def test_a_booking_costs_few_queries(
    desk_client: Client, one: Practitioner, kind: AppointmentType, django_assert_num_queries: Any
) -> None:
    patient = factories.make_patient()
    with django_assert_num_queries(20):
        post(desk_client, patient, form_of(one, kind))


def test_a_refusal_reads_each_list_of_the_form_once(
    desk_client: Client, one: Practitioner, kind: AppointmentType
) -> None:
    booked(one, kind)
    patient = factories.make_patient()
    with CaptureQueriesContext(connection) as queries:
        post(desk_client, patient, form_of(one, kind))
    read = [query["sql"] for query in queries if " FROM " in query["sql"]]
    for table in ("people_practitioner", "scheduling_appointmenttype", "scheduling_room"):
        assert sum(f' FROM "{table}"' in sql for sql in read) == 1
    assert len(read) <= 10


def test_a_new_patient_is_added_with_the_booking(
    desk_client: Client, one: Practitioner, first_visit: AppointmentType
) -> None:
    page = desk_client.get(BOOK, {"new": "1", "q": "Dana Whitlock"}).content.decode()
    assert 'value="Whitlock"' in page
    answer = desk_client.post(f"{BOOK}?new=1", {**form_of(one, first_visit), **NEW})
    assert answer.status_code == 302
    appointment = Appointment.objects.get()
    assert appointment.patient.full_name == "Dana Whitlock"
    assert Intake.objects.get().appointment == appointment


def test_every_slip_of_the_new_patient_and_of_the_booking_is_shown_at_once(
    desk_client: Client, one: Practitioner, kind: AppointmentType
) -> None:
    sent = {**form_of(one, kind, at=""), **NEW, "given_name": ""}
    page = desk_client.post(f"{BOOK}?new=1", sent).content.decode()
    assert "Enter the first name." in page
    assert "Enter the time." in page
    assert Patient.objects.count() == 0


def test_a_likely_duplicate_is_offered_instead_with_the_time_kept(
    desk_client: Client, one: Practitioner, kind: AppointmentType
) -> None:
    known = factories.make_patient(phone=NEW["phone"])
    sent = {**form_of(one, kind), **NEW}
    address = f"{BOOK}?new=1&practitioner={one.pk}"
    page = desk_client.post(address, sent).content.decode()
    assert f"?practitioner={one.pk}&amp;patient={known.pk}" in page
    assert Appointment.objects.count() == 0
    desk_client.post(address, {**sent, "is_new": "1"})
    assert (Appointment.objects.count(), Patient.objects.count()) == (1, 2)


def test_an_unknown_patient_is_no_page(desk_client: Client) -> None:
    assert desk_client.get(BOOK, {"patient": "999999"}).status_code == 404


def look(client: Client, appointment: Appointment) -> str:
    return client.get(reverse("clinic:appointment", args=[appointment.pk])).content.decode()


def test_the_appointment_page_offers_status_move_and_intake(
    desk_client: Client, one: Practitioner, first_visit: AppointmentType
) -> None:
    done = booked(one, first_visit)
    page = look(desk_client, done.appointment)
    assert 'name="status" value="confirmed">Confirm' in page
    assert f'action="{reverse("scheduling:move", args=[done.appointment.pk])}"' in page
    assert "Remind now" in page
    assert "09:00 to 10:00" in page


def test_on_the_day_the_page_marks_the_arrival_and_shows_its_time(desk_client: Client) -> None:
    zone = factories.make_location().zone
    now = timezone.now()
    appointment = factories.make_appointment(status=S.ARRIVED, arrived_at=now)
    page = look(desk_client, appointment)
    assert f"<dd>{now.astimezone(zone):%H:%M}</dd>" in page
    assert 'value="in_room">In room' in page


def test_a_cancelled_appointment_can_be_restored_but_not_moved(desk_client: Client) -> None:
    page = look(desk_client, factories.make_appointment(status=S.CANCELLED))
    assert "Restore appointment" in page
    assert "Move appointment" not in page


def test_without_an_address_the_page_says_how_to_mend_it(
    desk_client: Client, one: Practitioner, first_visit: AppointmentType
) -> None:
    done = booked(one, first_visit, patient=factories.make_patient(email=""))
    page = look(desk_client, done.appointment)
    assert "There is no e-mail address on file" in page
    assert reverse("people:patient-edit", args=[done.appointment.patient_id]) in page


def test_a_complete_intake_has_nothing_to_send(desk_client: Client) -> None:
    appointment = factories.make_appointment()
    factories.make_intake(appointment.patient, appointment=appointment, status="submitted")
    page = look(desk_client, appointment)
    assert "Intake complete" in page
    assert "Nothing to send." in page


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_see_the_appointment(role: Role, request: Any) -> None:
    names = {
        Role.FRONT_DESK: "desk_client",
        Role.PHYSIOTHERAPIST: "physio_client",
        Role.CLINIC_ADMIN: "admin_client_",
    }
    client: Client = request.getfixturevalue(names[role])
    assert "Move appointment" in look(client, factories.make_appointment())


def test_an_unknown_appointment_is_no_page(desk_client: Client) -> None:
    assert desk_client.get(reverse("clinic:appointment", args=[999999])).status_code == 404
