"""Sixteen people want one time. Real connections, real threads, the application's own role."""

import os
import threading
from datetime import date, time, timedelta

import pytest
from django.db import connections

from people.models import Patient, Practitioner
from scheduling.models import Appointment, AppointmentType, Room
from scheduling.services import TimeTaken, book_appointment
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


def test_one_room_is_booked_once() -> None:
    desk = Desk()
    assert_one_wins(
        run_together(
            lambda i: desk.book(
                time(9), desk.patients[i], desk.practitioners[i], desk.rooms[0], desk.type
            )
        )
    )


def test_one_patient_is_booked_once() -> None:
    desk = Desk()
    assert_one_wins(
        run_together(
            lambda i: desk.book(
                time(9), desk.patients[0], desk.practitioners[i], desk.rooms[i], desk.type
            )
        )
    )


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
