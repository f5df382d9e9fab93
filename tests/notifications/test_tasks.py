from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications import jobs
from notifications.choices import MessageStatus
from notifications.models import Message
from notifications.services import enqueue
from notifications.tasks import deliver, forget_old_jobs, retry_stalled

pytestmark = pytest.mark.django_db


def queued(**fields: Any) -> Message:
    values = {"address": "robin@mail.example", "recipient": "Robin Sample", "subject": "Hello"}
    return enqueue(**{**values, "body": "Text", "secret_link": "https://c.example/i/x/", **fields})


def test_a_queued_message_leaves_a_job_with_its_number_only() -> None:
    message = queued()
    job = ProcrastinateJob.objects.get(task_name="notifications.deliver")
    assert job.args == {"message_id": message.pk}
    assert message.status == MessageStatus.WAITING


def test_a_delivered_message_goes_out_with_its_link_and_forgets_it(settings: Any) -> None:
    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    message = queued()
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.status, message.secret_link) == (MessageStatus.SENT, "")
    assert [one.to for one in mail.outbox] == [["robin@mail.example"]]
    assert "https://c.example/i/x/" in mail.outbox[0].body


def test_a_second_run_of_the_job_sends_nothing_again(settings: Any) -> None:
    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    message = queued()
    deliver(message.pk)
    deliver(message.pk)
    assert len(mail.outbox) == 1


def test_the_demo_keeps_the_link_for_its_mailbox_and_sends_nothing(settings: Any) -> None:
    settings.DEMO = True
    message = queued()
    deliver(message.pk)
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert message.secret_link == "https://c.example/i/x/"
    assert mail.outbox == []


def test_asking_twice_for_the_same_job_leaves_one() -> None:
    message = queued()
    jobs.schedule("notifications.deliver", key=f"message-{message.pk}", message_id=message.pk)
    assert ProcrastinateJob.objects.filter(task_name="notifications.deliver").count() == 1


def finished_job(hours_ago: int) -> int:
    """A job that succeeded so long ago, as procrastinate itself leaves it."""
    queued()
    job = ProcrastinateJob.objects.latest("pk")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job.pk])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.pk])
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - make_interval(hours => %s) "
            "WHERE job_id = %s",
            [hours_ago, job.pk],
        )
    return job.pk


def in_a_thread_of_its_own(task: Callable[..., Awaitable[None]]) -> None:
    """Run an asynchronous task as a worker would: the test's own thread may have a loop already."""

    def run() -> None:
        try:
            async_to_sync(task)(SimpleNamespace(app=app), 0)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(run).result()


@pytest.mark.django_db(transaction=True)
def test_jobs_that_succeeded_days_ago_are_forgotten_and_others_stay() -> None:
    old, recent = finished_job(hours_ago=100), finished_job(hours_ago=10)
    queued()
    waiting = ProcrastinateJob.objects.latest("pk").pk
    in_a_thread_of_its_own(forget_old_jobs.func)
    kept = set(ProcrastinateJob.objects.values_list("pk", flat=True))
    assert (old in kept, recent in kept, waiting in kept) == (False, True, True)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_a_killed_worker_left_behind_runs_again() -> None:
    queued()
    job = ProcrastinateJob.objects.latest("pk")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '10 minutes') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, job.pk],
        )
    in_a_thread_of_its_own(retry_stalled.func)
    job.refresh_from_db()
    assert job.status == "todo"
