import asyncio
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
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
    """Send one message once: the row lock and its status make a second run harmless."""
    with acting_as("job:deliver"), transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.status == MessageStatus.SENT:
            return
        if not settings.DEMO:
            text = f"{message.body}\n\n{message.secret_link}".strip()
            send_mail(message.subject, text, None, [message.address])
            message.secret_link = ""
        message.status, message.sent_at = MessageStatus.SENT, timezone.now()
        message.save(update_fields=["status", "sent_at", "secret_link"])


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
    """Put off again what a long failure of the mail server left undelivered.

    A job that still waits for its next try keeps the second one out.
    """
    now = timezone.now()
    left = Message.objects.filter(
        status=MessageStatus.WAITING,
        created_at__lte=now - UNDELIVERED_AFTER,
        created_at__gt=now - GIVE_UP_AFTER,
    )
    for number in left.values_list("pk", flat=True):
        jobs.schedule("notifications.deliver", key=f"message-{number}", message_id=number)


@app.periodic(cron="17 3 * * *")
@app.task(name="notifications.forget_old_jobs", queueing_lock="forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Delete jobs that succeeded days ago; what they did stands in the clinic's own tables."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_DONE_HOURS)
