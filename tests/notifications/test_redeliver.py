from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.choices import MessageStatus
from notifications.models import Message
from notifications.services import enqueue
from notifications.tasks import mail_of, redeliver

pytestmark = pytest.mark.django_db


def test_what_the_mail_server_refused_for_an_hour_is_tried_again_for_two_days() -> None:
    messages = [
        enqueue(address="robin@mail.example", recipient="Robin", subject="Hello", body="Text")
        for _ in range(3)
    ]
    for message, hours in zip(messages, (0.5, 2, 60), strict=True):
        then = timezone.now() - timedelta(hours=hours)
        Message.objects.filter(pk=message.pk).update(created_at=then)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    redeliver(0)
    redeliver(0)
    waiting = ProcrastinateJob.objects.filter(status="todo")
    assert [job.args for job in waiting] == [{"message_id": messages[1].pk}]
    given_up = Message.objects.filter(status=MessageStatus.FAILED)
    assert [one.pk for one in given_up] == [messages[2].pk]


def test_a_mail_that_is_made_twice_is_known_for_the_same_one() -> None:
    values = {"address": "robin@mail.example", "recipient": "Robin", "subject": "Hello"}
    one, other = (enqueue(**values, body="Text") for _ in range(2))
    names = [mail_of(message).extra_headers["Message-ID"] for message in (one, one, other)]
    assert names[0] == names[1] != names[2]
