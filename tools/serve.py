"""Serve the clinic: migrations, static files, demo data, web server and job worker."""

import ctypes
import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from ims_clinic.demo_accounts import sign_in_lines
from ims_clinic.environment import flag
from tools.console import LOCAL, ROOT, fail, say
from tools.environment import development_server
from tools.postgres import APPLICATION, wait_until

# Beside the data they speak of, so that they go when the data goes.
MIGRATED, FILLED = LOCAL / "postgres" / "migrated", LOCAL / "postgres" / "demo-filled"
COLLECTED = LOCAL / "static" / ".stamp"
RUNNING = LOCAL / "running.pid"
PR_SET_PDEATHSIG = 1
PYTHON = [sys.executable]
MANAGE = [sys.executable, "manage.py"]
FIRST_PORT, LAST_PORT = 8000, 8099
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0


def serve() -> int:
    """Bring everything up to date, start both processes and wait for Ctrl-C."""
    port = choose_port()
    address = f"http://127.0.0.1:{port}"
    os.environ.setdefault("IMS_PUBLIC_URL", address)
    migrate()
    collect_static()
    demo_data()
    kept = [Kept("the web server", partial(web, port)), Kept("the job worker", worker)]
    try:
        wait_for(address, kept[0].process)
        tell(address)
        return watch(kept)
    finally:
        end([one.process for one in kept])


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the mark of the running clinic; the lock goes with the process, however it ends."""
    RUNNING.touch()
    with RUNNING.open("r+") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fail("The clinic already runs from this folder. Stop it first: ./dev stop")
        signal.signal(signal.SIGTERM, stop_like_ctrl_c)
        mark.truncate()
        mark.write(str(os.getpid()))
        mark.flush()
        yield


def manage(*words: str, owner: bool = False) -> None:
    """Run a Django command; with ``owner`` as the owner of the tables."""
    process = start([*MANAGE, *words], IMS_DATABASE_AS="owner" if owner else "app")
    try:
        code = process.wait()
    finally:
        end([process])
    if code:
        fail(f"manage.py {words[0]} did not work; see above.")


def digest(*patterns: str) -> str:
    """A mark that changes with the database's address and with any of the files."""
    total = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                total.update(str(path).encode() + path.read_bytes())
    return total.hexdigest()


def is_new(stamp: Path, mark: str) -> bool:
    return not stamp.exists() or stamp.read_text() != mark


def migrate() -> None:
    mark = digest("*/migrations/*.py", "requirements/base.txt", "audit/*.py")
    if is_new(MIGRATED, mark):
        say("bringing the database up to date")
        manage("migrate", "--verbosity", "0", owner=True)
        MIGRATED.parent.mkdir(exist_ok=True)
        MIGRATED.write_text(mark)


def collect_static() -> None:
    mark = digest("static/**/*", ".local/vendor/.stamp")
    if is_new(COLLECTED, mark):
        say("collecting static files")
        words = ("--no-input", "--clear", "--verbosity", "0")
        # No page asks for these, and compressing them would take most of the time.
        manage("collectstatic", *words, "--ignore", "axe.min.js", "--ignore", "*.ttf")
        COLLECTED.write_text(mark)


def demo_data() -> None:
    if flag("IMS_DEMO") and is_new(FILLED, digest()):
        say("filling the demo clinic (once)")
        manage("demo_clinic")
        FILLED.parent.mkdir(exist_ok=True)
        FILLED.write_text(digest())


def choose_port() -> int:
    words = os.environ.get("PORT") or str(FIRST_PORT)
    if not words.isdecimal() or not 1 <= int(words) <= 65535:
        fail(f"PORT must be a number from 1 to 65535, not {words!r}.")
    wanted = int(words)
    candidates: list[int] = [wanted, *range(FIRST_PORT, LAST_PORT)]
    for port in candidates:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != wanted:
            say(f"port {wanted} is taken, using {port}")
        return port
    fail("No free port between 8000 and 8098.")


def web(port: int) -> subprocess.Popen[bytes]:
    command = ["-m", "gunicorn", "ims_clinic.wsgi", "--bind", f"127.0.0.1:{port}"]
    threads = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    quiet = ["--log-level", "warning", "--timeout", "60", "--no-control-socket"]
    return start([*PYTHON, *command, *threads, *quiet])


def worker() -> subprocess.Popen[bytes]:
    return start([*PYTHON, "-m", "tools.worker"])


class Kept:
    """A process that is started again when it ends by itself, each time after a longer wait."""

    def __init__(self, name: str, begin: Callable[[], subprocess.Popen[bytes]]) -> None:
        self.name, self.begin = name, begin
        self.process = begin()
        self.wait, self.begins_at = FIRST_WAIT, 0.0

    def look_after(self) -> None:
        """Start it again when its time has come; returns at once."""
        now = time.monotonic()
        if self.process.poll() is None:
            return
        if not self.begins_at:
            say(f"{self.name} ended by itself and starts again in {self.wait:.0f} s")
            self.begins_at, self.wait = now + self.wait, min(2 * self.wait, LONGEST_WAIT)
        elif now >= self.begins_at:
            self.process, self.begins_at = self.begin(), 0.0


def start(command: list[str], **environment: str) -> subprocess.Popen[bytes]:
    """Start a process that ends with this one, also when this one is killed."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        preexec_fn=end_with_parent,  # noqa: PLW1509 - ./dev has one thread
    )


def end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        if server.poll() is not None:
            fail("The web server stopped at once; see above.")
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    if not wait_until(answers, 60):
        fail("The web server does not answer after 60 s.")


def tell(address: str) -> None:
    """The address, how to stop, and last the demo's sign-ins."""
    say("the clinic is open; stop it with Ctrl-C or ./dev stop")
    print(f"\n   {address}\n", flush=True)
    if flag("IMS_DEMO"):
        print(sign_in_lines(), flush=True)


def watch(kept: list[Kept]) -> int:
    """Until somebody stops the clinic: what ends by itself, the database too, starts again."""
    try:
        while True:
            keep_database()
            for one in kept:
                one.look_after()
            time.sleep(0.3)
    except KeyboardInterrupt:
        say("stopping")
        return 0


def keep_database() -> None:
    """Start the development database again when it was killed; another one is not ours to start."""
    server = development_server()
    if os.environ.get("DATABASE_URL") == server.address(APPLICATION) and server.start():
        say("PostgreSQL started again")


def stop_like_ctrl_c(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Stop what still runs, kindly first; harmless for what has ended."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def running_pid() -> int | None:
    """The process of a ./dev run of this folder, or None."""
    try:
        with RUNNING.open("r+") as mark:
            try:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(mark.read() or 0) or None
    except FileNotFoundError:
        pass
    return None


def stop_running() -> bool:
    number = running_pid()
    if number is None:
        return False
    os.kill(number, signal.SIGTERM)
    return wait_until(lambda: running_pid() is None, 20)
