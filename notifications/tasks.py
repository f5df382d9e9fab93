import asyncio
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from audit.actor import acting_as
from notifications import jobs
from notifications.choices import MessageStatus
from notifications.models import Message

KEEP_DONE_HOURS = 72
UNDELIVERED_AFTER, GIVE_UP_AFTER = timedelta(hours=1), timedelta(days=2)


@app.task(name="notifications.deliver", retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def deliver(message_id: int) -> None:
    """Send one message once: the row lock and its status make a second run harmless.

    Only a worker killed between the mail server's yes and our commit sends again; the mail then
    carries the same Message-ID, so that mail systems know it for the same one.
    """
    with acting_as("job:deliver"), transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.status == MessageStatus.SENT:
            return
        if not settings.DEMO:
            mail_of(message).send()
            message.secret_link = ""
        message.status, message.sent_at = MessageStatus.SENT, timezone.now()
        message.save(update_fields=["status", "sent_at", "secret_link"])


def mail_of(message: Message) -> EmailMessage:
    """The e-mail of a message; its Message-ID is the same however often it is made."""
    text = f"{message.body}\n\n{message.secret_link}".strip()
    home = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    name = f"<message-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}@{home}>"
    return EmailMessage(
        message.subject, text, None, [message.address], headers={"Message-ID": name}
    )


@app.periodic(cron="* * * * *")
@app.task(name="notifications.retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Run again what a killed worker left behind (procrastinate itself never would)."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
    await asyncio.sleep(0)


@app.periodic(cron="*/15 * * * *")
@app.task(name="notifications.redeliver", queueing_lock="redeliver")
def redeliver(timestamp: int) -> None:
    """Put off again what a long failure of the mail server left undelivered, for two days.

    A job that still waits for its next try keeps the second one out. Then it counts as failed,
    which the page of jobs shows.
    """
    now = timezone.now()
    waiting = Message.objects.filter(status=MessageStatus.WAITING)
    waiting.filter(created_at__lte=now - GIVE_UP_AFTER).update(status=MessageStatus.FAILED)
    left = waiting.filter(created_at__lte=now - UNDELIVERED_AFTER)
    for number in left.values_list("pk", flat=True):
        jobs.schedule("notifications.deliver", key=f"message-{number}", message_id=number)


@app.periodic(cron="17 3 * * *")
@app.task(name="notifications.forget_old_jobs", queueing_lock="forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Delete jobs that succeeded days ago; what they did stands in the clinic's own tables."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_DONE_HOURS)
