import logging

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from procrastinate.contrib.django import app

from audit.actor import acting_as
from intake import chasing
from intake.models import Intake
from notifications.quiet_hours import is_quiet

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="intake.remind", queueing_lock="remind_intakes")
def remind(timestamp: int) -> None:
    """Look for unfinished intakes of tomorrow; in the quiet hours they wait for the morning.

    A look, not a job put off at booking: so a move, a cancelled visit and a worker that was away
    for hours need no care of their own.
    """
    now = timezone.now()
    if is_quiet(now, settings.CLINIC_TIME_ZONE):
        return
    with acting_as("job:intake-reminder"):
        for intake in chasing.intakes_to_remind(now):
            _remind_or_log(intake)


def _remind_or_log(intake: Intake) -> None:
    """One reminder that cannot be sent holds up none of the others."""
    try:
        chasing.remind_by_itself(intake)
    except DatabaseError:
        log.exception("intake %s was not reminded of", intake.pk)
