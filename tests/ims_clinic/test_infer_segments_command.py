"""``manage.py infer_segments``: a file or standard input in, JSON or text out."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ULNAR = EXAMPLES / "segments-ulnar-nerve.json"


def run(*arguments):
    out = io.StringIO()
    call_command("infer_segments", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments):
    errors = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("infer_segments", *arguments, stderr=errors)
    assert stopped.value.code == 2
    return errors.getvalue().splitlines()


def test_a_file_is_answered_as_json():
    answer = json.loads(run(str(ULNAR)))
    assert list(answer) == [
        "pattern",
        "levels",
        "nerve",
        "messages",
        "completeness",
        "model_version",
    ]
    assert (answer["pattern"], answer["nerve"]["name"]) == ("peripheral_nerve", "ulnar")


def test_standard_input_is_read_for_a_dash(monkeypatch):
    text = io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + ULNAR.read_bytes()))
    monkeypatch.setattr("sys.stdin", text)
    assert run("-") == run(str(ULNAR))


def test_text_is_for_reading():
    assert run(str(ULNAR), "--text").startswith("Pattern: peripheral nerve\n")


def test_every_error_is_one_line_and_the_exit_is_2(tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text(
        '{"findings": [{"type": "strength_mrc", "muscle": "deltoid", "left": 7, "right": "x"}]}',
        encoding="utf-8",
    )
    assert refused(str(bad)) == [
        'findings[0].right: "x" is not an MRC grade',
        "findings[0].left: 7 is not an MRC grade",
    ]


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    missing = str(tmp_path / "missing.json")
    assert refused(missing) == [f"{missing}: cannot be read, No such file or directory"]
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"id": "\xe4"}')
    assert refused(str(latin)) == [f"{latin}: is not UTF-8"]
