"""The commands of ./dev. The shell part has made sure of Python and its packages."""

import os
import subprocess
import sys
from collections.abc import Callable

from tools import assets, catalogues, checks, serve, system_libraries
from tools.console import ROOT, say
from tools.environment import development_server, set_basics, use_server

HELP = """./dev COMMAND

  run          set everything up and serve the clinic with demo data
  test [...]   set everything up, run all checks and tests (words after it go to pytest)
  lint         the checks without the tests
  bench        measure speed against floors and print the table
  races        the long form of the races: 200 rounds of 16 clients
  crashes      the long form of the crashes: 100 kills of the worker, 20 of the database
  flaky        100 sessions in a browser over a line that loses three saves in ten
  screenshots  make the screenshots of the README
  shell        Django's shell on the development database
  manage ...   any Django command on the development database, as the owner of the tables
  stop         stop what ./dev run left running
  reset        delete the development database; the next ./dev run starts afresh
  help         this text

A PostgreSQL of your own: set DATABASE_URL (and DATABASE_OWNER_URL for migrations)."""


def ready() -> None:
    """Files, libraries and the development database."""
    assets.provide()
    catalogues.provide()
    system_libraries.provide(system_libraries.DOCUMENTS)
    if "DATABASE_URL" not in os.environ:
        server = development_server()
        if server.start():
            say("PostgreSQL started")
        use_server(server)


def run(_words: list[str]) -> int:
    with serve.only_one():
        os.environ.setdefault("IMS_DEMO", "1")
        ready()
        return serve.serve()


def shell(words: list[str]) -> int:
    return manage(["shell", *words])


def manage(words: list[str]) -> int:
    os.environ.setdefault("IMS_DEMO", "1")
    ready()
    os.environ["IMS_DATABASE_AS"] = "owner"
    return subprocess.call([sys.executable, "manage.py", *words], cwd=ROOT)


def db(_words: list[str]) -> int:
    """Print the addresses of the development database as shell exports."""
    server = development_server()
    server.start()
    use_server(server)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "IMS_SECRET_KEY"):
        print(f"export {name}='{os.environ[name]}'")
    return 0


def stop(_words: list[str]) -> int:
    stopped = serve.stop_running()
    stopped = development_server().stop() or stopped
    say("stopped" if stopped else "nothing was running")
    return 0


def reset(_words: list[str]) -> int:
    serve.stop_running()
    development_server().remove()
    for mark in (serve.MIGRATED, serve.FILLED):
        mark.unlink(missing_ok=True)
    say("the development database is deleted; ./dev run starts afresh")
    return 0


def say_help(_words: list[str]) -> int:
    print(HELP)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": checks.test,
    "lint": checks.lint,
    "bench": checks.bench,
    "races": checks.races,
    "crashes": checks.crashes,
    "flaky": checks.flaky,
    "screenshots": checks.screenshots,
    "shell": shell,
    "manage": manage,
    "db": db,
    "stop": stop,
    "reset": reset,
    "help": say_help,
}


def main(words: list[str]) -> int:
    name = words[0] if words else "help"
    command = COMMANDS.get(name)
    if command is None:
        print(f"!! There is no command {name!r}.\n\n{HELP}", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    set_basics()
    try:
        return command(words[1:])
    except KeyboardInterrupt:
        say("stopped")
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
