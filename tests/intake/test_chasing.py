"""Who is reminded of an unfinished intake, when, and how often."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction

from audit.choices import Action
from audit.models import AuditEvent
from intake.chasing import (
    Chase,
    NotReminded,
    chases_of,
    intakes_to_remind,
    remind_by_hand,
    remind_by_itself,
    unfinished_intakes,
)
from intake.choices import IntakeStatus
from intake.drafts import save_draft
from intake.models import Intake, IntakeReminder
from intake.services import save_answers, send_intake
from notifications.models import Message
from people.models import User
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment
from tests import factories
from tests.intake.conftest import stored

NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # 10:00 in Vancouver
TOMORROW = NOW + timedelta(hours=23)
BOOKED = NOW - timedelta(days=5)


def sent_intake(**fields: object) -> Intake:
    """An intake sent five days ago for a visit in 23 hours."""
    booked: datetime = fields.pop("booked", BOOKED)  # type: ignore[assignment]
    email = fields.pop("email", "robin@mail.example")
    patient = factories.make_patient(email=email)
    values = {"starts_at": TOMORROW, **fields}
    appointment = factories.make_appointment(patient=patient, created_at=booked, **values)
    with time_machine.travel(booked, tick=False):
        return send_intake(appointment=appointment, patient=patient)


def reminded(now: datetime = NOW) -> list[int]:
    """What one look of the job at ``now`` sends."""
    with time_machine.travel(now, tick=False):
        return [one.pk for one in intakes_to_remind(now) if remind_by_itself(one)]


@pytest.mark.django_db
def test_an_unfinished_intake_of_tomorrow_is_reminded_of_once_by_a_new_link() -> None:
    intake = sent_intake()
    assert intake.link is not None
    old = intake.link
    assert reminded() == [intake.pk]
    assert reminded(NOW + timedelta(hours=5)) == []
    assert reminded(NOW + timedelta(hours=13)) == []
    newest = Message.objects.first()
    assert newest is not None
    assert newest.subject == "Reminder: before your appointment at Harbour IMS Clinic"
    assert "/i/" in newest.secret_link
    old.refresh_from_db()
    intake.refresh_from_db()
    assert (old.revoked_at, intake.link != old) == (NOW, True)
    assert Message.objects.count() == 2
    assert AuditEvent.objects.filter(action=Action.SEND, detail="reminder").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "status",
    [
        AppointmentStatus.CANCELLED,
        AppointmentStatus.NO_SHOW,
        AppointmentStatus.ARRIVED,
        AppointmentStatus.DONE,
    ],
)
def test_a_visit_that_is_freed_or_has_begun_gets_none(status: AppointmentStatus) -> None:
    sent_intake(status=status)
    assert reminded() == []


@pytest.mark.django_db
def test_it_waits_for_the_last_day_and_stops_at_the_visit() -> None:
    sent_intake(starts_at=NOW + timedelta(hours=25))
    assert reminded() == []
    assert reminded(NOW + timedelta(hours=25)) == []
    assert len(reminded(NOW + timedelta(hours=1))) == 1


@pytest.mark.django_db
def test_whoever_booked_within_the_last_day_got_the_first_message_just_now() -> None:
    sent_intake(booked=TOMORROW - timedelta(hours=24) + timedelta(minutes=1))
    assert reminded(TOMORROW - timedelta(minutes=30)) == []


@pytest.mark.django_db
def test_a_link_of_the_last_hours_is_enough_for_now() -> None:
    intake = sent_intake(booked=TOMORROW - timedelta(hours=25))
    assert reminded() == []
    assert reminded(TOMORROW - timedelta(hours=12)) == [intake.pk]


@pytest.mark.django_db
def test_nobody_without_an_address_or_with_a_finished_form_is_reminded() -> None:
    sent_intake(email="")
    done = sent_intake()
    Intake.objects.filter(pk=done.pk).update(status=IntakeStatus.SUBMITTED, submitted_at=NOW)
    assert reminded() == []


@pytest.mark.django_db
def test_a_paper_form_that_is_being_entered_is_left_alone() -> None:
    intake = sent_intake()
    Intake.objects.filter(pk=intake.pk).update(entered_by=factories.make_user())
    assert reminded() == []


@pytest.mark.django_db
def test_a_patient_who_is_at_it_is_left_alone_and_looked_at_again() -> None:
    intake = sent_intake()
    with time_machine.travel(NOW - timedelta(minutes=29), tick=False):
        save_answers(intake, {"contact_right": ("yes", "")})
    assert reminded() == []
    assert reminded(NOW + timedelta(minutes=1)) == [intake.pk]


@pytest.mark.django_db
def test_whoever_types_without_saving_a_page_is_left_alone_too() -> None:
    intake = sent_intake()
    with time_machine.travel(NOW - timedelta(minutes=29), tick=False):
        save_draft(intake=intake, page="people", fields={}, version=0, sequence=1)
    refusal = "The patient is filling in the form right now. No reminder was sent."
    assert nudged(intake, factories.make_user()) == refusal
    assert reminded() == []
    assert reminded(NOW + timedelta(minutes=1)) == [intake.pk]


@pytest.mark.django_db
def test_a_link_opened_a_moment_ago_is_not_closed() -> None:
    intake = sent_intake()
    assert intake.link is not None
    intake.link.opened_at = NOW - timedelta(minutes=5)
    intake.link.save()
    assert reminded() == []
    assert reminded(NOW + timedelta(minutes=25)) == [intake.pk]


@pytest.mark.django_db
def test_a_visit_moved_to_tomorrow_is_reminded_of_and_one_moved_away_is_not() -> None:
    near, far = sent_intake(starts_at=NOW + timedelta(days=9)), sent_intake()
    for intake, start in ((near, TOMORROW), (far, NOW + timedelta(days=9))):
        end = start + timedelta(minutes=30)
        Appointment.objects.filter(pk=intake.appointment_id).update(
            starts_at=start, ends_at=end, busy_from=start, busy_until=end
        )
    assert reminded() == [near.pk]


@pytest.mark.django_db
def test_the_database_refuses_a_second_automatic_reminder_and_any_change() -> None:
    intake = sent_intake()
    first = IntakeReminder.objects.create(intake=intake)
    with pytest.raises(IntegrityError), transaction.atomic():
        IntakeReminder.objects.create(intake=intake)
    with pytest.raises(IntegrityError), transaction.atomic():
        first.delete()
    IntakeReminder.objects.create(intake=intake, sent_by=factories.make_user())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_reminder() -> None:
    with time_machine.travel(NOW, tick=True):
        intake = sent_intake()
        barrier, sent = threading.Barrier(8), []

        def worker() -> None:
            barrier.wait()
            sent.append(remind_by_itself(intake) is not None)
            connections.close_all()

        threads = [threading.Thread(target=worker) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(sent) == [False] * 7 + [True]
    assert IntakeReminder.objects.count() == 1
    assert Message.objects.filter(subject__startswith="Reminder").count() == 1


def nudged(intake: Intake, by: User, now: datetime = NOW) -> str:
    """The sentence of the refusal, empty when the reminder went."""
    with time_machine.travel(now, tick=False):
        try:
            remind_by_hand(intake=intake, by=by)
        except NotReminded as refusal:
            return str(refusal)
    return ""


@pytest.mark.django_db
def test_the_desk_reminds_now_and_not_again_within_ten_minutes() -> None:
    intake, desk = sent_intake(), factories.make_user()
    assert nudged(intake, desk) == ""
    refusal = "Reminded today 10:00. Wait ten minutes before you remind again."
    assert nudged(intake, desk, NOW + timedelta(minutes=9)) == refusal
    assert nudged(intake, desk, NOW + timedelta(minutes=10)) == ""
    assert [one.sent_by for one in IntakeReminder.objects.all()] == [desk, desk]


@pytest.mark.django_db
def test_a_nudge_that_makes_no_sense_is_refused_in_words() -> None:
    desk = factories.make_user()
    nobody = sent_intake(email="")
    assert nudged(nobody, desk) == "There is no e-mail address on file. Call the patient instead."
    begun = sent_intake(status=AppointmentStatus.CANCELLED)
    over = "This appointment has begun or is cancelled. No reminder was sent."
    assert nudged(begun, desk) == over
    assert nudged(sent_intake(), desk, TOMORROW) == over
    done = sent_intake()
    Intake.objects.filter(pk=done.pk).update(status=IntakeStatus.REVIEWED, submitted_at=NOW)
    assert nudged(done, desk) == "The intake is complete already. No reminder was sent."
    at_it = sent_intake()
    with time_machine.travel(NOW - timedelta(minutes=2), tick=False):
        save_answers(at_it, stored())
    at_it_words = "The patient is filling in the form right now. No reminder was sent."
    assert nudged(at_it, desk) == at_it_words
    assert not IntakeReminder.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours_ago", "words"),
    [
        (1, "Reminded today 09:00"),
        (18, "Reminded yesterday 16:00"),
        (72, "Reminded on 21 November, 10:00"),
    ],
)
def test_the_last_reminder_is_told_by_the_clinics_clock(hours_ago: int, words: str) -> None:
    with time_machine.travel(NOW, tick=False):
        assert Chase(1, True, NOW - timedelta(hours=hours_ago)).words == words
        assert Chase(1, True, None).words == ""


@pytest.mark.django_db
def test_the_desks_list_holds_what_is_not_finished_of_the_next_days() -> None:
    first = factories.make_type(needs_intake=True)
    sent = sent_intake(starts_at=NOW + timedelta(days=2))
    never = factories.make_appointment(
        starts_at=NOW + timedelta(days=1), appointment_type=first, patient=factories.make_patient()
    )
    done = sent_intake()
    Intake.objects.filter(pk=done.pk).update(status=IntakeStatus.REVIEWED, submitted_at=NOW)
    sent_intake(starts_at=NOW + timedelta(days=8))
    sent_intake(starts_at=NOW - timedelta(hours=1))
    sent_intake(status=AppointmentStatus.CANCELLED)
    factories.make_appointment(starts_at=TOMORROW)
    rows = unfinished_intakes(NOW)
    assert [row.appointment for row in rows] == [never, sent.appointment]
    assert [row.badge.words for row in rows] == ["Intake not sent", "Intake sent"]
    assert [row.chase for row in rows] == [None, Chase(sent.pk, True, None)]


@pytest.mark.django_db
def test_the_list_asks_the_same_number_of_queries_for_one_and_for_three(
    django_assert_num_queries: object,
) -> None:
    for _ in range(3):
        sent_intake()
        with django_assert_num_queries(3):  # type: ignore[operator]
            assert unfinished_intakes(NOW)


@pytest.mark.django_db
def test_a_later_intake_of_the_same_visit_speaks_for_it() -> None:
    intake = sent_intake()
    appointment = intake.appointment
    assert appointment is not None
    factories.make_intake(
        intake.patient, appointment=appointment, status=IntakeStatus.SUBMITTED, submitted_at=NOW
    )
    assert chases_of([appointment]) == {}
