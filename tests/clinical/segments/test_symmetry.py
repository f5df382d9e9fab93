"""What is equal on both sides flags no side, and hides no root of another limb."""

from clinical.segments import Finding, Label, Pattern, infer_segments
from clinical.vocabulary import Side

FEET = [Finding("reflex", "achilles", 0, 0), Finding("pinprick", "S1", 1, 1)]
C7 = [
    Finding("strength_mrc", "triceps_brachii", 4, 5),
    Finding("strength_mrc", "flexor_carpi_radialis", 4, 5),
    Finding("reflex", "triceps", 1, 2),
    Finding("pinprick", "C7", 1, 2),
]
EVERYWHERE = ("deltoid", "biceps_brachii", "gluteus_medius", "gastrocnemius_medial")


def codes(findings: list[Finding]) -> list[str]:
    return [message.code for message in infer_segments(findings).messages]


def test_two_equal_deficits_flag_no_side():
    report = infer_segments(FEET)
    assert (report.pattern, report.levels, report.nerves) == (Pattern.SYMMETRIC, (), ())
    assert report.messages[0].code == "symmetric_deficit"


def test_one_equal_deficit_is_no_pattern():
    assert infer_segments(FEET[:1]).pattern is Pattern.NONE


def test_touch_and_pin_at_one_point_are_one_deficit():
    point = [Finding("light_touch", "S1", 1, 1), Finding("pinprick", "S1", 1, 1)]
    assert infer_segments(point).pattern is Pattern.NONE


def test_vibration_lost_on_both_sides_is_one_more_deficit_wherever_it_is_tested():
    toes, ankles = (Finding("vibration", site, 0, 0) for site in ("great toe", "ankle"))
    jerks = Finding("reflex", "achilles", 0, 0)
    assert infer_segments([toes, ankles]).pattern is Pattern.NONE
    assert infer_segments([toes, jerks]).pattern is Pattern.SYMMETRIC


def test_vibration_of_one_side_belongs_to_no_root():
    report = infer_segments([*C7, Finding("vibration", "great toe", 0, 2)])
    assert report.candidates == infer_segments(C7).candidates


def test_two_tests_of_strength_that_fail_on_both_sides_are_two_deficits():
    tests = [Finding("sit_to_stand_1leg", "", 2, 2), Finding("heel_raise_1leg", "", 0, 0)]
    assert infer_segments(tests).pattern is Pattern.SYMMETRIC


def test_measured_forces_are_never_called_equal_deficits():
    forces = [Finding("strength_dynamometer", m, 60, 60) for m in ("deltoid", "biceps_brachii")]
    assert infer_segments(forces).pattern is Pattern.NONE


def test_equal_deficits_of_the_legs_do_not_hide_a_root_of_the_arm():
    report = infer_segments([*FEET, *C7])
    assert [(level.root, level.side) for level in report.levels] == [("C7", Side.RIGHT)]
    assert (report.pattern, report.messages[0].code) == (Pattern.ROOT, "symmetric_deficit")


def test_a_little_asymmetry_of_the_same_limb_is_not_flagged():
    feet = [*FEET, Finding("pinprick", "L5", 1, 1), Finding("strength_mrc", "soleus", 4, 4)]
    little = [
        Finding("strength_mrc", "gluteus_maximus", 4, 5),
        Finding("tenderness", "gastrocnemius_medial", 3, 0),
        Finding("tenderness", "biceps_femoris_long_head", 3, 0),
    ]
    assert "S1" in {level.root for level in infer_segments(little).levels}
    report = infer_segments([*feet, *little])
    assert (report.pattern, report.levels) == (Pattern.SYMMETRIC, ())


def test_more_deficits_on_one_side_than_equal_ones_in_the_limb_are_flagged():
    s1 = [
        Finding("strength_mrc", "gastrocnemius_medial", 4, 5),
        Finding("strength_mrc", "gluteus_maximus", 4, 5),
        Finding("pinprick", "S1", 1, 2),
    ]
    old = [Finding("reflex", "achilles", 0, 0), Finding("light_touch", "L4", 1, 1)]
    report = infer_segments([*s1, *old])
    assert (report.pattern, report.levels[0].root) == (Pattern.ROOT, "S1")


def test_a_nerve_stays_named_beside_equal_deficits_of_another_limb():
    nerve = [
        Finding("strength_mrc", "first_dorsal_interosseous", 4, 5),
        Finding("light_touch", "ulnar", 1, 2),
        Finding("nerve_palpation", "ulnar", True, False),
    ]
    report = infer_segments([*FEET, *nerve])
    assert report.pattern is Pattern.PERIPHERAL_NERVE
    assert [found.nerve for found in report.nerves] == ["ulnar"]


def test_equal_skin_named_by_its_nerve_belongs_to_no_limb_and_still_counts():
    hands = [
        Finding("light_touch", "median", 1, 1),
        Finding("strength_mrc", "abductor_pollicis_brevis", 4, 4),
    ]
    assert infer_segments(hands).pattern is Pattern.SYMMETRIC


def test_tender_levels_beside_the_spine_are_a_region_of_the_body():
    limbs = [Finding("tenderness", muscle, 3, 3) for muscle in EVERYWHERE[1:3]]
    spine = [Finding("paraspinal_band", root, 3, 3) for root in ("C5", "L4")]
    assert "widespread" in codes([*limbs, *spine])
    assert "widespread" not in codes(spine)


def test_widespread_tenderness_with_equal_deficits_is_said_twice():
    tender = [Finding("tenderness", muscle, 3, 3) for muscle in EVERYWHERE]
    report = infer_segments([*tender, *FEET])
    assert report.pattern is Pattern.WIDESPREAD
    assert [m.code for m in report.messages[:2]] == ["widespread", "symmetric_deficit"]


def test_a_root_with_as_much_on_the_other_side_has_no_side():
    left = [
        Finding("strength_mrc", "latissimus_dorsi", 5, 4),
        Finding("strength_mrc", "anconeus", 5, 4),
        Finding("light_touch", "C7", 2, 1),
        Finding("tenderness", "extensor_digitorum", 0, 3),
    ]
    report = infer_segments([*C7, *left])
    assert report.pattern is Pattern.INDETERMINATE
    assert {level.label for level in report.levels} == {Label.WEAK}
    assert "sides_disagree" in [message.code for message in report.messages]
