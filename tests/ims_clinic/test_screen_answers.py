import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from ims_clinic.environment import DATABASE_FREE

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = {
    "clear": "clear",
    "anticoagulant": "caution",
    "unfinished": "caution",
    "clinic-rules": "caution",
    "first-trimester": "contraindicated",
    "cauda-equina": "urgent",
}


def run(*words: str, given: bytes = b"", where: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    """The command as a person starts it, with nothing of ours in the environment."""
    bare = {"PATH": os.environ["PATH"], "HOME": str(where)}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        cwd=where,
        env=bare,
        input=given,
        capture_output=True,
        check=False,
    )


def test_every_example_is_named_here() -> None:
    found = {path.stem.removeprefix("screening-") for path in examples()}
    assert found == set(EXAMPLES)


def examples() -> list[Path]:
    return sorted((ROOT / "docs" / "examples").glob("screening-*.json"))


@pytest.mark.parametrize(("name", "outcome"), EXAMPLES.items())
def test_an_example_runs_without_database_and_secret(
    name: str, outcome: str, tmp_path: Path
) -> None:
    done = run(
        "screen_answers", str(ROOT / "docs" / "examples" / f"screening-{name}.json"), where=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert list(found) == ["outcome", "reasons", "ruleset_version"]
    assert found["outcome"] == outcome
    keys = ["rule", "category", "scope", "action", "source"]
    assert all(list(reason) == keys for reason in found["reasons"])


def test_the_standard_input_is_read_too() -> None:
    example = examples()[0].read_bytes()
    assert run("screen_answers", "-", given=example).stdout == (
        run("screen_answers", str(examples()[0])).stdout
    )


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (
            b'{"answers": {"anticoagulat": "yes", "rf_saddle": "nope"}, "on": "22.11.2026"}',
            [
                "on: not a date: '22.11.2026', write it like 2026-11-22",
                "answers.anticoagulat: unknown question",
                "answers.rf_saddle: 'nope' is not yes, no or not_sure",
            ],
        ),
        (b'{"answers"', ["input: not JSON: Expecting ':' delimiter (line 1 column 11)"]),
        (b"\xff\xfe", ["-: not UTF-8 text"]),
    ],
)
def test_bad_input_ends_with_2_and_a_line_for_each_fault(given: bytes, lines: list[str]) -> None:
    done = run("screen_answers", "-", given=given)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == lines


def test_a_file_that_is_not_there_is_said() -> None:
    done = run("screen_answers", "nowhere.json")
    assert (done.returncode, done.stderr) == (
        2,
        b"nowhere.json: cannot be read: No such file or directory\n",
    )


def test_every_other_command_refuses_to_start_without_a_database() -> None:
    bare = {"PATH": os.environ["PATH"], "IMS_SECRET_KEY": "of a test"}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert b"Set DATABASE_URL: the PostgreSQL address of the application" in done.stderr


def test_an_unknown_grade_stops_the_start_in_words() -> None:
    bare = {"PATH": os.environ["PATH"], "IMS_SCREENING_GRADES": "smoking=precaution"}
    done = subprocess.run(
        [sys.executable, "manage.py", "screen_answers", "-"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        check=False,
    )
    assert b"IMS_SCREENING_GRADES: There is no screening rule 'smoking'." in done.stderr


def test_the_command_is_among_those_that_need_no_database() -> None:
    assert "screen_answers" in DATABASE_FREE


def test_in_a_running_process_the_command_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    example = examples()[0]
    call_command("screen_answers", str(example))
    assert capsys.readouterr().out.encode() == run("screen_answers", str(example)).stdout


@pytest.mark.parametrize(
    ("given", "line"), [(b"[]", "input: a list is not an object"), (b"\xff", "-: not UTF-8 text")]
)
def test_in_a_running_process_bad_input_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: bytes, line: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    with pytest.raises(SystemExit) as ended:
        call_command("screen_answers", "-")
    assert (ended.value.code, capsys.readouterr().err) == (2, line + "\n")


def test_in_a_running_process_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        call_command("screen_answers", str(tmp_path / "nowhere.json"))
