"""What the jobs in the background do, for the clinic admin; no row says anything clinical."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from notifications.choices import MessageStatus
from notifications.models import Message

# The worker says every 10 seconds that it lives; after three times without it is taken for dead.
WORKER_IS_LATE = timedelta(seconds=30)
JOB_IS_LATE = timedelta(minutes=5)
SHOWN = 50
WORDS = {
    "notifications.deliver": "Send a message",
    "notifications.redeliver": "Try undelivered messages again",
    "notifications.retry_stalled": "Take over what a stopped worker left",
    "notifications.forget_old_jobs": "Forget old jobs",
    "sessions.send_check": "Send a 24 or 48 hour check",
    "sessions.sweep_alerts": "Pass on alerts that nobody opened",
    "sessions.sweep_checks": "Look for checks that are due or silent",
    "intake.remind": "Remind of open intakes",
    "reports.store_consent": "Keep a signed consent as a document",
}


@dataclass(frozen=True)
class JobShown:
    """A job in words."""

    number: int
    words: str
    since: datetime | None
    attempts: int


@dataclass(frozen=True)
class JobsNow:
    """The worker, the failed and the late jobs, and the messages that did not go out."""

    heard_at: datetime | None
    is_worker_late: bool
    waiting: int
    running: int
    planned: int
    failed: Sequence[JobShown]
    late: Sequence[JobShown]
    undelivered: Sequence[Message]

    @property
    def is_well(self) -> bool:
        return not (self.is_worker_late or self.failed or self.late or self.undelivered)


def jobs_now(now: datetime | None = None) -> JobsNow:
    """Read everything of the page; five queries."""
    now = now or timezone.now()
    heard_at = ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]
    waiting = Q(status="todo")
    is_planned = waiting & Q(scheduled_at__gt=now)
    counts = ProcrastinateJob.objects.aggregate(
        waiting=Count("pk", filter=waiting & ~is_planned),
        running=Count("pk", filter=Q(status="doing")),
        planned=Count("pk", filter=is_planned),
    )
    known = ProcrastinateJob.objects.annotate(since=Max("procrastinateevent__at"))
    is_due = Q(scheduled_at=None, since__lte=now - JOB_IS_LATE)
    is_due |= Q(scheduled_at__lte=now - JOB_IS_LATE)
    return JobsNow(
        heard_at=heard_at,
        is_worker_late=heard_at is None or heard_at < now - WORKER_IS_LATE,
        failed=_shown(known.filter(status="failed").order_by("-since")),
        late=_shown(known.filter(waiting & is_due).order_by("since")),
        undelivered=list(Message.objects.filter(status=MessageStatus.FAILED)[:SHOWN]),
        **counts,
    )


def _shown(jobs: QuerySet[Any]) -> list[JobShown]:
    rows = jobs.values_list("pk", "task_name", "since", "attempts")[:SHOWN]
    return [JobShown(pk, WORDS.get(name, name), since, tries) for pk, name, since, tries in rows]
