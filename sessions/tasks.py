import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from audit.actor import acting_as
from notifications.quiet_hours import is_quiet
from sessions import escalation, follow_up
from sessions.check_reminders import checks_to_remind, remind_check
from sessions.check_unsent import alert_unsent
from sessions.models import SorenessFollowUp

log = logging.getLogger(__name__)


@app.task(name="sessions.send_check", retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def send_check(follow_up_id: int) -> None:
    """Send one check; in the quiet hours it is left to the sweep that follows them."""
    if is_quiet(timezone.now(), settings.CLINIC_TIME_ZONE):
        return
    with acting_as("job:soreness-check"):
        follow_up.send_check(SorenessFollowUp.objects.get(pk=follow_up_id))


@app.periodic(cron="*/5 * * * *")
@app.task(name="sessions.sweep_checks", queueing_lock="sweep_checks")
def sweep_checks(timestamp: int) -> None:
    """Send what a lost job left behind, remind once, ask for a call where an answer is overdue."""
    now = timezone.now()
    with acting_as("job:soreness-sweep"):
        alert_unsent(now)
        follow_up.plan_unsigned(now)
    if is_quiet(now, settings.CLINIC_TIME_ZONE):
        return
    with acting_as("job:soreness-sweep"):
        for check in follow_up.checks_to_send(now):
            _act_or_log(follow_up.send_check, check)
        for check in checks_to_remind(now):
            _act_or_log(remind_check, check)
        follow_up.alert_silence(now)


def _act_or_log(act: Callable[[SorenessFollowUp], object], check: SorenessFollowUp) -> None:
    """One check that cannot be sent holds up neither the others nor the calls that are due."""
    try:
        act(check)
    except DatabaseError:
        log.exception("check %s was not sent", check.pk)


@app.periodic(cron="* * * * *")
@app.task(name="sessions.sweep_alerts", queueing_lock="sweep_alerts")
def sweep_alerts(timestamp: int) -> None:
    """Pass on every alert that nobody opened in time; one that fails holds up no other."""
    now = timezone.now()
    with acting_as("job:escalation"):
        for rows, pk, page in escalation.open_alerts():
            try:
                escalation.escalate(rows=rows, pk=pk, page=page, now=now)
            except DatabaseError:
                log.exception("alert %s (%s) was not passed on", pk, page)
