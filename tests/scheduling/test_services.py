from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from audit.choices import Action
from audit.models import AuditEvent
from people.choices import LinkPurpose
from people.links import about, end_with_visit, make_link
from people.models import PatientLink
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment
from scheduling.services import (
    ChangedMeanwhile,
    TimeTaken,
    book_appointment,
    move_appointment,
    refuse_past,
    set_status,
)
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 5)


def book(at: time = time(9), **chosen: object) -> Appointment:
    values = {
        "patient": None,
        "practitioner": None,
        "room": None,
        "appointment_type": None,
        "day": DAY,
        "by": None,
        **chosen,
    }
    values["patient"] = values["patient"] or factories.make_patient()
    values["practitioner"] = values["practitioner"] or factories.make_practitioner()
    values["room"] = values["room"] or factories.make_room()
    values["appointment_type"] = values["appointment_type"] or factories.make_type()
    return book_appointment(at=at, **values)


def test_booking_keeps_the_instant_the_wall_time_and_the_zone() -> None:
    appointment = book(time(9))
    assert appointment.starts_at.isoformat() == "2027-01-05T16:00:00+00:00"
    assert (appointment.wall_date, appointment.wall_time) == (DAY, time(9))
    assert appointment.time_zone == "America/Vancouver"


def test_booking_leaves_one_audit_line_of_the_act() -> None:
    appointment = book()
    acts = AuditEvent.objects.filter(subject="scheduling_appointment", action=Action.CREATE)
    assert [act.subject_id for act in acts] == [str(appointment.pk)]


@pytest.mark.parametrize("shared", ["practitioner", "room", "patient"])
def test_an_overlap_is_refused_with_a_sentence_that_names_who_is_busy(shared: str) -> None:
    first = book(time(9))
    with pytest.raises(TimeTaken, match=str(getattr(first, shared))):
        book(time(9, 15), **{shared: getattr(first, shared)})


def test_appointments_that_touch_are_both_booked() -> None:
    first = book(time(9))
    second = book(time(9, 30), practitioner=first.practitioner)
    assert second.starts_at == first.ends_at


def test_the_buffer_after_an_appointment_is_kept_free() -> None:
    first = book(time(9), appointment_type=factories.make_type(buffer_minutes=15))
    with pytest.raises(TimeTaken):
        book(time(9, 30), practitioner=first.practitioner)


def test_a_cancelled_appointment_frees_its_time_and_cannot_come_back_into_a_taken_one() -> None:
    first = book(time(9))
    set_status(first, AppointmentStatus.CANCELLED)
    book(time(9), practitioner=first.practitioner)
    with pytest.raises(TimeTaken):
        set_status(first, AppointmentStatus.BOOKED)


def test_moving_onto_a_taken_time_is_refused() -> None:
    first = book(time(9))
    second = book(time(11), practitioner=first.practitioner)
    with pytest.raises(TimeTaken):
        move_appointment(
            second, day=DAY, at=time(9), practitioner=first.practitioner, room=second.room
        )


def test_the_model_form_check_finds_an_overlap_when_a_field_was_left_out() -> None:
    first = book(time(9))
    copy = Appointment.objects.get(pk=first.pk)
    copy.pk = None
    with pytest.raises(ValidationError, match="already has an appointment"):
        copy.validate_constraints(exclude={"practitioner", "status"})


def test_arriving_notes_the_time_once() -> None:
    appointment = set_status(book(), AppointmentStatus.ARRIVED)
    noted = appointment.arrived_at
    assert noted is not None
    set_status(appointment, AppointmentStatus.ARRIVED)
    assert appointment.arrived_at == noted


def test_taking_back_the_arrival_forgets_its_time() -> None:
    appointment = set_status(book(), AppointmentStatus.ARRIVED)
    assert set_status(appointment, AppointmentStatus.BOOKED).arrived_at is None


def test_a_change_of_an_appointment_that_somebody_else_changed_is_refused() -> None:
    appointment = book()
    stale, moved = (Appointment.objects.get(pk=appointment.pk) for _ in range(2))
    set_status(appointment, AppointmentStatus.CANCELLED)
    with pytest.raises(ChangedMeanwhile):
        set_status(stale, AppointmentStatus.ARRIVED)
    place = {"practitioner": moved.practitioner, "room": moved.room}
    with pytest.raises(ChangedMeanwhile):
        move_appointment(moved, day=DAY, at=time(15), **place)
    kept = Appointment.objects.get(pk=appointment.pk)
    assert (kept.status, kept.wall_time) == (AppointmentStatus.CANCELLED, time(9))


@pytest.mark.parametrize(("days", "is_refused"), [(0, False), (0.9, False), (1.1, True)])
def test_a_time_more_than_a_day_ago_is_a_slip(days: float, is_refused: bool) -> None:
    now = datetime(2027, 1, 5, 12, tzinfo=UTC)
    if is_refused:
        with pytest.raises(ValidationError, match="That day has passed"):
            refuse_past(now - timedelta(days=days), now)
    else:
        refuse_past(now - timedelta(days=days), now)


def link_about(appointment: Appointment, purpose: LinkPurpose = LinkPurpose.INTAKE) -> PatientLink:
    link, _token = make_link(
        appointment.patient,
        purpose,
        expires_at=end_with_visit(appointment.starts_at),
        about=about(appointment),
    )
    return link


def moved_to(one: Appointment, day: date) -> None:
    move_appointment(one, day=day, at=time(10), practitioner=one.practitioner, room=one.room)


def test_the_end_of_the_intake_link_moves_with_the_appointment() -> None:
    start = timezone.now() + timedelta(days=3)
    one = factories.make_appointment(starts_at=start)
    link, bare = link_about(one), link_about(one, LinkPurpose.SORENESS_CHECK)
    assert link.expires_at == start + timedelta(hours=24)
    moved_to(one, one.wall_date + timedelta(days=2))
    link.refresh_from_db()
    assert link.expires_at == one.starts_at + timedelta(hours=24)
    ends = bare.expires_at
    bare.refresh_from_db()
    assert bare.expires_at == ends


def test_no_link_lives_longer_than_thirty_days() -> None:
    one = factories.make_appointment(starts_at=timezone.now() + timedelta(days=90))
    link = link_about(one)
    assert link.expires_at <= link.created_at + timedelta(days=30)
    moved_to(one, one.wall_date + timedelta(days=9))
    link.refresh_from_db()
    assert link.expires_at == link.created_at + timedelta(days=30)


@pytest.mark.parametrize("status", [AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW])
def test_an_appointment_that_does_not_take_place_closes_its_link(
    status: AppointmentStatus,
) -> None:
    one, other = factories.make_appointment(), factories.make_appointment()
    link, kept = link_about(one), link_about(other)
    set_status(one, status)
    link.refresh_from_db()
    kept.refresh_from_db()
    assert link.revoked_at is not None
    assert kept.revoked_at is None
