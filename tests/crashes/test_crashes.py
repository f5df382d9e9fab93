"""Kill -9 of the worker and of the database: nothing is lost, nothing is sent twice.

The short form runs with the other tests; ``./dev crashes`` kills the worker 100 times and the
database 20 times. Figures are printed.
"""

import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crashes.clinic import Clinic, Mailbox, clinic_in, kill, post
from tools.postgres import wait_until

LONG = "IMS_CRASHES_LONG" in os.environ
WORKER_KILLS, DATABASE_KILLS = (100, 20) if LONG else (3, 2)
MESSAGES_A_KILL = 12
WORKER = ("-m", "tools.worker")


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[Clinic, Mailbox]]:
    folder = Path(tempfile.mkdtemp(prefix="ims-crash-"))
    try:
        with clinic_in(folder) as both:
            yield both
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def pause(chance: random.Random, shortest: float, longest: float) -> None:
    """Let the clinic work for a while; how long is drawn, so that kills fall anywhere."""
    time.sleep(chance.uniform(shortest, longest))


def all_are_sent(clinic: Clinic) -> bool:
    return clinic.act("sent").split("\n", 1)[0] == "0"


def finish(clinic: Clinic) -> None:
    """No worker runs: take over what the killed left, and let one work until all is sent."""
    clinic.act("settle")
    worker = clinic.start(*WORKER)
    try:
        assert wait_until(lambda: all_are_sent(clinic), 120)
    finally:
        kill(worker)


def test_a_worker_killed_again_and_again_loses_no_message_and_sends_none_as_two(
    stage: tuple[Clinic, Mailbox],
) -> None:
    clinic, mailbox = stage
    mailbox.mails.clear()
    chance, last = random.Random(), WORKER_KILLS * MESSAGES_A_KILL
    writer = clinic.start("-m", "tests.crashes.acts", "write", "0", f"{last}")
    for _ in range(WORKER_KILLS):
        worker = clinic.start(*WORKER)
        pause(chance, 0.9, 2.5)
        kill(worker)
    acknowledged = writer.communicate(timeout=120)[0].split()
    finish(clinic)
    names = {name for name, _subject in mailbox.mails}
    subjects = sorted(subject for _name, subject in set(mailbox.mails))
    print(f"{WORKER_KILLS} kills: {len(acknowledged)} acknowledged, {len(names)} mails sent,")
    print(f"{len(mailbox.mails) - len(names)} of them offered to the mail server once more")
    assert len(acknowledged) == last
    assert subjects == sorted(f"Message {number}" for number in acknowledged)


def test_a_database_killed_again_and_again_loses_no_message_and_no_acknowledged_character(
    stage: tuple[Clinic, Mailbox],
) -> None:
    clinic, mailbox = stage
    mailbox.mails.clear()
    chance, text = random.Random(), ""
    name, key, number = clinic.act("prepare").split()
    first, last = 10_000, 10_000 + DATABASE_KILLS * MESSAGES_A_KILL
    writer = clinic.start("-m", "tests.crashes.acts", "write", f"{first}", f"{last}")
    with clinic.web() as port:
        for kills in range(DATABASE_KILLS):
            worker = clinic.start(*WORKER)
            text = type_on(port, f"{name}={key}", number, text, chance.uniform(0.8, 2))
            clinic.kill_database()
            kill(worker)
            assert text, f"nothing was acknowledged before kill {kills}"
            assert held_text(clinic, number).startswith(text)
    acknowledged = writer.communicate(timeout=120)[0].split()
    finish(clinic)
    subjects = sorted(subject for _name, subject in set(mailbox.mails))
    print(f"{DATABASE_KILLS} kills: {len(acknowledged)} messages, {len(text)} characters kept")
    assert len(acknowledged) == last - first
    assert subjects == sorted(f"Message {number}" for number in acknowledged)


def type_on(port: int, cookie: str, number: str, text: str, seconds: float) -> str:
    """Save a growing text as the page does; returns what was acknowledged last."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        longer = f"{text} {len(text):06d}".strip()
        address = f"/sessions/{number}/save/"
        if post(port, cookie, address, {"plan": longer}) in (200, 302):
            text = longer
    return text


def held_text(clinic: Clinic, number: str) -> str:
    return clinic.act("plan", number).rstrip("\n")
