"""The starter exercises of the clinic's library, and which exercise suits what was needled."""

import functools
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from clinical.csv_rows import Row, read_rows
from clinical.reference import DEFAULT_FOLDER, reference

# The table names no publication: each row was written for the program and waits for the clinic.
SOURCES = {"practice": "Common practice, own wording, to be confirmed by the clinic"}


@dataclass(frozen=True)
class StarterExercise:
    """An exercise of the starter library with its usual dose and the muscles it works on."""

    id: str
    name: str
    instructions: str
    figure: str
    sets: int
    repetitions: int
    hold_seconds: int
    times_a_day: int
    muscles: tuple[str, ...]
    source: str


def _number(row: Row, field: str) -> int:
    text = row.text(field)
    return int(text) if text.isdecimal() else row.fail(field, f"{text!r} is not a number")


def _exercise(row: Row) -> StarterExercise:
    muscles = row.many("muscles") or row.fail("muscles", "is empty")
    for muscle in muscles:
        if muscle not in reference().muscles:
            row.fail("muscles", f"unknown muscle {muscle!r}")
    if row.text("source") not in SOURCES:
        row.fail("source", f"unknown source {row.text('source')!r}")
    return StarterExercise(
        **{name: row.text(name) for name in ("id", "name", "instructions")},
        figure=row.optional("figure"),
        sets=_number(row, "sets"),
        repetitions=_number(row, "repetitions"),
        hold_seconds=_number(row, "hold_seconds"),
        times_a_day=_number(row, "times_a_day"),
        muscles=muscles,
        source=SOURCES[row.text("source")],
    )


def load_exercises(folder: Path = DEFAULT_FOLDER) -> tuple[StarterExercise, ...]:
    """Read and check ``exercises.csv``; the first fault raises ``ReferenceError``."""
    return tuple(_exercise(row) for row in read_rows(folder / "exercises.csv", "id"))


@functools.cache
def starter_exercises() -> tuple[StarterExercise, ...]:
    """The starter library that came with the program, read once."""
    return load_exercises()


def suits(worked: Collection[str], needled: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """How well an exercise suits: needled muscles it works on, muscles it works of their roots.

    ``needled`` are muscles with the segment they were needled for; without one the muscle's major
    roots count. (0, 0) is not at all.
    """
    pairs = list(needled)
    roots = {root for muscle, segment in pairs for root in _roots(muscle, segment)}
    known = reference().muscles
    shared = sum(bool(roots & set(known[m].roots_major)) for m in worked if m in known)
    return len({muscle for muscle, _segment in pairs} & set(worked)), shared


def _roots(muscle: str, segment: str) -> tuple[str, ...]:
    known = reference().muscles.get(muscle)
    return (segment,) if segment else known.roots_major if known else ()
