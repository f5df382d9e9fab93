"""When the checks go out: from the last needle out, never at night, earlier over the lung."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from notifications.models import Message
from notifications.quiet_hours import is_quiet
from sessions.adverse import answer_none
from sessions.check_times import due_at, last_needle_out
from sessions.choices import CheckHours
from sessions.follow_up import (
    LATEST_EVENING,
    checks_to_send,
    plan_checks,
    plan_unsigned,
    send_check,
    treated_of,
)
from sessions.models import SorenessFollowUp, TreatmentSession
from sessions.needling import save_details
from sessions.services import sign_session
from tests.sessions.conftest import finish, needle

ZONE_NAME = "America/Vancouver"
ZONE = ZoneInfo(ZONE_NAME)
Signed = Callable[..., TreatmentSession]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


FIRST, LAST = at(1, 0).replace(tzinfo=None), at(30, 23).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("out_at", "evening", "day_one", "day_two"),
    [
        (at(3, 10), at(3, 14), at(4, 10), at(5, 10)),
        (at(3, 17), at(3, 20, 30), at(4, 17), at(5, 17)),
        (at(3, 19, 30), at(3, 20, 30), at(4, 19, 30), at(5, 19, 30)),
        (at(3, 19, 31), at(4, 8), at(4, 19, 31), at(5, 19, 31)),
        (at(3, 21, 30), at(4, 8), at(5, 8), at(6, 8)),
        (at(3, 3), at(3, 8), at(4, 8), at(5, 8)),
    ],
)
def test_each_check_has_its_hour(
    out_at: datetime, evening: datetime, day_one: datetime, day_two: datetime
) -> None:
    assert [due_at(hours, out_at, ZONE_NAME) for hours in CheckHours] == [
        evening,
        day_one,
        day_two,
    ]


@given(st.datetimes(FIRST, LAST), st.sampled_from(CheckHours))
def test_no_check_is_due_at_night_or_half_a_day_late(local: datetime, hours: CheckHours) -> None:
    out_at = local.replace(tzinfo=ZONE).astimezone(UTC)
    due = due_at(hours, out_at, ZONE_NAME)
    assert not is_quiet(due, ZONE_NAME)
    assert timedelta(hours=1) <= due - out_at < timedelta(hours=hours + 12)


def test_the_instant_of_the_last_needle_is_when_the_count_was_entered(
    treatment: TreatmentSession,
) -> None:
    with time_machine.travel(at(3, 10), tick=False):
        counted = save_details(treatment=treatment, needles_out=3)
    with time_machine.travel(at(3, 11), tick=False):
        later = save_details(treatment=treatment, pain_after=3)
        corrected = save_details(treatment=treatment, needles_out=4)
    assert (counted.needles_out_at, later.needles_out_at) == (at(3, 10), at(3, 10))
    assert corrected.needles_out_at == at(3, 11)
    assert save_details(treatment=treatment, needles_out=None).needles_out_at is None


def test_without_a_count_the_signing_counts_and_without_both_nothing(
    treatment: TreatmentSession,
) -> None:
    with pytest.raises(ValueError, match="needles are out"):
        last_needle_out(treatment)
    treatment.signed_at = at(3, 12)
    assert last_needle_out(treatment) == at(3, 12)


def test_the_checks_count_from_the_needles_and_not_from_the_signing(
    treatment: TreatmentSession,
) -> None:
    needle(treatment)
    with time_machine.travel(at(3, 10), tick=False):
        save_details(treatment=treatment, pain_before=6, pain_after=3, needles_out=1)
    with time_machine.travel(at(3, 18), tick=False):
        answer_none(treatment=treatment)
        sign_session(treatment=treatment, by=treatment.practitioner.user)
    assert [(c.hours, c.due_at) for c in treatment.follow_ups.all()] == [
        (24, at(4, 10)),
        (48, at(5, 10)),
    ]


@pytest.mark.parametrize(
    ("muscle", "hours"), [("deltoid", [24, 48]), ("rhomboid_major", [4, 24, 48])]
)
def test_over_the_lung_there_is_one_more_check_on_the_first_evening(
    treatment: TreatmentSession, muscle: str, hours: list[int]
) -> None:
    with time_machine.travel(at(3, 12), tick=False):
        finish(treatment, muscle)
        assert [check.hours for check in treatment.follow_ups.all()] == hours
        treatment.refresh_from_db()
        assert plan_checks(treatment) == list(treatment.follow_ups.all())


def test_the_message_of_the_first_evening_has_its_own_words_and_no_content(
    make_signed: Signed,
) -> None:
    treatment = make_signed("rhomboid_major")
    send_check(treatment.follow_ups.get(hours=CheckHours.FIRST_EVENING))
    body = Message.objects.get().body
    assert "how are you this evening?" in body
    for word in ("needl", "lung", "chest", "breath", "sore"):
        assert word not in body.casefold()


def test_a_first_evening_that_is_long_past_is_neither_planned_nor_sent(
    treatment: TreatmentSession, make_signed: Signed
) -> None:
    needle(treatment, "rhomboid_major")
    with time_machine.travel(at(3, 10), tick=False):
        counted = save_details(treatment=treatment, needles_out=1)
    with time_machine.travel(at(4, 9), tick=False):
        assert [check.hours for check in plan_checks(counted)] == [24, 48]
    with time_machine.travel(at(3, 10), tick=False):
        other = make_signed("rhomboid_major")
    evening = SorenessFollowUp.objects.get(treatment=other, hours=CheckHours.FIRST_EVENING)
    assert checks_to_send(evening.due_at) == [evening]
    assert evening not in checks_to_send(evening.due_at + LATEST_EVENING)


def test_a_note_that_waits_for_its_signature_does_not_keep_the_checks_waiting(
    treatment: TreatmentSession,
) -> None:
    needle(treatment, "rhomboid_major")
    with time_machine.travel(at(3, 10), tick=False):
        save_details(treatment=treatment, pain_before=6, pain_after=3, needles_out=1)
        save_details(treatment=treatment, lung_signs_told=True)
    with time_machine.travel(at(3, 10, 59), tick=False):
        assert plan_unsigned(at(3, 10, 59)) == []
    with time_machine.travel(at(3, 11), tick=False):
        planned = plan_unsigned(at(3, 11))
        assert plan_unsigned(at(3, 11)) == []
    assert [check.due_at for check in planned] == [at(3, 14), at(4, 10), at(5, 10)]
    with time_machine.travel(at(3, 18), tick=False):
        answer_none(treatment=treatment)
        sign_session(treatment=treatment, by=treatment.practitioner.user)
    assert list(treatment.follow_ups.all()) == planned


def test_an_open_session_without_needles_or_count_gets_no_checks(
    treatment: TreatmentSession,
) -> None:
    now = datetime.now(tz=ZONE) + timedelta(hours=2)
    needle(treatment)
    assert plan_unsigned(now) == []
    treatment.muscles.all().delete()
    save_details(treatment=treatment, needles_out=0)
    assert plan_unsigned(now) == []


def test_a_count_that_is_taken_back_closes_no_page_of_the_patient(
    treatment: TreatmentSession,
) -> None:
    needle(treatment)
    counted = save_details(treatment=treatment, needles_out=1)
    check = plan_checks(counted)[0]
    save_details(treatment=treatment, needles_out=None)
    check.treatment.refresh_from_db()
    assert treated_of(check).hours_since is None
