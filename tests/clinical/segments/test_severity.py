import pytest

from clinical.reference import reference
from clinical.segments import Finding, mrc
from clinical.segments.severity import items_of, severity
from clinical.vocabulary import Side

KNOWN = reference()


def strengths(finding: Finding) -> dict[Side, float]:
    return {item.side: pytest.approx(item.strength) for item in items_of([finding], KNOWN)}


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
    ("right", "left", "expected"),
    [
        (30.0, 30.4, {}),
        (30.0, 30.5, {Side.RIGHT: 0.5}),
        (31.0, 30.0, {Side.LEFT: 1.0}),
        (30.0, None, {}),
        (None, 30.0, {}),
    ],
)
def test_the_colder_side_counts_and_one_side_alone_says_nothing(right, left, expected):
    assert strengths(Finding("skin_temperature", "hand", right, left)) == expected


def test_tone_and_tenderness_of_one_muscle_are_one_item():
    findings = [Finding("muscle_tone", "deltoid", 3, 2), Finding("tenderness", "deltoid", 2, 0)]
    right, left = items_of(findings, KNOWN)
    assert (right.sign, right.strength, len(right.parts)) == ("tenderness", 1.0, 2)
    assert (left.is_positive, left.is_normal) == (False, False)
