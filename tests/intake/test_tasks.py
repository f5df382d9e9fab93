"""The look that reminds by itself, at the hours of the clinic."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError

from audit.choices import Action
from audit.models import AuditEvent
from intake import chasing
from intake.models import Intake, IntakeReminder
from intake.services import send_intake
from intake.tasks import remind
from tests import factories

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 8:00 in Vancouver
NIGHT = MORNING - timedelta(minutes=1)
EVENING = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)  # 21:00 in Vancouver


def waiting_intake() -> Intake:
    """Sent days ago, for a visit within a day of every time above."""
    appointment = factories.make_appointment(
        starts_at=MORNING + timedelta(hours=20), created_at=MORNING - timedelta(days=3)
    )
    with time_machine.travel(MORNING - timedelta(days=3), tick=False):
        return send_intake(appointment=appointment, patient=appointment.patient)


@pytest.mark.parametrize(("at", "count"), [(NIGHT, 0), (MORNING, 1), (EVENING, 0)])
def test_at_night_a_reminder_waits_for_the_morning(at: datetime, count: int) -> None:
    waiting_intake()
    with time_machine.travel(at, tick=False):
        remind(0)
        remind(0)
    assert IntakeReminder.objects.count() == count


def test_the_audit_line_names_the_job() -> None:
    waiting_intake()
    with time_machine.travel(MORNING, tick=False):
        remind(0)
    line = AuditEvent.objects.get(action=Action.SEND, detail="reminder")
    assert line.actor == "job:intake-reminder"


def test_one_that_cannot_be_sent_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = waiting_intake(), waiting_intake()
    send = chasing.remind_by_itself

    def fail_once(intake: Intake) -> IntakeReminder | None:
        if intake == broken:
            raise DatabaseError("gone")
        return send(intake)

    monkeypatch.setattr(chasing, "remind_by_itself", fail_once)
    with time_machine.travel(MORNING, tick=False):
        remind(0)
    assert [one.intake for one in IntakeReminder.objects.all()] == [whole]
