"""Acts in the order of time. Each runs at its own moment, so its rows carry that moment."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import time_machine
from django.db import connection

from audit.actor import acting_as
from notifications.choices import MessageStatus
from notifications.models import Message
from notifications.tasks import deliver

Act = Callable[[], object]
DELIVERY = timedelta(seconds=4)


class Agenda:
    """What happens up to ``until``; an act may put further acts on the agenda."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._numbers = count()
        self._waiting: list[tuple[datetime, int, str, Act]] = []

    def add(self, at: datetime, actor: str, act: Act) -> None:
        """Put an act down; one that lies after the end never happens."""
        if at <= self.until:
            heapq.heappush(self._waiting, (at, next(self._numbers), actor, act))

    def run(self) -> None:
        """Do every act at its time, deliver what they sent, and close the jobs of the past."""
        with time_machine.travel(self.until, tick=False) as clock:
            while self._waiting:
                at, _number, actor, act = heapq.heappop(self._waiting)
                clock.move_to(at)
                with acting_as(actor):
                    act()
            sent = Message.objects.filter(status=MessageStatus.WAITING).order_by("pk")
            for number, created_at in sent.values_list("pk", "created_at"):
                clock.move_to(min(created_at + DELIVERY, self.until))
                deliver(message_id=number)
        self._close_jobs()

    def _close_jobs(self) -> None:
        """The agenda did the work of the jobs that were due; only documents are left to be made."""
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE status = 'todo' "
                "AND task_name <> 'reports.store_consent' "
                "AND (scheduled_at IS NULL OR scheduled_at <= %s)",
                [self.until],
            )
