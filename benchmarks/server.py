"""An application under gunicorn, as it is served in production, for as long as a block lasts."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.caller import CSRF

SECONDS = 30


@dataclass(frozen=True)
class Served:
    port: int
    master: int

    def workers(self) -> list[int]:
        """The process numbers of the web workers."""
        path = Path(f"/proc/{self.master}/task/{self.master}/children")
        return [int(number) for number in path.read_text().split()]

    def client(self, cookie: str = "") -> "HttpClient":
        return HttpClient(self.port, cookie)


class HttpClient:
    """One kept connection; ``cookie`` may change between requests."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        self.cookie = cookie

    def get(self, address: str) -> int:
        return self._ask("GET", address, {})

    def post(self, address: str, fields: dict[str, str]) -> int:
        return self._ask("POST", address, fields)

    def _ask(self, method: str, address: str, fields: dict[str, str]) -> int:
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self._connection.request(method, address, urlencode(fields), headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


@contextmanager
def served(application: str, *, workers: int) -> Iterator[Served]:
    """Start gunicorn with ``workers`` of four threads on a free port; stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    words = ["--workers", f"{workers}", "--worker-class", "gthread", "--threads", "4"]
    words.append("--no-control-socket")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *words],
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.wait(SECONDS)


def _wait(port: int) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            if HttpClient(port, "").get("/health/") == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"nothing answers on port {port}")
