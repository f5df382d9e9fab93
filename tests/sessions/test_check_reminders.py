"""One reminder for a check that is not answered, and never a second one."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from audit.models import AuditEvent
from notifications.models import Message
from people.models import PatientLink
from sessions.check_drafts import save_draft
from sessions.check_reminders import REMIND_AFTER, checks_to_remind, remind_check
from sessions.follow_up import answer_check, questions_of, send_check
from sessions.models import SorenessFollowUp, TreatmentSession
from sessions.tasks import sweep_checks
from tests.checks import calm_answers

ZONE = ZoneInfo("America/Vancouver")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZONE)
SIX = NOON + REMIND_AFTER


@pytest.fixture
def check(signed: TreatmentSession) -> SorenessFollowUp:
    """The first check, sent at noon; the second is far away."""
    checks = SorenessFollowUp.objects.filter(treatment=signed)
    checks.filter(hours=24).update(due_at=NOON)
    checks.filter(hours=48).update(due_at=NOON + timedelta(days=30))
    with time_machine.travel(NOON, tick=False):
        return send_check(checks.get(hours=24))


def sweep(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        sweep_checks(0)


def test_it_goes_out_six_hours_later_and_once(check: SorenessFollowUp) -> None:
    sweep(SIX - timedelta(minutes=1))
    assert Message.objects.count() == 1
    sweep(SIX)
    sweep(SIX + timedelta(minutes=5))
    check.refresh_from_db()
    assert check.reminded_at == SIX
    assert [m.subject for m in Message.objects.all()] == [
        "Reminder: a few short questions from Harbour IMS Clinic",
        "A few short questions from Harbour IMS Clinic",
    ]
    details = AuditEvent.objects.filter(detail="reminder").values_list("subject_id", flat=True)
    assert list(details) == [str(check.pk)]


def test_its_link_takes_the_place_of_the_first_and_ends_with_it(
    check: SorenessFollowUp, client: Client
) -> None:
    first = check.link
    assert first is not None
    sweep(SIX)
    check.refresh_from_db()
    first.refresh_from_db()
    assert check.link is not None
    assert (check.link == first, first.revoked_at) == (False, SIX)
    assert check.link.expires_at == first.expires_at
    with time_machine.travel(SIX, tick=False):
        assert client.get(Message.objects.latest("id").secret_link).status_code == 200


def test_at_night_it_waits_for_the_morning(check: SorenessFollowUp) -> None:
    late = NOON + timedelta(hours=4)
    SorenessFollowUp.objects.filter(pk=check.pk).update(sent_at=late)
    sweep(late + REMIND_AFTER)
    assert Message.objects.count() == 1
    morning = datetime(2026, 11, 26, 8, 0, tzinfo=ZONE)
    sweep(morning)
    check.refresh_from_db()
    assert check.reminded_at == morning


def test_after_an_answer_there_is_none(check: SorenessFollowUp) -> None:
    answer_check(follow_up=check, answers=calm_answers(questions_of(check)))
    sweep(SIX)
    assert Message.objects.count() == 1


def test_an_answer_between_the_look_and_the_sending_stops_it(check: SorenessFollowUp) -> None:
    (wanted,) = checks_to_remind(SIX)
    answer_check(follow_up=check, answers=calm_answers(questions_of(check)))
    with time_machine.travel(SIX, tick=False):
        assert remind_check(wanted) is None
    assert Message.objects.count() == 1


def test_whoever_is_at_it_is_left_alone_for_half_an_hour(check: SorenessFollowUp) -> None:
    with time_machine.travel(SIX - timedelta(minutes=10), tick=False):
        save_draft(follow_up=check, fields={"sleep": ["worse"]}, version=0, sequence=1)
    assert list(checks_to_remind(SIX)) == []
    assert list(checks_to_remind(SIX + timedelta(minutes=20))) == [check]
    PatientLink.objects.update(opened_at=SIX)
    assert list(checks_to_remind(SIX + timedelta(minutes=20))) == []


def test_a_closed_link_no_address_or_a_day_too_late_get_none(check: SorenessFollowUp) -> None:
    assert list(checks_to_remind(SIX + timedelta(hours=24))) == []
    patient = check.treatment.patient
    address, patient.email = patient.email, ""
    patient.save()
    assert list(checks_to_remind(SIX)) == []
    patient.email = address
    patient.save()
    assert list(checks_to_remind(SIX)) == [check]
    PatientLink.objects.update(revoked_at=timezone.now())
    assert list(checks_to_remind(SIX)) == []


def test_the_database_keeps_a_reminder_from_standing_before_its_message(
    check: SorenessFollowUp,
) -> None:
    checks = SorenessFollowUp.objects.filter(pk=check.pk)
    for wrong in ({"sent_at": None}, {"sent_at": SIX + timedelta(hours=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            checks.update(reminded_at=SIX, **wrong)


def test_a_worker_that_dies_while_sending_leaves_nothing_and_the_next_one_sends(
    check: SorenessFollowUp,
) -> None:
    with time_machine.travel(SIX, tick=False), pytest.raises(KeyboardInterrupt):
        _remind_and_die(check)
    check.refresh_from_db()
    assert (check.reminded_at, Message.objects.count()) == (None, 1)
    sweep(SIX)
    assert Message.objects.count() == 2


@transaction.atomic
def _remind_and_die(check: SorenessFollowUp) -> None:
    remind_check(check)
    raise KeyboardInterrupt
