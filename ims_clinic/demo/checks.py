"""The checks after a session on the agenda: sent when due, answered or not, alerts closed."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.utils import timezone

from clinical.soreness import SILENT_HOURS
from clinical.soreness_questions import (
    DAY_ONE,
    FREE_TEXT,
    FUNCTION,
    MAIN_PAIN,
    NOTHING,
    OVERALL,
    RELIEF,
    SORENESS,
    WORST,
    questions,
)
from clinical.soreness_rules import NO, YES
from clinical.soreness_ticks import SITES
from ims_clinic.demo.case import Case
from ims_clinic.demo.replies import Reply
from ims_clinic.demo.stage import actor_of, minutes
from notifications.quiet_hours import next_allowed
from sessions.follow_up import alert_silence, answer_check, send_check, treated_of
from sessions.models import Alert, SorenessFollowUp, TreatmentSession
from sessions.services import close_alert

ANSWERED = 0.85
CALLING_BACK = timedelta(hours=2)
SILENCE = timedelta(hours=SILENT_HOURS, minutes=5)
SILENCE_ACTION = "Called: well, no trouble breathing. Had not seen the message."


def follow(case: Case, number: int, treatment: TreatmentSession) -> None:
    """Put the checks of a signed session on the agenda; nothing goes out at night."""
    for check in treatment.follow_ups.all():
        case.stage.agenda.add(
            next_allowed(check.due_at, settings.CLINIC_TIME_ZONE),
            "job:soreness-check",
            partial(_send, case, number, check),
        )


def _send(case: Case, number: int, due: SorenessFollowUp) -> None:
    check = send_check(due)
    random, agenda, reply = case.stage.random, case.stage.agenda, case.replies.get(number)
    is_warned = reply is not None and reply.hours == check.hours
    if is_warned or random.random() < ANSWERED:
        chosen = reply if reply is not None and is_warned else _quiet(case, check)
        agenda.add(
            timezone.now() + minutes(random.randint(10, 240)),
            f"link:{check.link_id}",
            lambda: _answer(case, number, check, chosen),
        )
    else:
        agenda.add(timezone.now() + SILENCE, "job:soreness-sweep", lambda: _sweep(case))


def _sweep(case: Case) -> None:
    """Needling over the lung and no answer: the physiotherapist calls the next day."""
    for alert in alert_silence(timezone.now()):
        called_at = case.stage.desk_hour(timezone.now() + timedelta(days=1))
        _close_later(case, alert, SILENCE_ACTION, called_at)


def _quiet(case: Case, check: SorenessFollowUp) -> Reply:
    """Soreness as it is expected: some on the first day, little on the second."""
    low, high = (2, 5) if check.hours == DAY_ONE else (0, 1)
    return Reply(check.hours, soreness=case.stage.random.randint(low, high))


def _answer(case: Case, number: int, check: SorenessFollowUp, reply: Reply) -> None:
    alerts = answer_check(follow_up=check, answers=_answers(case, number, check, reply))
    if reply.action:
        for alert in alerts:
            _close_later(case, alert, reply.action, timezone.now() + CALLING_BACK)


def _close_later(case: Case, alert: Alert, action: str, at: datetime) -> None:
    user = alert.practitioner.user
    case.stage.agenda.add(
        at, actor_of(user), lambda: close_alert(alert=alert, by=user, action_taken=action)
    )


def _answers(case: Case, number: int, check: SorenessFollowUp, reply: Reply) -> dict[str, str]:
    """An answer to every question of the check."""
    session = treated_of(check)
    given = {
        SORENESS: str(reply.soreness),
        WORST: str(min(10, reply.soreness + 1)),
        MAIN_PAIN: str(max(0, case.pain_before(number) - 1)),
        FUNCTION: str(10 - reply.soreness // 2),
        OVERALL: str(case.stage.random.randint(0, 3)),
        RELIEF: "heat,movement" if reply.soreness > 1 else NOTHING,
        SITES: ",".join(sorted(session.needled)[:2]) if check.hours == DAY_ONE else NO,
        FREE_TEXT: reply.text,
    }
    asked = questions(check.hours, session)
    answers = {q.id: given.get(q.id) or (NO if q.is_listed else "") for q in asked}
    return answers | dict.fromkeys(reply.ticks, YES)
