from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from notifications.models import Message
from sessions.models import Alert, SorenessFollowUp, TreatmentSession
from sessions.tasks import send_check, sweep_checks

ZONE = ZoneInfo("America/Vancouver")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZONE)
NIGHT = datetime(2026, 11, 25, 22, 0, tzinfo=ZONE)
MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=ZONE)


@pytest.fixture
def check(signed: TreatmentSession) -> SorenessFollowUp:
    """The first check, due at noon; the second far away."""
    checks = SorenessFollowUp.objects.filter(treatment=signed)
    checks.filter(hours=24).update(due_at=NOON)
    checks.filter(hours=48).update(due_at=datetime(2027, 1, 1, tzinfo=ZONE))
    return checks.get(hours=24)


@time_machine.travel(NOON, tick=False)
def test_a_job_that_runs_twice_sends_once(check: SorenessFollowUp) -> None:
    send_check(check.pk)
    send_check(check.pk)
    assert Message.objects.count() == 1


def test_at_night_the_job_waits_and_the_sweep_sends_at_eight(check: SorenessFollowUp) -> None:
    SorenessFollowUp.objects.filter(pk=check.pk).update(due_at=NIGHT)
    with time_machine.travel(NIGHT, tick=False):
        send_check(check.pk)
        sweep_checks(0)
    assert Message.objects.count() == 0
    with time_machine.travel(MORNING, tick=False):
        sweep_checks(0)
        sweep_checks(0)
    assert Message.objects.count() == 1


@time_machine.travel(NOON, tick=False)
def test_the_sweep_sends_what_a_lost_job_left_and_nothing_else(check: SorenessFollowUp) -> None:
    sweep_checks(0)
    check.refresh_from_db()
    assert check.sent_at == NOON
    assert Message.objects.count() == 1
    assert Alert.objects.count() == 0
