"""Background jobs on PostgreSQL: put off by name, so that a lower room never imports a higher."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

log = logging.getLogger(__name__)

STALLED_AFTER = timedelta(minutes=2)


def on_app_ready(_app: App) -> None:
    """Procrastinate's hook; the tasks register themselves on import."""


def schedule(
    task: str, *, at: datetime | None = None, key: str | None = None, **values: Any
) -> None:
    """Put off ``task`` (its registered name) inside the current transaction.

    ``key`` keeps a second waiting job of the same purpose out; asking again is then harmless.
    """
    job = app.configure_task(task, schedule_at=at, queueing_lock=key, allow_unknown=False)
    try:
        # A savepoint, since the refusal of a second job would spoil the caller's transaction.
        with transaction.atomic():
            job.defer(**values)
    except AlreadyEnqueued:
        log.info("job %s is already waiting", key)
