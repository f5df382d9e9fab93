"""Timing and the printed table. Ratios against a floor of the same run; milliseconds illustrate."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

WARM_UP = 5
Act = Callable[[], object]


@dataclass(frozen=True)
class Floor:
    """What a job is held against, by name."""

    name: str
    act: Act


@dataclass(frozen=True)
class Row:
    """One measured job beside its floor; times in milliseconds, None where there is no floor."""

    job: str
    p50: float
    p95: float
    floor_name: str = ""
    floor_p50: float | None = None
    queries: int | None = None
    goal: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if self.floor_p50 is None else self.p50 / self.floor_p50


def once(act: Act) -> float:
    """Wall-clock milliseconds of one call."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[max(0, round(len(values) * share) - 1)]


def measure(
    job: str,
    act: Act,
    *,
    rounds: int,
    floor: Floor | None = None,
    queries: int | None = None,
    goal: str = "",
    note: str = "",
) -> Row:
    """Time ``act`` and its floor by turns, so that a busy machine slows both alike."""
    taken, below = [], []
    for number in range(WARM_UP + rounds):
        pair = (once(act), once(floor.act) if floor else 0.0)
        if number >= WARM_UP:
            taken.append(pair[0])
            below.append(pair[1])
    return Row(
        job=job,
        p50=statistics.median(taken),
        p95=percentile(taken, 0.95),
        floor_name=floor.name if floor else "",
        floor_p50=statistics.median(below) if floor else None,
        queries=queries,
        goal=goal,
        note=note,
    )


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| job | p50 ms | p95 ms | floor | floor ms | ratio | SQL | goal | also measured |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        floor = "" if row.floor_p50 is None else f"{row.floor_p50:.2f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}x"
        queries = "" if row.queries is None else row.queries
        lines.append(
            f"| {row.job} | {row.p50:.2f} | {row.p95:.2f} | {row.floor_name} | {floor} "
            f"| {ratio} | {queries} | {row.goal} | {row.note} |"
        )
    return "\n".join(lines)
