from django.db import transaction

from audit.choices import Action
from audit.services import record
from notifications import jobs
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
