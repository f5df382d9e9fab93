"""What a process of its own does to the clinic that is killed: ``python -m tests.crashes.acts``."""

import sys
from datetime import timedelta
from time import sleep

import django
from django.db import DatabaseError, connection

django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from notifications.jobs import schedule  # noqa: E402
from notifications.models import Message  # noqa: E402
from notifications.services import enqueue  # noqa: E402
from sessions.models import TreatmentSession  # noqa: E402
from tests import factories  # noqa: E402


def prepare() -> None:
    """A physiotherapist with an open session; prints the cookie and the session's number."""
    treatment = factories.make_treatment()
    client = Client()
    client.force_login(treatment.practitioner.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    print(settings.SESSION_COOKIE_NAME, client.session.session_key, treatment.pk)


def write(first: str, last: str) -> None:
    """Queue the messages of these numbers; each is printed once it is acknowledged."""
    for number in range(int(first), int(last)):
        subject = f"Message {number}"
        while not is_queued(subject):
            sleep(0.05)
        print(number, flush=True)


def is_queued(subject: str) -> bool:
    """Queue it unless an attempt whose answer was lost did; False while the database is away."""
    try:
        if not Message.objects.filter(subject=subject).exists():
            enqueue(address="robin@mail.example", recipient="Robin", subject=subject, body="Text")
    except DatabaseError:
        connection.close()
        return False
    return True


def settle() -> None:
    """While no worker runs: what the killed ones left is taken over at once, not after a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = %s",
            [timezone.now() - timedelta(minutes=10)],
        )
    schedule("notifications.retry_stalled", key="retry_stalled", timestamp=0)


def sent() -> None:
    """Print how many messages wait and the subjects of those sent."""
    subjects = Message.objects.filter(status="sent").values_list("subject", flat=True)
    print(Message.objects.exclude(status="sent").count(), *sorted(subjects), sep="\n")


def plan(number: str) -> None:
    """Print the plan text of a session."""
    print(TreatmentSession.objects.values_list("plan", flat=True).get(pk=number))


if __name__ == "__main__":
    ACTS = {act.__name__: act for act in (prepare, write, settle, sent, plan)}
    ACTS[sys.argv[1]](*sys.argv[2:])  # type: ignore[operator]
