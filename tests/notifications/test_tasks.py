from typing import Any

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications import jobs
from notifications.choices import MessageStatus
from notifications.models import Message
from notifications.services import enqueue
from notifications.tasks import deliver

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
