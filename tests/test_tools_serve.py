import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ims_clinic.demo_accounts import PASSWORD, SHOWN, sign_in_lines
from tools import serve

HOLD = """
import sys, time
from pathlib import Path
from tools import serve
serve.RUNNING = Path(sys.argv[1])
with serve.only_one():
    print("held", flush=True)
    time.sleep(60)
"""
PARENT = """
import sys, time
from tools import serve
child = serve.start([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(serve, "RUNNING", tmp_path / "running.pid")
    return serve.RUNNING


@pytest.fixture
def holder(mark: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that serves from this folder."""
    process = python(HOLD, str(mark))
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def python(code: str, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(serve.ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, text=True, env=environment
    )


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False


def test_a_second_start_in_the_same_folder_is_refused(
    holder: subprocess.Popen[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve.running_pid() == holder.pid
    with pytest.raises(SystemExit), serve.only_one():
        pass
    assert "The clinic already runs from this folder." in capsys.readouterr().err


def test_stop_ends_the_one_that_runs(holder: subprocess.Popen[str]) -> None:
    assert serve.stop_running()
    assert serve.running_pid() is None
    holder.wait(5)


def test_after_a_kill_the_clinic_may_start_again(holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert serve.running_pid() is None
    assert not serve.stop_running()


def test_nothing_runs_in_a_fresh_folder(mark: Path) -> None:
    assert serve.running_pid() is None


def test_what_was_started_ends_with_a_killed_parent() -> None:
    parent = python(PARENT)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_alive(child)


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused_in_words(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit):
        serve.choose_port()
    assert capsys.readouterr().err == f"!! PORT must be a number from 1 to 65535, not {port!r}.\n"


def test_a_mark_changes_with_the_files_and_with_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    (tmp_path / "one.txt").write_text("first")
    before = serve.digest("*.txt")
    assert serve.digest("*.txt") == before
    (tmp_path / "one.txt").write_text("second")
    after = serve.digest("*.txt")
    monkeypatch.setenv("DATABASE_URL", "postgresql:///another")
    assert len({before, after, serve.digest("*.txt")}) == 3


def test_a_mark_that_does_not_exist_or_differs_is_new(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    assert serve.is_new(stamp, "a")
    stamp.write_text("a")
    assert not serve.is_new(stamp, "a")
    assert serve.is_new(stamp, "b")


def test_the_sign_ins_stand_one_a_line() -> None:
    rows = [line.split()[-2:] for line in sign_in_lines().splitlines()]
    assert rows == [[email, PASSWORD] for email in SHOWN]


def test_a_process_that_ends_by_itself_starts_again_after_a_wait_that_grows() -> None:
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", ""]))
        return started[-1]

    kept = serve.Kept("the job worker", begin)
    kept.wait = 0.05
    for _ in range(2):
        kept.process.wait()
        kept.look_after()  # notes its end
        kept.look_after()  # too early
        time.sleep(0.25)
        kept.look_after()
    kept.process.wait()
    assert len(started) == 3
    assert kept.wait == 0.2
