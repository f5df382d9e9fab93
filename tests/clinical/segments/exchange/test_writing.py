"""Reports as JSON and as text, and the schemas of both documents."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from clinical.reference import DEFAULT_FOLDER, reference
from clinical.segments import infer_segments
from clinical.segments.exchange import (
    BadInputError,
    read_document,
    read_examination,
    report_document,
    report_text,
)
from clinical.segments.exchange.kinds import KINDS, TESTS, UMN_TESTS
from clinical.segments.findings import reflex_names
from tests.clinical.segments.exchange.documents import documents

KNOWN = reference()
EXAMPLES = sorted((Path(__file__).parents[4] / "docs" / "examples").glob("segments-*.json"))


def schema(name):
    text = (DEFAULT_FOLDER / f"infer_segments.{name}.schema.json").read_text(encoding="utf-8")
    found = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


INPUT, OUTPUT = schema("input"), schema("output")


def answer(text):
    examination = read_examination(text, KNOWN)
    return infer_segments(examination.findings, examination.context)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_whatever_the_schema_takes_is_read_and_answered_by_the_other_schema(document):
    INPUT.validate(document)
    report = answer(json.dumps(document))
    OUTPUT.validate(report_document(report))
    assert report_text(report).startswith("Pattern: ")


OTHER = {"left": "right", "right": "left"}


def mirrored(entry):
    """The same finding with left and right exchanged, also in words."""
    swapped = {OTHER.get(name, name): value for name, value in entry.items()}
    for name in ("familiar_pain", "pain_inhibited"):
        if isinstance(swapped.get(name), str):
            swapped[name] = OTHER.get(swapped[name], swapped[name])
    return swapped


def sides(document, *, swapped=False):
    """What the answer says of which side."""
    places = {
        (level["root"], OTHER[level["side"]] if swapped else level["side"], level["label"])
        for level in document["levels"]
    }
    return document["pattern"], places, sorted(m["code"] for m in document["messages"])


@settings(max_examples=80, deadline=None)
@given(documents())
def test_swapping_left_and_right_in_the_document_swaps_the_answer(document):
    mirror = {**document, "findings": [mirrored(entry) for entry in document["findings"]]}
    one, other = (report_document(answer(json.dumps(d))) for d in (document, mirror))
    assert sides(one) == sides(other, swapped=True)


BAD = [
    {},
    {"findings": {}},
    {"findings": [3]},
    {"findings": [{"type": "hunch"}]},
    {"age": -1, "findings": []},
    {"age": True, "findings": []},
    {"findings": [{"type": "strength_mrc", "muscle": "deltoid", "left": 7}]},
    {"findings": [{"type": "strength_mrc", "muscle": "deltoid", "left": "strong"}]},
    {"findings": [{"type": "strength_mrc", "muscle": "biceps", "left": 5}]},
    {"findings": [{"type": "strength_mrc", "muscle": "deltoid", "lefft": 5}]},
    {"findings": [{"type": "strength_mrc", "left": 5}]},
    {"findings": [{"type": "pinprick", "dermatome": "C9", "left": 1}]},
    {"findings": [{"type": "skin_temperature", "site": "hand", "left": 60}]},
    {"findings": [{"type": "skin_temperature", "site": "hand", "left": "60"}]},
    {"findings": [{"type": "skin_temperature", "site": " ", "left": 30}]},
    {"findings": [{"type": "provocation", "test": "spurling", "left": "able"}]},
    {"findings": [{"type": "umn_sign", "test": "romberg", "left": "present"}]},
    {"findings": [{"type": "symptom", "text": "Pain", "red_flag": "maybe"}]},
]


@pytest.mark.parametrize("document", BAD)
def test_the_schema_and_the_reader_refuse_the_same(document):
    assert not INPUT.is_valid(document)
    with pytest.raises(BadInputError):
        read_document(document, KNOWN)


def test_the_schema_knows_every_type_muscle_reflex_and_test():
    kinds = INPUT.schema["properties"]["findings"]["items"]["oneOf"]
    assert {kind["properties"]["type"]["const"] for kind in kinds} == set(KINDS)
    assert INPUT.schema["$defs"]["muscle"]["enum"] == list(KNOWN.muscles)
    assert INPUT.schema["$defs"]["reflex"]["enum"] == sorted(reflex_names(KNOWN))
    tests = {
        kind["properties"]["type"]["const"]: set() for kind in kinds if "test" in kind["properties"]
    }
    for kind in kinds:
        if "test" in kind["properties"]:
            tests[kind["properties"]["type"]["const"]] |= set(kind["properties"]["test"]["enum"])
    assert tests == {"provocation": set(TESTS), "umn_sign": set(UMN_TESTS)}


def seen(name):
    (path,) = (path for path in EXAMPLES if path.stem == f"segments-{name}")
    document = report_document(answer(path.read_text(encoding="utf-8")))
    first = document["levels"][0] if document["levels"] else {"root": None, "side": None}
    nerve = document["nerve"]
    return document["pattern"], first["root"], first["side"], nerve and nerve["name"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_keeps_to_both_schemas(path):
    text = path.read_text(encoding="utf-8")
    INPUT.validate(json.loads(text))
    OUTPUT.validate(report_document(answer(text)))


def test_the_examples_are_answered_as_they_are_named():
    assert seen("c6-palpation") == ("root", "C6", "right", None)
    assert seen("l5-foot-drop")[:3] == ("root", "L5", "left")
    assert seen("ulnar-nerve") == ("peripheral_nerve", None, None, "ulnar")
    assert seen("symmetric") == ("symmetric", None, None, None)
    assert seen("red-flag")[0] == "red_flag"
    assert len(EXAMPLES) == 5


def test_the_text_is_for_reading():
    (path,) = (path for path in EXAMPLES if path.stem == "segments-l5-foot-drop")
    text = report_text(answer(path.read_text(encoding="utf-8")))
    lines = text.splitlines()
    assert lines[0] == "Pattern: root"
    assert "1. L5 on the left: strong pattern" in lines
    assert any(line.startswith("Tested on both sides: ") for line in lines)
    assert lines[-1] == f"Model {KNOWN.model.version}"


def test_the_text_of_a_whole_examination_names_nothing_missing():
    report = answer('{"findings": []}')
    assert report_text(report).splitlines()[-2] == "Tested on both sides: 0 of 0"
