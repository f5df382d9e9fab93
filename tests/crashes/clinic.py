"""A clinic of its own whose worker, web server and database can be killed and started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks.caller import CSRF
from benchmarks.server import HttpClient
from tests.browser.real_server import free_port, wait_for
from tools.postgres import APPLICATION, OWNER, Server, wait_until

PYTHON = sys.executable


class Mailbox:
    """A real mail server that keeps the Message-ID and the subject of each mail it took."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        lines = (envelope.original_content or b"").decode().splitlines()
        held = dict(line.split(": ", 1) for line in lines if ": " in line)
        self.mails.append((held["Message-ID"], held["Subject"]))
        return "250 OK"


class Clinic:
    """Commits wait for the disk, as in production."""

    def __init__(self, folder: Path, mail_port: int) -> None:
        self.server = Server(folder / "data")
        self.server.start()
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.server.address(APPLICATION),
            "DATABASE_OWNER_URL": self.server.address(OWNER),
            "IMS_SMTP_HOST": "127.0.0.1",
            "IMS_SMTP_PORT": f"{mail_port}",
            "IMS_REQUIRE_TWO_FACTOR": "0",
            "IMS_LOG_LEVEL": "CRITICAL",
        }
        self.run("manage.py", "migrate", "--verbosity", "0", IMS_DATABASE_AS="owner")

    def run(self, *words: str, **environment: str) -> str:
        """The output of a process that has to succeed."""
        done = subprocess.run(
            [PYTHON, *words],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def act(self, *words: str) -> str:
        return self.run("-m", "tests.crashes.acts", *words)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [PYTHON, *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def web(self) -> Iterator[int]:
        """The port of a started web server; killed at the end."""
        port = free_port()
        words = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
        server = self.start("-m", "gunicorn", "ims_clinic.wsgi", *words)
        try:
            wait_for(port)
            yield port
        finally:
            kill(server)

    def kill_database(self) -> None:
        """Kill the postmaster and every backend at once, as a power cut would; start it again."""
        number = self.server.pid()
        assert number is not None
        for pid in (number, *children(number)):
            os.kill(pid, signal.SIGKILL)
        assert wait_until(lambda: self.server.pid() is None, 10)
        assert self.server.start()


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(number) for number in path.read_text().split()]


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a process and all that it started; harmless when it has ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def post(port: int, cookie: str, address: str, fields: dict[str, str]) -> int:
    """The status of a post on a connection of its own; 0 when nothing answered."""
    try:
        return HttpClient(port, f"{cookie}; csrftoken={CSRF}").post(address, fields)
    except OSError:
        return 0


@contextmanager
def clinic_in(folder: Path) -> Iterator[tuple[Clinic, Mailbox]]:
    """A clinic and the mail server that it writes to, for as long as the block lasts."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    clinic = Clinic(folder, controller.port)
    try:
        yield clinic, mailbox
    finally:
        clinic.server.remove()
        controller.stop()
