"""``./dev bench``: the demo clinic measured against bare floors, as a Markdown table.

``--write`` also puts the table into docs/benchmarks.md.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"


def prepare() -> None:
    """Tables, the floor's table, and Django for this process."""
    owner = {**os.environ, "IMS_DATABASE_AS": "owner"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=owner, check=True)
    django.setup()


def with_owner(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(statement.encode())


def measured() -> Iterator[str]:
    """The parts of the page in order; each is said as soon as it is known."""
    # Django is ready only now, so the modules that need its models are imported here.
    from benchmarks import clinical_work, desk, floor, patient, rush  # noqa: PLC0415
    from benchmarks.caller import floor_caller  # noqa: PLC0415
    from benchmarks.measure import measure, table  # noqa: PLC0415
    from benchmarks.scene import set_up  # noqa: PLC0415

    with_owner(floor.CREATE_TABLE)
    scene, bare = set_up(), floor_caller()
    with_owner("ANALYZE")
    floors = [
        measure("an empty view", lambda: bare.get("/empty"), rounds=200),
        measure("one SELECT by key", lambda: bare.get("/select"), rounds=200),
    ]
    rows = [*floors, *desk.rows(scene, bare), *patient.rows(scene, bare)]
    rows += [*clinical_work.rows(scene, bare), *rush.rows(scene)]
    yield table(rows)
    yield memory_words(scene.desk.cookie, f"/calendar/{scene.full_day}/")


def memory_words(cookie: str, day_page: str) -> str:
    from benchmarks.memory import worker_memory  # noqa: PLC0415

    ours = worker_memory("ims_clinic.wsgi", ["/", day_page, "/patients/", "/health/"], cookie)
    bare = worker_memory("benchmarks.bare", ["/health/"], "")
    engine = "is" if ours.has_pango else "is not"
    return (
        "| one web worker | PSS MB | RSS MB | against the bare worker | goal |\n"
        "|---|---|---|---|---|\n"
        f"| bare Django, one view | {bare.pss:.0f} | {bare.rss:.0f} | 1.00x | |\n"
        f"| IMS Clinic after its pages were asked for | {ours.pss:.0f} | {ours.rss:.0f} "
        f"| {ours.pss / bare.pss:.2f}x | <= 2x, <= 110 MB |\n\n"
        f"The PDF engine {engine} loaded in the web worker."
    )


INTRODUCTION = """# Benchmarks

Made by `./dev bench --write`. The ratio against a floor measured in the same run is the goal, the
milliseconds only illustrate: they belong to the machine named below, which other work may share.

- Every job is a whole request through the same middleware as in production, called in one process
  without a network: session, sign-in, access check, audit line, template.
- A floor is a bare view over the same tables without middleware. Job and floor are called by
  turns, so that a busy machine slows both alike.
- The two rows with several clients go to gunicorn with two workers of four threads.
- SQL counts statements of one request without BEGIN, COMMIT and savepoints.
- The database is a throw-away PostgreSQL with its normal settings (`fsync=on`), so a commit waits
  for the disk in job and floor alike. It holds the demo clinic and one day of exactly 30
  appointments.
- A job that does not answer as it should stops the run: a fast error is no result.
"""


def machine() -> str:
    versions = f"Python {platform.python_version()}, Django {django.get_version()}"
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {versions}."


def main(words: list[str]) -> int:
    prepare()
    parts = [INTRODUCTION, machine()]
    print(machine(), flush=True)
    for part in measured():
        print(f"\n{part}", flush=True)
        parts.append(part)
    if "--write" in words:
        PAGE.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")
        print(f"\nwritten to {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
