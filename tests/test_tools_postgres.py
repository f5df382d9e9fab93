import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tools.postgres import APPLICATION, OWNER, Server, is_running, wait_until


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path / "data")
    yield one
    one.remove()


def number_in(server: Server) -> int:
    with psycopg.connect(server.address(OWNER)) as connection:
        row = connection.execute("SELECT n FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def test_several_starters_at_once_end_in_one_server(server: Server) -> None:
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: server.start(), range(4)))
    assert sorted(started) == [False, False, False, True]


def test_a_killed_server_comes_back_with_its_data(server: Server) -> None:
    server.start()
    with psycopg.connect(server.address(OWNER)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: not is_running(pid), 5)
    assert server.start()
    assert number_in(server) == 7


def test_a_stopped_server_is_started_again_and_stopping_twice_is_harmless(server: Server) -> None:
    server.start()
    assert server.stop()
    assert not server.stop()
    assert server.start()


def test_the_application_signs_in_as_a_role_of_its_own_and_nobody_else_may_enter(
    server: Server,
) -> None:
    server.start()
    with psycopg.connect(server.address(APPLICATION)) as connection:
        row = connection.execute("SELECT current_user").fetchone()
    assert row == (APPLICATION,)
    assert server.sockets.stat().st_mode & 0o077 == 0


def test_a_data_folder_of_another_major_is_refused_in_words(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(SystemExit):
        server.start()
    assert "was written by PostgreSQL 9" in capsys.readouterr().err
