from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Practitioner
from scheduling.choices import AppointmentStatus as S
from scheduling.models import Appointment
from scheduling.services import book_appointment, set_status
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=7)


@pytest.fixture
def one() -> Practitioner:
    practitioner = factories.make_practitioner()
    factories.make_availability(practitioner)
    return practitioner


def book(one: Practitioner, at: time = time(9), day: date = DAY) -> Appointment:
    return book_appointment(
        patient=factories.make_patient(),
        practitioner=one,
        room=one.availability_set.first().room,
        appointment_type=factories.make_type(),
        day=day,
        at=at,
        by=None,
    )


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def status_of(appointment: Appointment) -> str:
    return Appointment.objects.get(pk=appointment.pk).status


def test_the_desk_marks_arrived_in_one_click_and_can_undo_it(
    desk_client: Client, one: Practitioner
) -> None:
    appointment = book(one)
    address = reverse("scheduling:status", args=[appointment.pk])
    answer = desk_client.post(address, {"status": "arrived", "next": "/calendar/"})
    assert (answer.status_code, answer.url) == (302, "/calendar/")
    assert status_of(appointment) == S.ARRIVED
    [message] = said(answer)
    assert f"{appointment.patient}: Arrived" in message
    assert f'action="{address}"' in message
    assert '<input type="hidden" name="status" value="booked">' in message
    back = desk_client.post(address, {"status": "booked", "version": "2", "is_undo": "1"})
    assert status_of(appointment) == S.BOOKED
    assert said(back)[-1] == f"Undone. {appointment.patient}: Booked"


def test_without_a_way_back_the_appointment_page_follows(
    desk_client: Client, one: Practitioner
) -> None:
    appointment = book(one)
    address = reverse("scheduling:status", args=[appointment.pk])
    answer = desk_client.post(address, {"status": "confirmed", "next": "https://evil.example/"})
    assert answer.url == reverse("clinic:appointment", args=[appointment.pk])


@pytest.mark.parametrize("wanted", ["", "booked", "nonsense"])
def test_no_status_the_same_or_an_unknown_one_changes_nothing(
    desk_client: Client, one: Practitioner, wanted: str
) -> None:
    appointment = book(one)
    desk_client.post(reverse("scheduling:status", args=[appointment.pk]), {"status": wanted})
    assert Appointment.objects.get().version == 1


def test_restoring_into_a_taken_time_is_refused_with_a_sentence(
    desk_client: Client, one: Practitioner
) -> None:
    first = book(one)
    set_status(first, S.CANCELLED)
    book(one)
    answer = desk_client.post(reverse("scheduling:status", args=[first.pk]), {"status": "booked"})
    assert said(answer) == [f"{one} already has an appointment at that time."]
    assert status_of(first) == S.CANCELLED


def test_a_click_on_an_old_page_is_refused_with_a_sentence(
    desk_client: Client, one: Practitioner
) -> None:
    appointment = book(one)
    set_status(appointment, S.CANCELLED)
    address = reverse("scheduling:status", args=[appointment.pk])
    answer = desk_client.post(f"{address}?version=1", {"status": "arrived"})
    assert said(answer) == [
        "Somebody changed this appointment in the meantime. Look at it and try again."
    ]
    assert status_of(appointment) == S.CANCELLED


def test_a_status_is_never_changed_by_a_link(desk_client: Client, one: Practitioner) -> None:
    answer = desk_client.get(reverse("scheduling:status", args=[book(one).pk]))
    assert answer.status_code == 405


def move(client: Client, appointment: Appointment, **changed: Any) -> Any:
    values = {
        "practitioner": appointment.practitioner_id,
        "day": appointment.wall_date,
        "at": "11:00",
        "room": "",
        "version": appointment.version,
    }
    address = reverse("scheduling:move", args=[appointment.pk])
    return client.post(address, {**values, **changed})


def test_an_appointment_is_moved_and_the_message_can_undo_it(
    desk_client: Client, one: Practitioner
) -> None:
    appointment = book(one)
    answer = move(desk_client, appointment)
    assert answer.url == reverse("clinic:day-of", args=[DAY])
    assert Appointment.objects.get().wall_time == time(11)
    [message] = said(answer)
    assert f"{DAY:%-d %B}, 09:00 to {DAY:%-d %B}, 11:00" in message
    assert 'name="at" value="09:00:00"' in message
    back = move(desk_client, appointment, at="09:00:00", version="2", is_undo="1")
    assert back.status_code == 302
    assert Appointment.objects.get().wall_time == time(9)
    assert said(back)[-1].startswith("Undone.")


def test_moving_onto_a_taken_time_offers_the_three_nearest_free_ones(
    desk_client: Client, one: Practitioner
) -> None:
    book(one, time(11))
    appointment = book(one, time(9))
    answer = move(desk_client, appointment)
    page = answer.content.decode()
    assert f"{one} already has an appointment at that time." in page
    assert [free.words[-5:] for free in answer.context["free"]] == ["10:15", "10:30", "11:30"]
    assert 'value="11:00"' in page
    assert Appointment.objects.get(pk=appointment.pk).wall_time == time(9)
    taken = move(desk_client, appointment, take=answer.context["free"][0].key)
    assert taken.status_code == 302
    assert Appointment.objects.get(pk=appointment.pk).wall_time == time(10, 15)


def test_moving_to_a_past_day_is_refused_and_what_was_typed_stays(
    desk_client: Client, one: Practitioner
) -> None:
    past = timezone.localdate() - timedelta(days=4)
    page = move(desk_client, book(one), day=past).content.decode()
    assert "That day has passed. Choose today or a later day." in page
    assert f'value="{past}"' in page


def test_a_move_from_an_old_page_is_refused_once_and_goes_through_when_tried_again(
    desk_client: Client, one: Practitioner
) -> None:
    appointment = book(one)
    set_status(appointment, S.CONFIRMED)
    page = move(desk_client, appointment, version=1).content.decode()
    assert "Somebody changed this appointment in the meantime." in page
    assert '<input type="hidden" name="version" value="2">' in page
    assert move(desk_client, appointment, version=2).status_code == 302


def test_the_page_to_move_starts_where_the_appointment_is(
    desk_client: Client, one: Practitioner
) -> None:
    page = desk_client.get(reverse("scheduling:move", args=[book(one).pk])).content.decode()
    assert 'value="09:00"' in page
    assert f'value="{DAY}"' in page


def test_a_cancelled_appointment_cannot_be_moved(desk_client: Client, one: Practitioner) -> None:
    appointment = set_status(book(one), S.CANCELLED)
    assert move(desk_client, appointment).status_code == 404


def test_a_refused_move_costs_the_same_however_full_the_day_is(
    desk_client: Client, one: Practitioner
) -> None:
    book(one, time(11))
    appointment = book(one, time(9))
    costs = []
    for hour in (12, 13, 14):
        with CaptureQueriesContext(connection) as queries:
            move(desk_client, appointment)
        costs.append(len(queries))
        book(one, time(hour))
    assert costs == [costs[0]] * 3
