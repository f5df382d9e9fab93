"""Sixteen people want one time. Real connections, real threads, the application's own role."""

import os
import threading
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import connections

from people.models import Patient, Practitioner
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment, AppointmentType, Room
from scheduling.services import (
    ChangedMeanwhile,
    TimeTaken,
    book_appointment,
    move_appointment,
    set_status,
)
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 16
ROUNDS = int(os.environ.get("IMS_RACE_ROUNDS", "10"))


def run_together(act, count: int = CLIENTS) -> list[object]:
    """Start ``count`` threads at one barrier; return each one's result or exception."""
    results: list[object] = [None] * count
    barrier = threading.Barrier(count)

    def one(index: int) -> None:
        barrier.wait()
        try:
            results[index] = act(index)
        except Exception as error:  # noqa: BLE001 - the test looks at every outcome
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Desk:
    """What sixteen desks share in a race: patients, practitioners, rooms, one appointment type."""

    def __init__(self) -> None:
        self.patients = [factories.make_patient() for _ in range(CLIENTS)]
        self.practitioners = [factories.make_practitioner() for _ in range(CLIENTS)]
        self.rooms = [factories.make_room() for _ in range(CLIENTS)]
        self.type = factories.make_type(duration_minutes=30)
        self.day = date(2027, 1, 4)

    def book(
        self,
        at: time,
        patient: Patient,
        practitioner: Practitioner,
        room: Room,
        kind: AppointmentType,
    ) -> Appointment:
        return book_appointment(
            patient=patient,
            practitioner=practitioner,
            room=room,
            appointment_type=kind,
            day=self.day,
            at=at,
            by=None,
        )


def assert_one_wins(results: list[object]) -> None:
    winners = [result for result in results if isinstance(result, Appointment)]
    losers = [result for result in results if isinstance(result, TimeTaken)]
    assert (len(winners), len(losers)) == (1, CLIENTS - 1), results


def test_one_practitioner_is_booked_once_in_every_round() -> None:
    desk = Desk()
    for number in range(ROUNDS):
        desk.day += timedelta(days=1)
        shift = number % 2 * 10  # also overlapping times, not only equal ones

        def book(index: int, shift: int = shift) -> Appointment:
            at = time(9, 15 if shift and index % 2 else 0)
            return desk.book(
                at, desk.patients[index], desk.practitioners[0], desk.rooms[index], desk.type
            )

        assert_one_wins(run_together(book))
    assert Appointment.objects.count() == ROUNDS


@pytest.mark.parametrize("shared", ["room", "patient"])
def test_one_room_and_one_patient_are_booked_once_in_every_round(shared: str) -> None:
    desk = Desk()
    for number in range(ROUNDS):
        desk.day += timedelta(days=1)

        def book(index: int, number: int = number) -> Appointment:
            return desk.book(
                time(9, 15 if number % 2 and index % 2 else 0),
                desk.patients[0 if shared == "patient" else index],
                desk.practitioners[index],
                desk.rooms[0 if shared == "room" else index],
                desk.type,
            )

        assert_one_wins(run_together(book))


def test_booking_moving_and_restoring_into_one_time_has_one_winner_in_every_round() -> None:
    desk = Desk()
    for _ in range(ROUNDS):
        desk.day += timedelta(days=1)
        assert_one_wins(run_together(newcomers(desk)))


def newcomers(desk: Desk) -> Callable[[int], Appointment]:
    """Acts that all end in one room at nine: a third books, a third moves, a third restores."""
    room, day = desk.rooms[0], desk.day

    def place(index: int, at: time, room: Room) -> Appointment:
        return desk.book(at, desk.patients[index], desk.practitioners[index], room, desk.type)

    moved = {i: place(i, time(15), desk.rooms[i]) for i in range(1, CLIENTS, 3)}
    restored = {}
    for index in range(2, CLIENTS, 3):
        restored[index] = place(index, time(9), room)
        set_status(restored[index], AppointmentStatus.CANCELLED)

    def act(index: int) -> Appointment:
        if index in moved:
            one = moved[index]
            return move_appointment(
                one, day=day, at=time(9), practitioner=one.practitioner, room=room
            )
        if index in restored:
            return set_status(restored[index], AppointmentStatus.BOOKED)
        return place(index, time(9), room)

    return act


def test_one_appointment_changed_by_sixteen_people_is_changed_once() -> None:
    desk = Desk()
    first = desk.book(time(9), desk.patients[0], desk.practitioners[0], desk.rooms[0], desk.type)
    read = [Appointment.objects.get(pk=first.pk) for _ in range(CLIENTS)]
    results = run_together(lambda i: set_status(read[i], AppointmentStatus.ARRIVED))
    refused = [result for result in results if isinstance(result, ChangedMeanwhile)]
    assert len(refused) == CLIENTS - 1, results
    assert Appointment.objects.get(pk=first.pk).version == 2


def test_distinct_times_are_never_refused() -> None:
    desk = Desk()
    results = run_together(
        lambda i: desk.book(
            time(8 + i // 2, i % 2 * 30),
            desk.patients[i],
            desk.practitioners[0],
            desk.rooms[i],
            desk.type,
        )
    )
    assert all(isinstance(result, Appointment) for result in results), results
