"""Textbook pictures in the input format, from the document to the printed answer."""

import tomllib
from pathlib import Path

import pytest

from clinical.reference import reference
from clinical.segments import infer_segments
from clinical.segments.exchange import read_document, report_document

CASES = tomllib.loads((Path(__file__).parent / "textbook.toml").read_text(encoding="utf-8"))["case"]
OTHER = {"left": "right", "right": "left"}


def entry(line, side):
    kind, fields, *values = line.split(" | ")
    if kind == "symptom":
        return {"type": kind, "text": fields, "red_flag": values == ["yes"]}
    pairs = (pair.split("=", 1) for pair in fields.split("; "))
    found = {name: side if value == "affected" else value for name, value in pairs}
    affected, other = (None if value == "-" else value for value in values)
    return {"type": kind, **found, side: affected, OTHER[side]: other}


def answer(case, side):
    entries = [entry(line, side) for line in case["findings"].splitlines()]
    read = read_document({"age": case.get("age", 50), "findings": entries}, reference())
    return report_document(infer_segments(read.findings, read.context))


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_textbook_pictures_are_answered(case, side):
    found = answer(case, side)
    named = [level for level in found["levels"] if level["label"] != "noted"]
    assert found["pattern"] in case["pattern"]
    assert {level["side"] for level in named} <= {side}
    if found["pattern"] == "root":
        assert named[0]["root"] in case["roots"]
    if found["pattern"] == "peripheral_nerve":
        assert found["nerve"]["name"] in case["nerves"]
        assert found["nerve"]["side"] == side
    if found["pattern"] in ("none", "symmetric", "widespread"):
        assert named == []
    assert set(case.get("both", ())) <= {level["root"] for level in named}
