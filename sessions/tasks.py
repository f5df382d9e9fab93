import logging

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from audit.actor import acting_as
from notifications.quiet_hours import is_quiet
from sessions import follow_up
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
    """Send what a lost job left behind, then ask for a call where an answer is overdue."""
    now = timezone.now()
    if is_quiet(now, settings.CLINIC_TIME_ZONE):
        return
    with acting_as("job:soreness-sweep"):
        for check in follow_up.checks_to_send(now):
            _send_or_log(check)
        follow_up.alert_silence(now)


def _send_or_log(check: SorenessFollowUp) -> None:
    """One check that cannot be sent holds up neither the others nor the calls that are due."""
    try:
        follow_up.send_check(check)
    except DatabaseError:
        log.exception("check %s was not sent", check.pk)
