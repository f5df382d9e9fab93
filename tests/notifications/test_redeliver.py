from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.models import Message
from notifications.services import enqueue
from notifications.tasks import redeliver

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
