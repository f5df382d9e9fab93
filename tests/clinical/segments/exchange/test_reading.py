"""Documents are read exactly as they are written, or not at all."""

import json

import pytest

from clinical.reference import reference
from clinical.segments import Finding
from clinical.segments.exchange import BadInputError, read_document, read_examination
from clinical.segments.findings import reflex_names

KNOWN = reference()


def findings(*entries):
    return read_document({"findings": list(entries)}, KNOWN).findings


def errors(*entries, **document):
    with pytest.raises(BadInputError) as bad:
        read_document({"findings": list(entries), **document}, KNOWN)
    return list(bad.value.errors)


def entry(kind, left=None, right=None, **fields):
    return {"type": kind, "left": left, "right": right, **fields}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            entry("strength_mrc", "4-", 5, muscle="deltoid"),
            Finding("strength_mrc", "deltoid", 5, 3.67),
        ),
        (
            entry("strength_mrc", "4+", "0", muscle="soleus"),
            Finding("strength_mrc", "soleus", 0, 4.33),
        ),
        (
            entry("strength_mrc", 4, 5.0, muscle="deltoid", pain_inhibited="left"),
            Finding("strength_mrc", "deltoid", 5, 4, False, True),
        ),
        (
            entry("strength_mrc", 4, 5, muscle="deltoid", pain_inhibited=True),
            Finding("strength_mrc", "deltoid", 5, 4, True, True),
        ),
        (entry("reflex", 1, "2", reflex="adductor"), Finding("reflex", "adductor", 2, 1)),
        (
            entry("reflex", 1, 2, reflex="medial_hamstring"),
            Finding("reflex", "medial_hamstring", 2, 1),
        ),
        (entry("pinprick", 1, 2, dermatome="C6"), Finding("pinprick", "C6", 2, 1)),
        (entry("light_touch", 0, 2, dermatome="S4-5"), Finding("light_touch", "S4", 2, 0)),
        (entry("paraspinal_tenderness", 3, 0, level="L5"), Finding("paraspinal_band", "L5", 0, 3)),
        (entry("tone", 3, 0, muscle="soleus"), Finding("muscle_tone", "soleus", 0, 3)),
        (entry("trophedema_matchstick", 3, 0, level="T5"), Finding("matchstick_test", "T5", 0, 3)),
        (entry("skin_roll", 1, 0, level="T5"), Finding("skin_roll_peau_dorange", "T5", 0, 1)),
        (
            entry("skin_temperature", "29.5", 31, site="Left big toe"),
            Finding("skin_temperature", "foot", 31, 29.5),
        ),
        (entry("sudomotor", 1, 0, site="palm", level="C8"), Finding("sudomotor", "C8", 0, 1)),
        (entry("pilomotor", 1, 0, site="l5"), Finding("pilomotor", "L5", 0, 1)),
        (entry("hair_loss", 2, 0, site="thigh"), Finding("hair_loss", "thigh", 0, 2)),
        (entry("hair_loss", 2, 0, site="lower back"), Finding("hair_loss", "abdomen_back", 0, 2)),
        (
            entry("provocation", "positive", "negative", test="straight_leg_raise"),
            Finding("slr", "", 0, 1),
        ),
        (
            entry("provocation", "positive", "NT", test="crossed_straight_leg_raise"),
            Finding("crossed_slr", "", None, 1),
        ),
        (
            entry("provocation", "negative", "positive", test="distraction"),
            Finding("neck_distraction", "", 1, 0),
        ),
        (
            entry("provocation", "unable", "able", test="single_leg_sit_to_stand"),
            Finding("sit_to_stand_1leg", "", 0, 2),
        ),
        (
            entry("provocation", "unable", "able", test="single_leg_heel_raise"),
            Finding("heel_raise_1leg", "", 20, 0),
        ),
        (
            entry("tinel", "positive", nerve="Common fibular nerve", site="fibular neck"),
            Finding("nerve_palpation", "common_fibular", None, 1),
        ),
        (
            entry("sensory_area", 1, 2, nerve="deep peroneal", area="first web space"),
            Finding("light_touch", "deep_fibular", 2, 1),
        ),
        (
            entry("sensory_area", 1, 2, nerve="palmar branch of the median"),
            Finding("light_touch", "palmar_cutaneous_median", 2, 1),
        ),
        (
            entry("sensory_area", 1, 2, nerve="lateral_femoral_cutaneous"),
            Finding("light_touch", "lateral_femoral_cutaneous", 2, 1),
        ),
        (entry("vibration", 0, 1, site="great toe"), Finding("vibration", "great toe", 1, 0)),
        (
            entry("umn_sign", "present", "absent", test="clonus"),
            Finding("umn_signs", "clonus", 0, 1),
        ),
        (
            entry("umn_sign", "negative", "positive", test="babinski"),
            Finding("umn_signs", "babinski", 1, 0),
        ),
    ],
)
def test_each_type_becomes_its_sign(written, read):
    assert findings(written) == (read,)


@pytest.mark.parametrize(
    ("familiar", "right", "left"),
    [
        ("right", True, False),
        ("left", False, True),
        ("both", True, True),
        ("yes", False, True),
        (True, False, True),
        ("no", False, False),
    ],
)
def test_familiar_pain_without_a_side_belongs_to_the_more_tender_side(familiar, right, left):
    found = findings(entry("tenderness", 3, 1, muscle="soleus", familiar_pain=familiar))
    assert found == (
        Finding("tenderness", "soleus", 1, 3),
        Finding("familiar_pain", "soleus", right, left),
    )


def test_familiar_pain_that_was_not_asked_for_is_not_there():
    found = findings(entry("tenderness", 3, 1, muscle="soleus", familiar_pain=None))
    assert found == (Finding("tenderness", "soleus", 1, 3),)


@pytest.mark.parametrize("untested", [{"left": "NT"}, {"left": None}, {}])
def test_not_tested_is_written_in_three_ways(untested):
    written = {"type": "strength_mrc", "muscle": "deltoid", "right": 4, **untested}
    assert findings(written) == (Finding("strength_mrc", "deltoid", 4, None),)


def test_what_names_no_single_nerve_and_no_part_of_the_body_says_nothing():
    said = findings(
        entry("tinel", "positive", nerve="intercostal"),
        entry("skin_temperature", 29, 31, site="somewhere"),
        entry("hair_loss", 2, 0, site="somewhere"),
    )
    assert said == ()


def test_several_sites_of_one_nerve_or_part_of_the_body_are_one_finding():
    found = findings(
        entry("tinel", "negative", nerve="ulnar", site="wrist"),
        entry("tinel", "positive", "negative", nerve="ulnar", site="elbow"),
        entry("sensory_area", 2, 2, nerve="ulnar", area="little finger"),
        entry("sensory_area", 0, "NT", nerve="ulnar", area="ring finger"),
        entry("skin_temperature", 29, site="palm"),
        entry("skin_temperature", 30, 31, site="thumb"),
        entry("skin_temperature", 30.5, 31, site="little finger"),
    )
    assert found == (
        Finding("nerve_palpation", "ulnar", 0, 1),
        Finding("light_touch", "ulnar", 2, 0),
        Finding("skin_temperature", "hand", 31, 30),
    )


def test_symptoms_and_age_are_the_history():
    read = read_document(
        {
            "age": "52",
            "findings": [
                {"type": "symptom", "text": "Night sweats", "red_flag": True},
                {"type": "symptom", "text": "Stiff neck", "red_flag": False},
                {"type": "symptom", "text": "Fever", "red_flag": "yes"},
                {"type": "symptom", "text": "Tired"},
            ],
        },
        KNOWN,
    )
    assert read.context.age == 52
    assert read.context.red_flags == ("Night sweats", "Fever")


def test_remarks_are_not_read():
    document = {"id": 7, "findings": [entry("reflex", 1, 2, reflex="biceps", note="tense")]}
    assert read_document(document, KNOWN).findings == (Finding("reflex", "biceps", 2, 1),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (entry("strength_mrc", 7, muscle="deltoid"), ".left: 7 is not an MRC grade"),
        (entry("strength_mrc", "strong", muscle="deltoid"), '.left: "strong" is not an MRC grade'),
        (entry("strength_mrc", True, muscle="deltoid"), ".left: true is not an MRC grade"),
        (entry("strength_mrc", [4], muscle="deltoid"), ".left: [4] is not an MRC grade"),
        (entry("strength_mrc", 4.5, muscle="deltoid"), ".left: 4.5 is not an MRC grade"),
        (entry("strength_mrc", float("nan"), muscle="deltoid"), ".left: NaN is not an MRC grade"),
        (entry("reflex", 5, reflex="biceps"), ".left: 5 is not a grade from 0 to 4"),
        (entry("skin_roll", 4, level="T4"), ".left: 4 is not a grade from 0 to 3"),
        (
            entry("reflex", 1, reflex="medial hamstring"),
            '.reflex: "medial hamstring" is not a reflex; did you mean medial_hamstring?',
        ),
        (entry("reflex", 1), ".reflex: is missing"),
        (entry("reflex", 1, reflex=3), ".reflex: 3 is not a text"),
        (entry("vibration", 1, site=" "), '.site: " " is not a text'),
        (entry("pinprick", 1, dermatome="C9"), '.dermatome: "C9" is not a root from C1 to S5'),
        (entry("sudomotor", 1, site="palm", level="X"), '.level: "X" is not a root from C1 to S5'),
        (
            entry("skin_temperature", 60, site="palm"),
            ".left: 60 is not a skin temperature from 10 to 45 degC",
        ),
        (
            entry("skin_temperature", "3e1", site="palm"),
            '.left: "3e1" is not a skin temperature from 10 to 45 degC',
        ),
        (
            entry("skin_temperature", False, site="palm"),
            ".left: false is not a skin temperature from 10 to 45 degC",
        ),
        (
            entry("provocation", "able", test="spurling"),
            '.left: "able" is not positive or negative',
        ),
        (
            entry("provocation", "no", test="single_leg_heel_raise"),
            '.left: "no" is not able, unable, positive or negative',
        ),
        (entry("provocation", "what", test="phalen"), '.test: "phalen" is not a provocation test'),
        (entry("tinel", "positive", nerve="funny bone"), '.nerve: "funny bone" is not a nerve'),
        (
            entry("umn_sign", "yes", test="babinski"),
            '.left: "yes" is not present, absent, positive or negative',
        ),
        (
            entry("tenderness", 1, muscle="soleus", familiar_pain="often"),
            '.familiar_pain: "often" is not left, right, both, yes or no',
        ),
        (
            entry("strength_mrc", 1, muscle="soleus", pain_inhibited=2),
            ".pain_inhibited: 2 is not left, right, both, yes or no",
        ),
        (
            {"type": "symptom", "text": "Pain", "red_flag": "maybe"},
            '.red_flag: "maybe" is not true or false',
        ),
        (
            {"type": "symptom", "text": "Pain", "red_flag": 1},
            ".red_flag: 1 is not true or false",
        ),
        (entry("reflex", 1, reflex="biceps", lefft=2), ".lefft: is not a field of this type"),
        ({"type": "hunch"}, '.type: "hunch" is not a type of finding'),
        ({}, ".type: is missing"),
        (3, ": 3 is not a finding"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_path(written, said):
    assert errors(written) == [f"findings[0]{said}"]


def test_all_errors_are_listed_in_their_order():
    biceps = entry("reflex", 1, 2, reflex="biceps")
    found = errors(
        biceps,
        entry("strength_mrc", 7, 6, muscle="deltoyd"),
        dict(biceps),
        entry("reflex", 9, 2, reflex="biceps"),
        age=-1,
    )
    assert found == [
        "age: -1 is not an age in years",
        'findings[1].muscle: "deltoyd" is not a muscle; did you mean deltoid?',
        "findings[1].right: 6 is not an MRC grade",
        "findings[1].left: 7 is not an MRC grade",
        "findings[2]: reflex of biceps is there already, see findings[0]",
        "findings[3].left: 9 is not a grade from 0 to 4",
        "findings[3]: reflex of biceps is there already, see findings[0]",
    ]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "findings: is missing"),
        ({"findings": {}}, "findings: {} is not a list"),
        ([], "document: [] is not an object with findings"),
    ],
)
def test_a_document_is_an_object_with_findings(document, said):
    with pytest.raises(BadInputError, match=r"^" + said.replace("[", r"\[") + "$"):
        read_document(document, KNOWN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "document: not JSON, Expecting value (line 1, column 1)"),
        ('{"age": 1,}', "document: not JSON, "),
        ("[" * 200_000, "document: not JSON that can be read, too many brackets"),
        ('{"age": 1, "age": 2, "findings": [], "id": 1, "id": 2}', "age: is there twice"),
        (
            '{"findings": [{"type": "reflex", "reflex": "biceps", "left": 1, "left": 2}]}',
            "findings[0].left: is there twice",
        ),
    ],
)
def test_a_text_that_is_not_clear_json_is_refused(text, said):
    with pytest.raises(BadInputError) as bad:
        read_examination(text, KNOWN)
    (error,) = bad.value.errors
    assert error.startswith(said)


def test_a_long_value_is_shortened_in_its_error():
    (error,) = errors(entry("strength_mrc", "x" * 500, muscle="deltoid"))
    assert len(error) < 100


def test_every_muscle_and_every_reflex_can_be_written():
    muscles = [entry("strength_mrc", 5, 5, muscle=muscle) for muscle in KNOWN.muscles]
    reflexes = [entry("reflex", 2, 2, reflex=name) for name in sorted(reflex_names(KNOWN))]
    text = json.dumps({"findings": [*muscles, *reflexes]})
    assert len(read_examination(text, KNOWN).findings) == len(muscles) + len(reflexes)
