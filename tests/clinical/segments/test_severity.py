import pytest

from clinical.reference import reference
from clinical.segments import Finding, mrc
from clinical.segments.severity import items_of, severity
from clinical.vocabulary import Side

KNOWN = reference()


def strengths(*findings: Finding) -> dict[Side, float]:
    return {item.side: pytest.approx(item.strength) for item in items_of(findings, KNOWN)}


@pytest.mark.parametrize(
    ("sign", "values", "expected"),
    [
        ("tenderness", [0, 1, 2, 3, 4], [0, 0.15, 0.5, 0.8, 1]),
        ("strength_mrc", [5, 4.33, 4, 3.67, 3, 2, 0], [0, 0.4, 0.6, 0.7, 0.9, 1, 1]),
        ("reflex", [0, 1, 2, 3, 4], [1, 0.5, 0, 0, 0]),
        ("pinprick", [2, 1, 0], [0, 0.6, 1]),
        ("matchstick_test", [0, 1, 2, 3], [0, 0.4, 0.75, 1]),
        ("sudomotor", [0, 1, 2], [0, 0.5, 1]),
    ],
)
def test_the_severity_of_each_scale(sign, values, expected):
    assert [severity(Finding(sign), value, KNOWN) for value in values] == pytest.approx(expected)


def test_one_grade_of_palpation_is_nothing_and_two_are_full():
    assert strengths(Finding("tenderness", "deltoid", 1, 0)) == {Side.RIGHT: 0, Side.LEFT: 0}
    assert strengths(Finding("tenderness", "deltoid", 2, 0)) == {Side.RIGHT: 1, Side.LEFT: 0}


def test_strength_4_plus_against_5_counts_four_fifths():
    finding = Finding("strength_mrc", "deltoid", 5, mrc("4+"))
    assert strengths(finding) == {Side.RIGHT: 0, Side.LEFT: 0.8}


def test_an_untested_other_side_halves_and_is_marked():
    (item,) = items_of([Finding("reflex", "triceps", 1, None)], KNOWN)
    assert (item.strength, item.is_unverified) == (0.5, True)


def test_weakness_from_pain_counts_three_tenths():
    finding = Finding("strength_mrc", "deltoid", 4, 5, pain_inhibited_right=True)
    assert strengths(finding)[Side.RIGHT] == 0.3


def test_abnormal_but_equal_is_no_evidence_either_way():
    items = items_of([Finding("pinprick", "C7", 1, 1)], KNOWN)
    assert [(item.is_positive, item.is_normal) for item in items] == [(False, False)] * 2


@pytest.mark.parametrize(
    ("sign", "site", "right", "left", "expected"),
    [
        ("skin_temperature", "hand", 30.0, 30.4, (0, 0)),
        ("skin_temperature", "hand", 30.0, 30.5, (0.5, 0)),
        ("skin_temperature", "hand", 31.0, 30.0, (0, 1)),
        ("pressure_pain_threshold", "deltoid", 3.0, 3.4, (0, 0)),
        ("pressure_pain_threshold", "deltoid", 3.0, 3.5, (0.25, 0)),
        ("pressure_pain_threshold", "deltoid", 4.0, 3.0, (0, 0.5)),
        ("pressure_pain_threshold", "deltoid", 2.0, 4.0, (1, 0)),
        ("strength_dynamometer", "deltoid", 90, 100, (0, 0)),
        ("strength_dynamometer", "deltoid", 85, 100, (0.5, 0)),
        ("strength_dynamometer", "deltoid", 100, 75, (0, 1)),
        ("strength_dynamometer", "deltoid", 0, 0, (0, 0)),
    ],
)
def test_of_a_measured_sign_the_lower_side_counts(sign, site, right, left, expected):
    found = strengths(Finding(sign, site, right, left))
    assert found == {Side.RIGHT: expected[0], Side.LEFT: expected[1]}


@pytest.mark.parametrize("values", [(30.0, None), (None, 30.0)])
def test_a_measured_sign_of_one_side_alone_says_nothing(values):
    assert strengths(Finding("skin_temperature", "hand", *values)) == {}


def test_equal_measures_are_normal_muscles():
    items = items_of([Finding("strength_dynamometer", "deltoid", 100, 99)], KNOWN)
    assert [(item.is_positive, item.is_normal) for item in items] == [(False, True)] * 2


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([Finding("taut_band", "deltoid", 1, 0)], 0.5),
        ([Finding("taut_band", "deltoid", 2, 0)], 0.5),
        ([Finding("familiar_pain", "deltoid", True, False)], 0.5),
        ([Finding("range_restriction", "deltoid", 2, 0)], 0.5),
        ([Finding("range_restriction", "deltoid", 1, 0)], 0),
        ([Finding("tenderness", "deltoid", 2, 1)], 0.7),
        ([Finding("tenderness", "deltoid", 2, 1), Finding("taut_band", "deltoid", 1, 0)], 1),
        ([Finding("tenderness", "deltoid", 1, 0), Finding("familiar_pain", "deltoid", 1, 0)], 1),
        ([Finding("tenderness", "deltoid", 2, 2), Finding("familiar_pain", "deltoid", 1, 0)], 0.5),
        ([Finding("tenderness", "deltoid", 2, None), Finding("taut_band", "deltoid", 1, 0)], 0.5),
        (
            [
                Finding("pressure_pain_threshold", "deltoid", 3, 3.5),
                Finding("taut_band", "deltoid", 1, 0),
            ],
            0.5,
        ),
    ],
)
def test_a_supporting_sign_is_half_alone_and_makes_a_higher_grade_full(findings, expected):
    assert strengths(*findings)[Side.RIGHT] == expected


def test_a_band_that_is_not_there_leaves_a_soft_muscle_normal():
    findings = [Finding("tenderness", "deltoid", 0, 0), Finding("taut_band", "deltoid", 0, 0)]
    right, _ = items_of(findings, KNOWN)
    assert (right.sign, right.is_normal) == ("tenderness", True)


def test_wasting_and_weakness_of_one_muscle_are_one_item():
    findings = [Finding("strength_mrc", "deltoid", 4, 5), Finding("atrophy", "deltoid", 2, 0)]
    right, left = items_of(findings, KNOWN)
    assert (right.group, right.strength, len(right.parts)) == ("weakness", 1.0, 2)
    assert left.is_normal


@pytest.mark.parametrize(
    ("sign", "right", "left", "expected"),
    [
        ("dermatomal_hyperalgesia", 1, 0, 0.5),
        ("dermatomal_hyperalgesia", 2, 0, 1),
        ("allodynia", True, False, 1),
        ("cold_warm_sense", 1, 2, 0.5),
        ("cold_warm_sense", 0, 2, 1),
        ("segment_provocation", 2, 0, 0),
        ("segment_provocation", 8, 0, 0.5),
        ("vasomotor_palpation", 1, 0, 0.5),
    ],
)
def test_the_lesser_signs_count_as_their_table_says(sign, right, left, expected):
    site = "hand" if sign == "vasomotor_palpation" else "C6"
    assert strengths(Finding(sign, site, right, left))[Side.RIGHT] == expected


def test_a_neck_that_turns_less_than_60_degrees_to_one_side_counts():
    assert strengths(Finding("cervical_rotation", "", 45, 70))[Side.RIGHT] == 1
    assert strengths(Finding("cervical_rotation", "", 60, 70))[Side.RIGHT] == 0


def test_tone_and_tenderness_of_one_muscle_are_one_item():
    findings = [Finding("muscle_tone", "deltoid", 3, 2), Finding("tenderness", "deltoid", 2, 0)]
    right, left = items_of(findings, KNOWN)
    assert (right.sign, right.strength, len(right.parts)) == ("tenderness", 1.0, 2)
    assert (left.is_positive, left.is_normal) == (False, False)
