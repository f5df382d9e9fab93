from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from people.models import Patient, Practitioner
from scheduling.choices import AppointmentKind, AppointmentStatus
from scheduling.models import Appointment, AppointmentType, Room
from scheduling.services import TimeTaken, set_status
from sessions.care import change_plan, start_plan
from sessions.models import TreatmentSession
from sessions.next_visit import book_next, follow_up_type, next_booked, offered
from tests import factories

NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # Tuesday, 10:00 in Vancouver


@pytest.fixture
def visit(patient: Patient, practitioner: Practitioner) -> TreatmentSession:
    """A session of a follow-up on Tuesday at 10:00, with working hours 8 to 17."""
    room = factories.make_room()
    factories.make_availability(practitioner, room)
    appointment = factories.make_appointment(
        patient=patient, practitioner=practitioner, room=room, starts_at=NOW
    )
    return factories.make_treatment(
        patient, practitioner=practitioner, appointment=appointment, started_at=NOW
    )


def times(treatment: TreatmentSession) -> list[str]:
    with time_machine.travel(NOW, tick=False):
        return [one.words for one in offered(treatment)]


def book(treatment: TreatmentSession, start: datetime) -> Appointment:
    with time_machine.travel(NOW, tick=False):
        return book_next(treatment=treatment, start=start, by=treatment.practitioner.user)


WEEK_LATER = datetime(2026, 12, 1, 10, 0)  # noqa: DTZ001 - a wall-clock time of the clinic


def test_the_same_time_a_week_later_is_offered_with_its_neighbours(
    visit: TreatmentSession,
) -> None:
    assert times(visit) == ["Tue 1 Dec, 09:45", "Tue 1 Dec, 10:00", "Tue 1 Dec, 10:15"]


def test_the_interval_of_the_plan_moves_the_day(visit: TreatmentSession) -> None:
    start_plan(treatment=visit, problem="Shoulder", by=visit.practitioner.user)
    change_plan(planned=visit.planned, interval_days=14)
    assert times(visit)[1] == "Tue 8 Dec, 10:00"


def test_a_taken_time_is_not_offered(visit: TreatmentSession) -> None:
    factories.make_appointment(practitioner=visit.practitioner, starts_at=NOW + timedelta(days=7))
    assert times(visit) == ["Tue 1 Dec, 09:15", "Tue 1 Dec, 09:30", "Tue 1 Dec, 10:30"]


def test_the_next_visit_is_booked_with_all_its_facts(visit: TreatmentSession) -> None:
    booked = book(visit, WEEK_LATER)
    assert visit.appointment is not None
    assert (booked.patient, booked.practitioner) == (visit.patient, visit.practitioner)
    assert (booked.room, booked.appointment_type) == (
        visit.appointment.room,
        visit.appointment.appointment_type,
    )
    with time_machine.travel(NOW, tick=False):
        assert next_booked(visit) == booked
    assert book(visit, WEEK_LATER) == booked  # a double click
    assert Appointment.objects.count() == 2


def test_a_clash_and_a_time_outside_of_the_hours_are_refused_in_words(
    visit: TreatmentSession,
) -> None:
    factories.make_appointment(practitioner=visit.practitioner, starts_at=NOW + timedelta(days=7))
    with pytest.raises(TimeTaken, match="already has an appointment at that time"):
        book(visit, WEEK_LATER)
    with pytest.raises(ValidationError, match="does not work at that time"):
        book(visit, WEEK_LATER.replace(hour=20))
    with pytest.raises(ValidationError, match="That day has passed"):
        book(visit, WEEK_LATER - timedelta(days=14))


def test_a_cancelled_visit_is_not_the_next_one(visit: TreatmentSession) -> None:
    booked = book(visit, WEEK_LATER)
    set_status(booked, AppointmentStatus.CANCELLED)
    with time_machine.travel(NOW, tick=False):
        assert next_booked(visit) is None


def test_a_first_visit_is_followed_by_a_follow_up_that_needs_no_intake(
    visit: TreatmentSession,
) -> None:
    first = factories.make_type(kind=AppointmentKind.INITIAL)
    Appointment.objects.filter(pk=visit.appointment_id).update(appointment_type=first)
    AppointmentType.objects.filter(kind=AppointmentKind.FOLLOW_UP).update(needs_intake=True)
    fresh = TreatmentSession.objects.get(pk=visit.pk)
    assert follow_up_type(fresh) is None
    assert times(fresh) == []
    with pytest.raises(ValidationError, match="no follow-up appointment type"):
        book(fresh, WEEK_LATER)
    plain = factories.make_type()
    assert follow_up_type(fresh) == plain


def test_without_working_hours_nothing_is_offered(treatment: TreatmentSession) -> None:
    assert Room.objects.count() == 0
    factories.make_type()
    assert offered(treatment) == []
