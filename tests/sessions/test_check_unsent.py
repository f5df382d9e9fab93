"""A red answer that was ticked and never sent still comes to the physiotherapist, once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from notifications.models import Message
from sessions.check_drafts import save_draft
from sessions.check_unsent import LEFT_ALONE
from sessions.follow_up import answer_check, questions_of
from sessions.models import Alert, CheckDraft, SorenessFollowUp, TreatmentSession
from sessions.services import close_alert
from sessions.tasks import sweep_checks
from tests.checks import calm_answers

NIGHT = datetime(2026, 11, 25, 23, 0, tzinfo=ZoneInfo("America/Vancouver"))


@pytest.fixture
def check(signed: TreatmentSession) -> SorenessFollowUp:
    return SorenessFollowUp.objects.get(treatment=signed, hours=24)


def type_in(check: SorenessFollowUp, at: datetime, **fields: list[str]) -> None:
    with time_machine.travel(at, tick=False):
        sequence = int(at.timestamp() * 1000)
        save_draft(follow_up=check, fields=fields, version=0, sequence=sequence)


def sweep(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        sweep_checks(0)


def test_it_comes_after_five_minutes_also_at_night(check: SorenessFollowUp) -> None:
    type_in(check, NIGHT, unusual=["chest_pain", "mood"], soreness_now=["9"])
    sweep(NIGHT + LEFT_ALONE - timedelta(seconds=1))
    assert Alert.objects.count() == 0
    sweep(NIGHT + LEFT_ALONE)
    alert = Alert.objects.get()
    assert (alert.urgency, [r["question"] for r in alert.reasons]) == ("emergency", ["chest_pain"])
    assert alert.reasons[0]["action"].startswith("Ticked, not sent. Alert physio")
    assert [m.address for m in Message.objects.all()] == [alert.practitioner.user.email]
    assert SorenessFollowUp.objects.get(pk=check.pk).answered_at is None


def test_a_place_over_the_lung_counts_as_well(check: SorenessFollowUp) -> None:
    type_in(check, NIGHT, places=["chestL", "shldrR"])
    sweep(NIGHT + LEFT_ALONE)
    assert Alert.objects.get().reasons[0]["words"] == "Chest, left, Shoulder, right"


def test_it_comes_once_and_closing_it_does_not_bring_it_back(check: SorenessFollowUp) -> None:
    type_in(check, NIGHT, unusual=["short_breath"])
    for minutes in (5, 10):
        sweep(NIGHT + timedelta(minutes=minutes))
    alert = Alert.objects.get()
    with time_machine.travel(NIGHT + timedelta(minutes=12), tick=False):
        close_alert(alert=alert, by=alert.practitioner.user, action_taken="Phoned.")
    sweep(NIGHT + timedelta(minutes=15))
    assert Alert.objects.count() == 1
    type_in(check, NIGHT + timedelta(minutes=20), unusual=["short_breath", "chest_pain"])
    sweep(NIGHT + timedelta(minutes=30))
    assert Alert.objects.open().get().urgency == "emergency"


def test_what_can_wait_or_was_sent_comes_to_nobody(check: SorenessFollowUp) -> None:
    type_in(check, NIGHT, unusual=["needle_left"], soreness_worst=["10"])
    sweep(NIGHT + LEFT_ALONE)
    assert Alert.objects.count() == 0
    type_in(check, NIGHT + timedelta(minutes=6), unusual=["chest_pain"])
    answer_check(follow_up=check, answers=calm_answers(questions_of(check)))
    sweep(NIGHT + timedelta(hours=1))
    assert (Alert.objects.count(), CheckDraft.objects.count()) == (0, 0)
