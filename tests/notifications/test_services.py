import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.choices import Action
from audit.models import AuditEvent
from notifications.choices import MessageStatus
from notifications.models import Message
from notifications.services import enqueue

pytestmark = pytest.mark.django_db
WORDS = {
    "address": "robin@mail.example",
    "recipient": "Robin Sample",
    "subject": "Before your appointment",
    "body": "Hello",
}


def test_a_message_is_stored_audited_and_left_to_a_job() -> None:
    message = enqueue(**WORDS, secret_link="https://clinic.example/i/secret/")
    assert message.status == MessageStatus.WAITING
    assert AuditEvent.objects.filter(action=Action.SEND, subject_id=str(message.pk)).count() == 1
    assert ProcrastinateJob.objects.filter(args={"message_id": message.pk}).count() == 1


def test_the_audit_line_and_the_job_hold_nothing_of_the_message() -> None:
    enqueue(**WORDS, secret_link="https://clinic.example/i/secret/")
    line = AuditEvent.objects.get(action=Action.SEND)
    kept = f"{line.changes} {line.detail} {ProcrastinateJob.objects.get().args}"
    assert [word for word in (*WORDS.values(), "secret") if word in kept] == []


@transaction.atomic
def enqueue_and_fail() -> None:
    enqueue(**WORDS)
    raise RuntimeError


def test_a_message_of_a_transaction_that_fails_is_never_sent() -> None:
    with pytest.raises(RuntimeError):
        enqueue_and_fail()
    assert (Message.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_the_longest_name_a_patient_can_have_is_written_to() -> None:
    message = enqueue(
        address="ada@example.com", recipient=f"{'a' * 80} {'b' * 80}", subject="Hello", body="Hi"
    )
    assert message.recipient == f"{'a' * 80} {'b' * 79}"
