"""Serve the clinic: migrations, static files, demo data, web server and job worker."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from tools.console import LOCAL, ROOT, fail, say
from tools.postgres import wait_until

MIGRATED, COLLECTED = LOCAL / "migrated", LOCAL / "static" / ".stamp"
RUNNING = LOCAL / "running.pid"
PYTHON = [sys.executable]
MANAGE = [sys.executable, "manage.py"]
FIRST_PORT, LAST_PORT = 8000, 8099


def serve() -> int:
    """Bring everything up to date, start both processes and wait for Ctrl-C."""
    if running_pid():
        fail("The clinic already runs from this folder. Stop it first: ./dev stop")
    os.environ.setdefault("IMS_DEMO", "1")
    port = choose_port()
    address = f"http://127.0.0.1:{port}"
    os.environ.setdefault("IMS_PUBLIC_URL", address)
    migrate()
    collect_static()
    demo_data()
    processes = [web(port), worker()]
    RUNNING.write_text(str(os.getpid()))
    try:
        wait_for(address, processes)
        tell(address)
        return watch(processes)
    finally:
        end(processes)
        RUNNING.unlink(missing_ok=True)


def manage(*words: str, owner: bool = False) -> None:
    """Run a Django command; with ``owner`` as the owner of the tables."""
    environment = {**os.environ, "IMS_DATABASE_AS": "owner" if owner else "app"}
    done = subprocess.run([*MANAGE, *words], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        fail(f"manage.py {words[0]} did not work; see above.")


def digest(*patterns: str) -> str:
    """A mark that changes when any of the files changes."""
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
        MIGRATED.write_text(mark)


def collect_static() -> None:
    mark = digest("static/**/*", ".local/vendor/.stamp")
    if is_new(COLLECTED, mark):
        say("collecting static files")
        manage("collectstatic", "--no-input", "--clear", "--verbosity", "0")
        COLLECTED.write_text(mark)


def demo_data() -> None:
    filled = LOCAL / "demo-filled"
    mark = digest("requirements/base.txt") + MIGRATED.read_text()
    if os.environ["IMS_DEMO"] == "1" and is_new(filled, mark):
        say("filling the demo clinic (once)")
        manage("demo_clinic")
        filled.write_text(mark)


def choose_port() -> int:
    wanted = int(os.environ.get("PORT", FIRST_PORT))
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
    quiet = ["--log-level", "warning", "--timeout", "60"]
    return subprocess.Popen([*PYTHON, *command, *threads, *quiet], cwd=ROOT)


def worker() -> subprocess.Popen[bytes]:
    command = ["procrastinate", "--verbosity", "0", "worker", "--concurrency", "1"]
    return subprocess.Popen([*MANAGE, *command], cwd=ROOT)


def wait_for(address: str, processes: list[subprocess.Popen[bytes]]) -> None:
    def answers() -> bool:
        if processes[0].poll() is not None:
            fail("The web server stopped at once; see above.")
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    if not wait_until(answers, 60):
        fail("The web server does not answer after 60 s.")


def tell(address: str) -> None:
    say("the clinic is open")
    print(f"\n   {address}\n", flush=True)
    if os.environ["IMS_DEMO"] == "1":
        manage("demo_clinic", "--sign-ins")
    print("   Stop with Ctrl-C or ./dev stop\n", flush=True)


def watch(processes: list[subprocess.Popen[bytes]]) -> int:
    """Wait until a signal or until one of the processes ends by itself."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
    except KeyboardInterrupt:
        say("stopping")
        return 0
    say("a process ended by itself; stopping the others")
    return 1


def end(processes: list[subprocess.Popen[bytes]]) -> None:
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
        number = int(RUNNING.read_text())
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return number if b"tools.dev" in command else None


def stop_running() -> bool:
    number = running_pid()
    if number is None:
        return False
    os.kill(number, signal.SIGTERM)
    return wait_until(lambda: running_pid() is None, 20)
