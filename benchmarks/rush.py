"""Booking under load: 16 clients on one time, and 4 clients on times of their own.

Over the network of this machine to gunicorn with two workers of four threads, since one process
could not show what happens between two.
"""

import statistics
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Barrier

from benchmarks.measure import Row, once, percentile
from benchmarks.scene import Scene, free_starts
from benchmarks.server import HttpClient, served

CLIENTS, BURSTS = 16, 50
STEADY, BOOKINGS = 4, 60


def rows(scene: Scene) -> Iterator[Row]:
    with served("ims_clinic.wsgi", workers=2) as server:
        yield _bursts(scene, [server.client(desk.cookie) for desk in scene.desks(CLIENTS)])
        yield _steady(scene, [server.client() for _ in range(STEADY)])


def _bursts(scene: Scene, clients: list[HttpClient]) -> Row:
    """Every client posts the same time at the same moment, each for its own patient."""
    starts, barrier = free_starts(scene, 60), Barrier(CLIENTS)
    successes = Counter[int]()

    def post(number: int, start: datetime) -> int:
        barrier.wait()
        return clients[number].post(*scene.booking(scene.patients[number], start))

    with ThreadPoolExecutor(CLIENTS) as pool:

        def burst() -> None:
            start = next(starts)
            answers = list(pool.map(lambda number: post(number, start), range(CLIENTS)))
            if set(answers) - {200, 302}:
                raise AssertionError(f"a server error in the rush: {answers}")
            successes[answers.count(302)] += 1

        for _ in range(3):
            burst()
        successes.clear()
        taken = [once(burst) for _ in range(BURSTS)]
    return Row(
        job=f"{CLIENTS} clients on one time, the whole burst",
        p50=statistics.median(taken),
        p95=percentile(taken, 0.95),
        goal="p95 80 ms, exactly 1 success",
        note=f"exactly 1 success in {successes[1]} of {BURSTS} bursts",
    )


def _steady(scene: Scene, clients: list[HttpClient]) -> Row:
    """Distinct times of distinct practitioners' rooms: nobody may be refused."""
    starts = free_starts(scene, 120)
    desks = scene.desks(BOOKINGS * len(clients))
    plan = [[(next(starts), next(desks).cookie) for _ in range(BOOKINGS)] for _ in clients]
    taken: list[float] = []

    def work(number: int) -> None:
        for start, cookie in plan[number]:
            fields = scene.booking(scene.patients[number], start)
            clients[number].cookie = cookie
            taken.append(once(partial(_book, clients[number], *fields)))

    begun = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(work, range(len(clients))))
    rate = len(taken) / (time.perf_counter() - begun)
    return Row(
        job=f"{STEADY} clients on times of their own, one booking",
        p50=statistics.median(taken),
        p95=percentile(taken, 0.95),
        goal=">= 300 bookings/s, none refused",
        note=f"{rate:.0f} bookings/s, none refused",
    )


def _book(client: HttpClient, address: str, fields: dict[str, str]) -> None:
    status = client.post(address, fields)
    if status != 302:
        raise AssertionError(f"a booking on a free time was refused: {status}")
