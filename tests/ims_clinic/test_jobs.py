from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.models import AuditEvent
from ims_clinic.jobs import WORDS, jobs_now
from notifications.choices import MessageStatus
from notifications.models import Message
from notifications.services import enqueue, run_again, send_again

pytestmark = pytest.mark.django_db


def queue() -> Message:
    return enqueue(address="robin@mail.example", recipient="Robin", subject="Hello", body="Text")


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def failed_job() -> ProcrastinateJob:
    queue()
    sql("UPDATE procrastinate_jobs SET status = 'doing'")
    sql("UPDATE procrastinate_jobs SET status = 'failed'")
    return ProcrastinateJob.objects.latest("pk")


def worker_heard(seconds_ago: int) -> None:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", at)


def test_without_a_worker_the_page_says_that_none_runs(admin_client_: Client) -> None:
    text = admin_client_.get("/jobs/").content.decode()
    assert "Not running" in text
    assert "Never heard of." in text


def test_a_worker_that_was_just_heard_of_and_no_fault_is_well(admin_client_: Client) -> None:
    worker_heard(5)
    assert jobs_now().is_well
    assert "All is well" in admin_client_.get("/jobs/").content.decode()


def test_a_worker_not_heard_of_for_a_minute_is_late() -> None:
    worker_heard(60)
    assert jobs_now().is_worker_late


def test_a_job_is_late_five_minutes_after_it_was_due() -> None:
    queue()
    now = timezone.now()
    assert jobs_now(now + timedelta(minutes=4)).late == []
    assert [one.words for one in jobs_now(now + timedelta(minutes=6)).late] == ["Send a message"]


def test_a_job_planned_for_tomorrow_is_not_late() -> None:
    queue()
    tomorrow = timezone.now() + timedelta(days=1)
    sql("UPDATE procrastinate_jobs SET scheduled_at = %s", tomorrow)
    found = jobs_now(timezone.now() + timedelta(minutes=6))
    assert (found.late, found.planned, found.waiting) == ([], 1, 0)


def test_a_failed_job_runs_again_once(admin_client_: Client) -> None:
    job = failed_job()
    assert f"Job {job.pk}" in admin_client_.get("/jobs/").content.decode()
    answer = admin_client_.post(f"/jobs/{job.pk}/again/", follow=True)
    assert "The job runs again." in answer.content.decode()
    assert [one.status for one in ProcrastinateJob.objects.all()] == ["todo"]
    again = admin_client_.post(f"/jobs/{job.pk}/again/", follow=True)
    assert "This job has not failed any more." in again.content.decode()
    assert not run_again(job)


def test_a_message_that_was_given_up_is_sent_again_once(admin_client_: Client) -> None:
    message = queue()
    Message.objects.update(status=MessageStatus.FAILED)
    sql("DELETE FROM procrastinate_jobs")
    assert "robin@mail.example" in admin_client_.get("/jobs/").content.decode()
    answer = admin_client_.post(f"/messages/{message.pk}/again/", follow=True)
    assert "The message is being sent again." in answer.content.decode()
    assert [job.args for job in ProcrastinateJob.objects.all()] == [{"message_id": message.pk}]
    assert AuditEvent.objects.filter(detail="again").count() == 1
    again = admin_client_.post(f"/messages/{message.pk}/again/", follow=True)
    assert "This message is not given up any more." in again.content.decode()
    assert not send_again(message)


def test_every_job_of_the_clinic_has_words() -> None:
    from procrastinate.contrib.django import app  # noqa: PLC0415 - filled when Django is ready

    app.perform_import_paths()
    ours = {name for name in app.tasks if not name.startswith(("builtin", "procrastinate"))}
    assert ours == set(WORDS)


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_page_takes_as_many_queries_for_many_jobs_as_for_one(
    jobs: int, admin_client_: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(jobs):
        failed_job()
    with django_assert_num_queries(5):
        jobs_now()


@pytest.mark.parametrize("address", ["/jobs/", "/jobs/1/again/", "/messages/1/again/"])
def test_only_a_clinic_admin_sees_the_jobs(
    address: str, desk_client: Client, physio_client: Client
) -> None:
    assert desk_client.post(address).status_code == 404
    assert physio_client.post(address).status_code == 404
