from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.choices import Action
from audit.services import record
from notifications import jobs
from notifications.choices import MessageStatus
from notifications.models import Message

# As long as the columns; a first and a last name of 80 letters each are longer together.
LONGEST_NAME, LONGEST_SUBJECT = 160, 200


@transaction.atomic
def enqueue(
    *, address: str, recipient: str, subject: str, body: str, secret_link: str = ""
) -> Message:
    """Queue one message: stores it, audits it and defers its delivery, all or nothing.

    ``secret_link``, an address or a one-time code, is kept apart and forgotten once delivered.
    """
    message = Message.objects.create(
        address=address,
        recipient=recipient[:LONGEST_NAME],
        subject=subject[:LONGEST_SUBJECT],
        body=body,
        secret_link=secret_link,
    )
    record(Action.SEND, message, patient_id=None)
    jobs.schedule("notifications.deliver", key=f"message-{message.pk}", message_id=message.pk)
    return message


@transaction.atomic
def run_again(job: ProcrastinateJob) -> bool:
    """Let a job that failed for good run once more, at once; False when it has not failed."""
    locked = ProcrastinateJob.objects.raw(
        "SELECT * FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job.pk]
    )
    if not list(locked):
        return False
    app.job_manager.retry_job_by_id(job_id=job.pk, retry_at=timezone.now())
    return True


@transaction.atomic
def send_again(message: Message) -> bool:
    """Try a message that was given up once more; audits. False when it was not given up."""
    failed = Message.objects.filter(pk=message.pk, status=MessageStatus.FAILED)
    if not failed.update(status=MessageStatus.WAITING, created_at=timezone.now()):
        return False
    record(Action.SEND, message, patient_id=None, detail="again")
    jobs.schedule("notifications.deliver", key=f"message-{message.pk}", message_id=message.pk)
    return True
