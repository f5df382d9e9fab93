"""Signs of the cord and the cauda equina stop the reasoning, ticked or not."""

import pytest

from clinical.segments import Finding, Pattern, infer_segments

HANDS_WEAK = Finding("strength_mrc", "first_dorsal_interosseous", 4, 4)
LIVELY_LEGS = [Finding("reflex", "patellar", 3, 3), Finding("reflex", "achilles", 3, 3)]


def red_codes(*findings: Finding) -> list[str]:
    messages = infer_segments(findings).messages
    return [message.code for message in messages if message.code.startswith("red_flag")]


@pytest.mark.parametrize("sign", ["light_touch", "pinprick", "allodynia", "cold_warm_sense"])
def test_any_changed_feeling_of_a_saddle_root_is_an_emergency(sign):
    changed = 1 if sign != "allodynia" else True
    assert red_codes(Finding(sign, "S4", changed, None)) == ["red_flag_saddle"]


@pytest.mark.parametrize(
    "finding",
    [
        Finding("reflex", "anal_wink", 1, 2),
        Finding("reflex", "bulbocavernosus", None, 0),
        Finding("strength_mrc", "sphincter_ani_externus", 4, 5),
    ],
)
def test_a_lost_saddle_reflex_or_a_weak_sphincter_is_an_emergency(finding):
    report = infer_segments([finding])
    assert (report.pattern, report.messages[0].code) == (Pattern.RED_FLAG, "red_flag_saddle")


def test_a_normal_saddle_is_no_emergency():
    normal = [
        Finding("reflex", "anal_wink", 2, 2),
        Finding("strength_mrc", "sphincter_ani_externus", 5, 5),
        Finding("pinprick", "S4", 2, 2),
    ]
    assert red_codes(*normal) == []


def test_s2_changed_on_both_sides_is_an_emergency_and_on_one_side_a_root():
    assert red_codes(Finding("pinprick", "S2", 1, 1)) == ["red_flag_saddle"]
    assert red_codes(Finding("pinprick", "S2", 1, 2)) == []
    assert red_codes(Finding("pinprick", "S2", 1, None)) == []


def test_three_dull_levels_of_the_trunk_on_both_sides_are_a_level_of_the_cord():
    levels = [Finding("pinprick", root, 1, 1) for root in ("T8", "T9", "T10")]
    assert red_codes(*levels) == ["red_flag_cord"]
    assert red_codes(*levels[:2]) == []
    assert red_codes(*levels[:2], Finding("pinprick", "T10", 1, 2)) == []
    assert red_codes(*levels[:2], Finding("tenderness", "rectus_abdominis", 3, 3)) == []


def test_lively_legs_above_equal_weakness_are_the_cord():
    report = infer_segments([*LIVELY_LEGS, HANDS_WEAK])
    assert (report.pattern, report.levels) == (Pattern.RED_FLAG, ())
    assert report.messages[0].code == "red_flag_cord"
    assert "on the right and on the left" in report.messages[0].text


def test_lively_legs_above_one_equal_dull_point_are_not_yet_the_cord_but_above_two_are():
    dull = [Finding("pinprick", root, 1, 1) for root in ("C6", "C7")]
    assert red_codes(*LIVELY_LEGS, dull[0]) == []
    assert red_codes(*LIVELY_LEGS, *dull) == ["red_flag_cord"]
    touch_and_pin = [dull[0], Finding("light_touch", "C6", 1, 1)]
    assert red_codes(*LIVELY_LEGS, *touch_and_pin) == []


@pytest.mark.parametrize("values", [(2, 3), (3, None)])
def test_legs_that_are_not_lively_on_both_sides_are_no_sign_of_the_cord(values):
    assert red_codes(Finding("reflex", "patellar", *values), HANDS_WEAK) == []


def test_lively_legs_alone_are_normal():
    assert red_codes(*LIVELY_LEGS) == []
    assert infer_segments(LIVELY_LEGS).pattern is Pattern.NONE
