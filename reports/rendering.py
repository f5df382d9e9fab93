"""Keeps one warm render process a web process, with limits of time and memory."""

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

from reports.frames import read_frame, write_frame

SECONDS_LIMIT, SECONDS_TO_TIDY = 20.0, 2.0
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class CannotRender(Exception):
    """A document could not be made; ``str()`` says why."""


class RenderProcess:
    """Owns the child process: starts it when first needed, replaces it when it hangs or dies."""

    def __init__(self, seconds: float = SECONDS_LIMIT) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def render(self, html: str, css: str) -> bytes:
        """Return the PDF; raises CannotRender when it is refused or takes over the limit."""
        with self._lock:
            answer = self._ask(json.dumps({"html": html, "css": css}).encode())
        if answer[:1] != b"+":
            raise CannotRender(answer[1:].decode(errors="replace"))
        return answer[1:]

    def stop(self) -> None:
        """End the child process; a later request starts a new one.

        At the end of its input it tidies its temporary folder; one that does not end is killed.
        """
        child, self._child = self._child, None
        if child is None:
            return
        child.stdin.close()  # type: ignore[union-attr]  # started with a pipe
        try:
            child.wait(SECONDS_TO_TIDY)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _ask(self, request: bytes) -> bytes:
        child = self._running()
        watch = threading.Timer(self.seconds, child.kill)
        watch.start()
        try:
            write_frame(child.stdin, request)  # type: ignore[arg-type]
            answer = read_frame(child.stdout)  # type: ignore[arg-type]
        except BrokenPipeError:
            answer = None
        finally:
            watch.cancel()
        if answer is None:
            self.stop()
            raise CannotRender(f"The document took over {self.seconds:.0f} s or too much memory.")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "reports.pdf"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                env=child_environment(),
            )
        return self._child


def child_environment() -> dict[str, str]:
    """Only what the child needs: no database address, no secret, the project's own fonts."""
    kept = ("PATH", "LD_LIBRARY_PATH", "LANG", "HOME", "TMPDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return {**environment, "FONTCONFIG_FILE": str(fonts_conf())}


def fonts_conf() -> Path:
    """A fontconfig file whose only folder is the project's, so every machine gives one look."""
    given = os.environ.get("FONTCONFIG_FILE")
    if given:
        return Path(given)
    path: Path = settings.LOCAL_DIR / "documents-fonts.conf"
    path.parent.mkdir(exist_ok=True)
    fonts, cache = settings.LOCAL_DIR / "vendor" / "fonts", settings.LOCAL_DIR / "fontconfig"
    path.write_text(FONTS_CONF.format(fonts=fonts, cache=cache), encoding="utf-8")
    return path


process = RenderProcess()
atexit.register(process.stop)
