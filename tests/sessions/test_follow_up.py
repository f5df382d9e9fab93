from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from clinical.reference import reference
from notifications.models import Message
from sessions.choices import AlertUrgency
from sessions.follow_up import (
    LATEST,
    alert_silence,
    answer_check,
    answers_of,
    checks_to_send,
    plan_checks,
    questions_of,
    send_check,
    treated_of,
)
from sessions.models import Alert, FollowUpAnswer, SorenessFollowUp, TreatmentSession
from sessions.services import close_alert
from tests.checks import calm_answers

Signed = Callable[..., TreatmentSession]


def check_of(treatment: TreatmentSession, hours: int = 24) -> SorenessFollowUp:
    return SorenessFollowUp.objects.get(treatment=treatment, hours=hours)


def calm(check: SorenessFollowUp, **changes: str) -> dict[str, str]:
    return calm_answers(questions_of(check), **changes)


def test_the_message_says_nothing_clinical_and_the_link_stands_apart(
    signed: TreatmentSession,
) -> None:
    check = send_check(check_of(signed))
    message = Message.objects.get()
    said = f"{message.subject} {message.body}".casefold()
    for word in ("needl", "sore", "pain", "muscle", "treatment", "session"):
        assert word not in said
    assert message.address == signed.patient.email
    assert "/f/" in message.secret_link
    assert "/f/" not in message.body
    assert check.link is not None
    assert check.link.expires_at - check.sent_at == timedelta(days=7)


def test_a_check_is_sent_once(signed: TreatmentSession) -> None:
    first = send_check(check_of(signed))
    again = send_check(check_of(signed))
    assert Message.objects.count() == 1
    assert first.link == again.link


def test_without_an_email_address_nothing_is_sent_until_there_is_one(
    signed: TreatmentSession,
) -> None:
    check, patient = check_of(signed), signed.patient
    address, patient.email = patient.email, ""
    patient.save()
    assert checks_to_send(check.due_at) == []
    assert send_check(check).sent_at is None
    assert Message.objects.count() == 0
    patient.email = address
    patient.save()
    assert checks_to_send(check.due_at) == [check]
    assert send_check(check).sent_at is not None


def test_only_checks_that_are_due_and_not_too_late_are_to_be_sent(
    signed: TreatmentSession,
) -> None:
    first, second = check_of(signed), check_of(signed, 48)
    moments = (
        first.due_at - timedelta(seconds=1),
        first.due_at,
        second.due_at,
        second.due_at + LATEST,
    )
    assert [checks_to_send(moment) for moment in moments] == [[], [first], [second], []]
    send_check(second)
    assert checks_to_send(second.due_at) == []


def test_an_open_session_has_no_checks(treatment: TreatmentSession) -> None:
    with pytest.raises(ValueError, match="needles are out"):
        plan_checks(treatment)


def test_calm_answers_are_kept_with_their_wording_and_open_no_alert(
    signed: TreatmentSession,
) -> None:
    check = check_of(signed)
    assert answer_check(follow_up=check, answers=calm(check, soreness_now="0")) == []
    check.refresh_from_db()
    assert (check.soreness, check.pain, check.urgency) == (0, 1, "none")
    assert check.answered_at is not None
    row = FollowUpAnswer.objects.get(follow_up=check, question="soreness_now")
    assert (row.wording, row.value) == ("How sore are the needled muscles right now?", "0")


def test_a_missing_score_is_kept_as_a_gap(signed: TreatmentSession) -> None:
    check = check_of(signed)
    answers = {key: value for key, value in calm(check).items() if key != "soreness_now"}
    answer_check(follow_up=check, answers=answers)
    check.refresh_from_db()
    assert (check.soreness, check.pain) == (None, 1)
    assert "soreness_now" not in answers_of(check)


def test_a_word_that_is_no_answer_is_refused_and_nothing_kept(signed: TreatmentSession) -> None:
    check = check_of(signed)
    with pytest.raises(ValueError, match="no answer"):
        answer_check(follow_up=check, answers=calm(check, soreness_now="many"))
    assert FollowUpAnswer.objects.count() == 0


def test_an_emergency_opens_an_alert_and_tells_the_physiotherapist_without_content(
    signed: TreatmentSession,
) -> None:
    check = check_of(signed)
    (alert,) = answer_check(follow_up=check, answers=calm(check, short_breath="yes"))
    assert (alert.urgency, alert.patient, alert.practitioner) == (
        AlertUrgency.EMERGENCY,
        signed.patient,
        signed.practitioner,
    )
    (reason,) = alert.reasons
    assert reason["question"] == "short_breath"
    assert "emergency department NOW" in reason["text"]
    assert reason["action"] == reference().followup_by_id["chest_pain"].physio_action
    assert reason["sources"] == ["IMJ2022", "PATEL2019"]
    message = Message.objects.get(address=signed.practitioner.user.email)
    assert signed.patient.family_name not in f"{message.subject}{message.body}"
    assert "breath" not in f"{message.subject}{message.body}"


def test_an_answer_that_only_asks_for_a_call_sends_no_message(signed: TreatmentSession) -> None:
    check = check_of(signed)
    (alert,) = answer_check(follow_up=check, answers=calm(check, soreness_now="8"))
    assert alert.urgency == AlertUrgency.CONTACT_CLINIC
    assert Message.objects.count() == 0


def test_a_correction_replaces_the_answer_keeps_history_and_never_closes_the_alert(
    signed: TreatmentSession,
) -> None:
    check = check_of(signed)
    answer_check(follow_up=check, answers=calm(check, chest_pain="yes"))
    assert answer_check(follow_up=check, answers=calm(check)) == []
    check.refresh_from_db()
    assert (check.urgency, answers_of(check)["chest_pain"]) == ("none", "no")
    assert Alert.objects.open().get().urgency == AlertUrgency.EMERGENCY
    lines = AuditEvent.objects.filter(subject="treatment_sessions_followupanswer")
    assert [line.changes["value"] for line in lines if line.action == "update"] == [["yes", "no"]]


def test_a_graver_correction_strengthens_the_open_alert_and_tells_once_more(
    signed: TreatmentSession,
) -> None:
    check = check_of(signed)
    (first,) = answer_check(follow_up=check, answers=calm(check, bruising="yes"))
    both = calm(check, bruising="yes", chest_pain="yes")
    (second,) = answer_check(follow_up=check, answers=both)
    assert answer_check(follow_up=check, answers=both) == []
    assert first == second
    alert = Alert.objects.get()
    assert (alert.urgency, [r["question"] for r in alert.reasons]) == (
        AlertUrgency.EMERGENCY,
        ["chest_pain", "bruising"],
    )
    assert Message.objects.count() == 2


def test_a_milder_reason_added_later_leaves_the_urgency(signed: TreatmentSession) -> None:
    check = check_of(signed)
    answer_check(follow_up=check, answers=calm(check, chest_pain="yes"))
    (alert,) = answer_check(follow_up=check, answers=calm(check, free_text="Call me."))
    assert alert.urgency == AlertUrgency.EMERGENCY
    assert [r["question"] for r in alert.reasons] == ["chest_pain", "free_text"]
    assert Message.objects.count() == 1


def test_after_an_alert_is_closed_a_new_warning_opens_another(signed: TreatmentSession) -> None:
    check = check_of(signed)
    (alert,) = answer_check(follow_up=check, answers=calm(check, chest_pain="yes"))
    close_alert(alert=alert, by=signed.practitioner.user, action_taken="Phoned.")
    (again,) = answer_check(follow_up=check, answers=calm(check, chest_pain="yes"))
    assert again != alert
    assert Alert.objects.count() == 2


def test_the_second_check_is_weighed_against_the_first(signed: TreatmentSession) -> None:
    first, second = check_of(signed), check_of(signed, 48)
    answer_check(follow_up=first, answers=calm(first, soreness_now="4"))
    (alert,) = answer_check(follow_up=second, answers=calm(second, soreness_now="5"))
    assert [r["question"] for r in alert.reasons] == ["soreness_now"]


def test_the_rules_know_the_day_the_places_and_the_pain_before(make_signed: Signed) -> None:
    begun = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)
    known = treated_of(check_of(make_signed("rhomboid_major", started_at=begun)))
    assert known.on == "2 November 2026"
    assert (known.over_lung, known.neck, known.pain_before) == (True, False, 6)


def test_silence_after_needling_over_the_lung_opens_one_alert(make_signed: Signed) -> None:
    check = send_check(check_of(make_signed("rhomboid_major")))
    SorenessFollowUp.objects.filter(pk=check.pk).update(due_at=check.sent_at)
    assert alert_silence(check.sent_at + timedelta(hours=5, minutes=59)) == []
    (alert,) = alert_silence(check.sent_at + timedelta(hours=6))
    assert (alert.urgency, alert.reasons[0]["question"]) == ("contact_clinic", "no_answer")
    assert alert_silence(check.sent_at + timedelta(hours=7)) == []


def test_silence_counts_from_the_due_time_where_no_message_could_be_sent(
    make_signed: Signed,
) -> None:
    check = check_of(make_signed("rhomboid_major"))
    due = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
    SorenessFollowUp.objects.filter(pk=check.pk).update(due_at=due)
    assert alert_silence(due + timedelta(hours=5)) == []
    assert len(alert_silence(due + timedelta(hours=6))) == 1


def test_an_answer_or_another_place_is_no_silence(make_signed: Signed) -> None:
    over_lung, arm = check_of(make_signed("rhomboid_major")), check_of(make_signed("deltoid"))
    now = timezone.now()
    SorenessFollowUp.objects.filter(pk__in=[over_lung.pk, arm.pk]).update(due_at=now)
    answer_check(follow_up=over_lung, answers=calm(over_lung))
    assert alert_silence(now + timedelta(hours=30)) == []
