"""All checks and tests, on a throw-away PostgreSQL of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import assets, browser, catalogues, system_libraries
from tools.console import LOCAL, ROOT, say
from tools.environment import use_server
from tools.postgres import FAST, Server

BIN = Path(sys.executable).parent
ROOMS = (
    "clinical audit notifications people scheduling intake assessment sessions reports ims_clinic"
).split()
CODE = [*ROOMS, "tools", "benchmarks", "tests"]

# Two processes with a database each; the one that is done first takes over from the other.
SIDE_BY_SIDE = ["--numprocesses=2", "--dist=worksteal"]

Check = tuple[str, list[str]]


def static_checks() -> list[Check]:
    templates = [str(path) for path in sorted(Path("templates").rglob("*.html"))]
    modules = [str(path) for room in ROOMS for path in sorted(Path(room).rglob("*.py"))]
    return [
        ("lint", ["ruff", "check", "."]),
        ("format", ["ruff", "format", "--check", "."]),
        ("import contracts", ["lint-imports"]),
        ("types", ["mypy", *ROOMS, "tools", "benchmarks"]),
        ("Django idioms", ["django-upgrade", "--target-version", "5.2", *modules]),
        ("template format", ["djade", "--check", "--target-version", "5.2", *templates]),
        ("template lint", ["djlint", "--lint", "--quiet", "templates"]),
    ]


def database_checks() -> list[Check]:
    python = "python"
    return [
        ("system check", [python, "manage.py", "check", "--fail-level", "WARNING"]),
        ("patient texts in every language", [python, "-m", "tools.messages"]),
        ("migrations complete", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ]


def run_checks(checks: list[Check]) -> bool:
    """Run all in order, so that one run shows every fault; True when all passed."""
    failed = [(name, command) for name, command in checks if not passes(name, command)]
    for name, command in failed:
        print(f"!! The check '{name}' failed: {' '.join(command[:3])} ...", flush=True)
    return not failed


def passes(name: str, command: list[str]) -> bool:
    say(f"check: {name}")
    return subprocess.call([str(BIN / command[0]), *command[1:]], cwd=ROOT) == 0


@contextmanager
def throw_away_database(options: tuple[str, ...] = FAST) -> Iterator[None]:
    """A PostgreSQL in a temporary folder, or the one of DATABASE_URL; gone afterwards."""
    os.environ["IMS_PLAIN_STATIC"] = "1"
    if "DATABASE_URL" in os.environ:
        os.environ.setdefault("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="ims-test-"))
    server = Server(folder / "data", options=options)
    try:
        server.start()
        say("test database started")
        use_server(server)
        yield
    finally:
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)


def prepare() -> None:
    assets.provide()
    catalogues.provide()
    system_libraries.provide({**system_libraries.DOCUMENTS, **system_libraries.BROWSER})


def lint(_words: list[str]) -> int:
    prepare()
    with throw_away_database():
        return 0 if run_checks(static_checks() + database_checks()) else 1


def test(words: list[str]) -> int:
    """Checks first (all of them when no words choose tests), then pytest."""
    prepare()
    say("browser: " + browser.provide())
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with throw_away_database():
        if not words and not run_checks(static_checks() + database_checks()):
            return 1
        say("tests")
        passed = pytest(*words) if words else every_test()
    say("all passed" if passed else "failed")
    return 0 if passed else 1


def every_test() -> bool:
    """All of them; those in the browser come last and unmeasured, since tracing slows them."""
    measured = ["--cov", "--cov-report=term:skip-covered", "--ignore=tests/browser"]
    passed = pytest(*SIDE_BY_SIDE, *measured)
    passed = run_checks(coverage_checks()) and passed
    say("tests in the browser")
    return pytest(*SIDE_BY_SIDE, "tests/browser") and passed


def coverage_checks() -> list[Check]:
    return [
        (
            "coverage of clinical (100 % with branches)",
            ["coverage", "report", "--include=clinical/*", "--fail-under=100", "--skip-covered"],
        ),
        (
            "coverage elsewhere (90 % with branches)",
            ["coverage", "report", "--omit=clinical/*", "--fail-under=90", "--skip-covered"],
        ),
    ]


def pytest(*words: str) -> bool:
    return subprocess.call([sys.executable, "-m", "pytest", *words], cwd=ROOT) == 0


def races(_words: list[str]) -> int:
    prepare()
    os.environ["IMS_RACE_ROUNDS"] = "200"
    with throw_away_database():
        say("200 rounds of 16 clients on one time")
        return 0 if pytest("tests/scheduling/test_races.py") else 1


def crashes(_words: list[str]) -> int:
    prepare()
    os.environ["IMS_CRASHES_LONG"] = "1"
    with throw_away_database():
        say("100 kills of the worker, 20 of the database")
        return 0 if pytest("tests/crashes", "-s") else 1


def flaky(_words: list[str]) -> int:
    prepare()
    say("browser: " + browser.provide())
    os.environ["IMS_LINE_ROUNDS"] = "100"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with throw_away_database():
        say("100 sessions of 12 muscles over a bad line")
        return 0 if pytest("tests/browser/test_session_line.py") else 1


def bench(words: list[str]) -> int:
    """Always on a server of its own: the measured clinic must not land in anybody's data."""
    prepare()
    os.environ["IMS_DEMO"] = "1"
    os.environ.pop("DATABASE_URL", None)
    with throw_away_database(options=()):  # commits wait for the disk, as in production
        return subprocess.call([sys.executable, "-m", "benchmarks.run", *words], cwd=ROOT)


def screenshots(words: list[str]) -> int:
    prepare()
    browser.provide()
    os.environ["IMS_SCREENSHOTS"] = str(ROOT / "docs" / "screenshots")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    (LOCAL / "tmp").mkdir(exist_ok=True)
    with throw_away_database():
        return 0 if pytest("tests/browser", *words) else 1
