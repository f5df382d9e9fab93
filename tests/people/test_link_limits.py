import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from people import link_limits
from people.link_limits import minutes_to_wait, note_miss
from people.models import LinkMisses

pytestmark = pytest.mark.django_db


def miss(rf: RequestFactory, times: int, address: str = "192.0.2.1") -> list[int]:
    return [note_miss(rf.get("/", REMOTE_ADDR=address)) for _ in range(times)]


def wait(rf: RequestFactory, address: str = "192.0.2.1") -> int:
    return minutes_to_wait(rf.get("/", REMOTE_ADDR=address))


def test_ten_misses_in_ten_minutes_make_one_address_wait(rf: RequestFactory) -> None:
    miss(rf, 9)
    assert wait(rf) == 0
    miss(rf, 1)
    assert wait(rf) == 10
    assert wait(rf, "192.0.2.2") == 0


def test_misses_of_long_ago_do_not_count(rf: RequestFactory) -> None:
    miss(rf, 9)
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        miss(rf, 9)
        assert wait(rf) == 0


def test_the_wait_ends_and_doubles_the_next_time_up_to_an_hour(rf: RequestFactory) -> None:
    waits, now = [], timezone.now()
    for _ in range(5):
        with time_machine.travel(now, tick=False):
            miss(rf, 10)
            waits.append(wait(rf))
        now += timedelta(minutes=waits[-1])
        with time_machine.travel(now, tick=False):
            assert wait(rf) == 0
    assert waits == [10, 20, 40, 60, 60]


def test_a_day_without_a_miss_is_forgotten(rf: RequestFactory) -> None:
    miss(rf, 10)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        miss(rf, 1, "192.0.2.2")
        assert LinkMisses.objects.count() == 2  # of the clinic, and of the other address


def test_a_hundred_misses_from_everywhere_slow_down_wrong_links_only(rf: RequestFactory) -> None:
    for number in range(50):
        assert miss(rf, 2, f"192.0.2.{number}") == [0, 0]
    assert miss(rf, 1, "198.51.100.1") == [10]
    assert wait(rf, "198.51.100.2") == 0


def test_a_wait_is_one_line_in_the_log_without_address_or_token(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger=link_limits.__name__):
        miss(rf, 12)
    assert caplog.messages == ["Too many wrong patient links from one address: wait of 0:10:00"]


def test_an_address_is_kept_as_a_keyed_hash(rf: RequestFactory) -> None:
    miss(rf, 1)
    assert "192.0.2.1" not in "".join(LinkMisses.objects.values_list("source", flat=True))


def test_behind_the_proxy_the_address_it_saw_counts(rf: RequestFactory, settings: Any) -> None:
    settings.BEHIND_TLS = True
    first, other = (
        rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"10.0.0.9, {seen}")
        for seen in ("192.0.2.1", "192.0.2.2")
    )
    for _ in range(10):
        note_miss(first)
    assert (minutes_to_wait(first), minutes_to_wait(other)) == (10, 0)


def test_without_a_proxy_the_browsers_own_word_for_its_address_is_not_taken(
    rf: RequestFactory,
) -> None:
    for number in range(10):
        note_miss(rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}"))
    assert wait(rf) == 10


def test_after_ten_wrong_links_every_further_one_is_answered_with_a_wait(client: Client) -> None:
    statuses = [client.get(f"/i/wrong{number}/").status_code for number in range(30)]
    assert statuses == [404] * 10 + [429] * 20
    answer = client.post("/f/wrong/start/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
    assert "Wait 10 minutes" in answer.content.decode()
