"""Timing and the printed table. Ratios against a floor of the same run; milliseconds illustrate."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

WARM_UP = 5


@dataclass(frozen=True)
class Row:
    """One measured job beside its floor; times in milliseconds."""

    job: str
    p50: float
    p95: float
    floor_name: str
    floor_p50: float
    queries: int | None = None
    goal: str = ""

    @property
    def ratio(self) -> float:
        return self.p50 / self.floor_p50


def times_of(act: Callable[[], object], rounds: int) -> list[float]:
    """Wall-clock milliseconds of ``rounds`` calls after a short warm-up."""
    for _ in range(WARM_UP):
        act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def median(act: Callable[[], object], rounds: int) -> float:
    return statistics.median(times_of(act, rounds))


def measure(
    job: str,
    act: Callable[[], object],
    *,
    rounds: int,
    floor: tuple[str, float],
    queries: int | None = None,
    goal: str = "",
) -> Row:
    """Time ``act`` and set it beside a floor measured in this run."""
    taken = sorted(times_of(act, rounds))
    return Row(
        job=job,
        p50=statistics.median(taken),
        p95=taken[int(len(taken) * 0.95) - 1],
        floor_name=floor[0],
        floor_p50=floor[1],
        queries=queries,
        goal=goal,
    )


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| job | p50 ms | p95 ms | floor | floor ms | ratio | SQL | goal |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.job} | {row.p50:.1f} | {row.p95:.1f} | {row.floor_name} | {row.floor_p50:.2f} "
        f"| {row.ratio:.2f}x | {'' if row.queries is None else row.queries} | {row.goal} |"
        for row in rows
    ]
    return "\n".join(lines)
