"""One peripheral nerve, or a root: what is strong around the nerve decides."""

import pytest

from clinical.reference import reference
from clinical.segments import Finding, Pattern, infer_segments, mrc
from clinical.segments.nerve_supply import nerves_at, place_in
from clinical.segments.nerves import Verdict

KNOWN = reference()


def weak(*muscles: str, grade: str = "4") -> list[Finding]:
    return [Finding("strength_mrc", muscle, mrc(grade), 5) for muscle in muscles]


def strong(*muscles: str) -> list[Finding]:
    return [Finding("strength_mrc", muscle, 5, 5) for muscle in muscles]


def answer(*findings: Finding) -> tuple[Pattern, str, Verdict]:
    report = infer_segments(findings)
    assert report.nerve is not None
    return report.pattern, report.nerve.nerve, report.nerve.verdict


FEMORAL = [*weak("vastus_medialis", "rectus_femoris"), Finding("reflex", "patellar", 0, 2)]


def test_a_reflex_is_lost_with_its_nerve_when_the_root_is_strong_elsewhere():
    adductors = strong("adductor_longus", "gracilis")
    assert answer(*FEMORAL, *adductors) == (Pattern.PERIPHERAL_NERVE, "femoral", Verdict.NERVE)
    assert answer(*FEMORAL) == (Pattern.ROOT, "femoral", Verdict.SECOND)


def test_one_weak_muscle_with_its_reflex_and_skin_is_a_root():
    findings = [
        *weak("extensor_carpi_radialis_longus"),
        Finding("reflex", "brachioradialis", 1, 2),
        Finding("pinprick", "C6", 1, 2),
        *strong("biceps_brachii", "pronator_teres"),
    ]
    assert answer(*findings)[0] is Pattern.ROOT


def test_one_weak_muscle_with_its_reflex_and_the_skin_of_its_nerve_is_the_nerve():
    findings = [*weak("vastus_medialis"), Finding("reflex", "patellar", 0, 2), *strong("gracilis")]
    assert infer_segments(findings).pattern is Pattern.ROOT
    skin = Finding("light_touch", "saphenous", 1, 2)
    assert answer(*findings, skin) == (Pattern.PERIPHERAL_NERVE, "femoral", Verdict.NERVE)


def test_a_reflex_outside_the_nerve_speaks_for_the_root():
    findings = [*weak("deltoid", "teres_minor"), Finding("reflex", "biceps", 1, 2)]
    assert answer(*findings) == (Pattern.ROOT, "axillary", Verdict.SECOND)


def test_without_a_strong_muscle_around_it_two_weak_ones_cannot_be_told_apart():
    assert answer(*weak("supraspinatus", "infraspinatus"))[0] is Pattern.INDETERMINATE
    around = strong("deltoid", "biceps_brachii")
    findings = [*weak("supraspinatus", "infraspinatus"), *around]
    assert answer(*findings) == (Pattern.PERIPHERAL_NERVE, "suprascapular", Verdict.NERVE)


def test_a_straight_leg_raise_asks_for_more_before_a_nerve_is_named():
    drop = weak("tibialis_anterior", "extensor_hallucis_longus")
    raised = Finding("slr", "", True, False)
    assert answer(*drop, raised)[0] is Pattern.INDETERMINATE
    around = strong("tibialis_posterior")
    assert answer(*drop, *around)[0] is Pattern.PERIPHERAL_NERVE
    assert answer(*drop, *around, raised)[0] is Pattern.INDETERMINATE


def test_a_tension_test_of_the_arm_does_not_speak_against_a_nerve():
    findings = [*weak("supraspinatus", "infraspinatus"), Finding("ulnt1", "", True, False)]
    assert answer(*findings)[0] is Pattern.INDETERMINATE


def test_muscles_that_leave_the_nerve_before_the_weak_one_do_not_count_against_it():
    weak_thenar = [
        *weak("abductor_pollicis_brevis"),
        Finding("light_touch", "median", 1, 2),
        Finding("nerve_palpation", "median", True, False),
    ]
    before = infer_segments(weak_thenar).nerve
    spared = infer_segments([*weak_thenar, *strong("pronator_teres")]).nerve
    assert before is not None
    assert spared is not None
    assert spared.score == before.score


def test_a_nerve_of_which_most_muscles_are_strong_is_no_picture():
    findings = [
        *weak("iliacus", grade="4+"),
        Finding("pinprick", "L3", 1, 2),
        *strong("vastus_medialis", "rectus_femoris", "vastus_lateralis", "adductor_longus"),
    ]
    assert infer_segments(findings).pattern is not Pattern.PERIPHERAL_NERVE


def test_the_skin_and_a_tinel_sign_name_a_nerve_without_weakness():
    findings = [
        Finding("pinprick", "C6", 1, 2),
        Finding("pinprick", "C7", 1, 2),
        Finding("nerve_palpation", "median", True, False),
        *strong("pronator_teres", "extensor_carpi_radialis_brevis", "triceps_brachii"),
    ]
    assert answer(*findings) == (Pattern.PERIPHERAL_NERVE, "median", Verdict.NERVE)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ([], Pattern.NONE),
        ([Finding("nerve_palpation", "saphenous", True, False)], Pattern.PERIPHERAL_NERVE),
        ([Finding("pinprick", "saphenous", 0, 2)], Pattern.PERIPHERAL_NERVE),
        (strong("vastus_medialis"), Pattern.NONE),
        (strong("vastus_medialis", "iliacus"), Pattern.PERIPHERAL_NERVE),
    ],
)
def test_a_skin_nerve_needs_a_second_sign_or_strong_muscles(more, expected):
    assert infer_segments([Finding("light_touch", "saphenous", 1, 2), *more]).pattern is expected


def test_the_nerve_of_one_muscle_needs_clear_weakness_and_two_strong_muscles_around():
    around = strong("triceps_brachii", "pronator_teres")
    winging = weak("serratus_anterior")
    assert answer(*winging, *around) == (
        Pattern.PERIPHERAL_NERVE,
        "long_thoracic",
        Verdict.NERVE,
    )
    assert infer_segments([*winging, *around[:1]]).nerve is None
    assert infer_segments([*weak("serratus_anterior", grade="4+"), *around]).nerve is None


def test_a_trunk_must_lead_far_and_is_never_just_unclear():
    both_divisions = weak("tibialis_anterior", "tibialis_posterior")
    assert answer(*both_divisions)[1:] == ("sciatic", Verdict.SECOND)
    whole = [
        *weak("extensor_hallucis_longus", "fibularis_longus", "gastrocnemius_medial"),
        *weak("biceps_femoris_long_head", "tibialis_posterior"),
        Finding("reflex", "achilles", 0, 2),
        Finding("pinprick", "S1", 1, 2),
        Finding("pinprick", "L5", 1, 2),
        *strong("gluteus_medius", "gluteus_maximus", "tensor_fasciae_latae"),
    ]
    assert answer(*whole) == (Pattern.PERIPHERAL_NERVE, "sciatic", Verdict.NERVE)


def test_two_nerves_of_one_side_are_both_named():
    ulnar = [*weak("first_dorsal_interosseous"), Finding("light_touch", "ulnar", 1, 2)]
    fibular = [*weak("tibialis_anterior"), Finding("nerve_palpation", "common_fibular", 1, 0)]
    report = infer_segments([*ulnar, *fibular])
    assert {nerve.nerve for nerve in report.nerves} >= {"ulnar"}
    assert len(report.nerves) == 2


def test_the_skin_of_a_branch_is_skin_of_the_nerve_it_leaves():
    assert nerves_at("light_touch", "saphenous", KNOWN) == {"saphenous", "femoral"}
    assert nerves_at("pinprick", "L4", KNOWN) == {"femoral", "saphenous"}
    assert nerves_at("pinprick", "T5", KNOWN) == frozenset()


def test_a_tinel_sign_shows_where_a_nerve_and_its_branches_are_hurt():
    below = nerves_at("nerve_palpation", "common_fibular", KNOWN)
    assert below == {"common_fibular", "deep_fibular", "superficial_fibular"}


def test_signs_that_no_nerve_explains_belong_to_none():
    assert nerves_at("paraspinal_band", "C7", KNOWN) == frozenset()
    assert nerves_at("tenderness", "multifidus_sacral", KNOWN) == frozenset()


def test_an_unnamed_muscle_leaves_its_nerve_last():
    order = KNOWN.model.nerves.order["median"]
    assert place_in("median", "pronator_teres", KNOWN) == 0
    assert place_in("median", "abductor_pollicis_brevis", KNOWN) == len(order)
    assert place_in("axillary", "deltoid", KNOWN) == 0


PALM = "palmar_cutaneous_median"
MEDIAN = [
    Finding("strength_mrc", "abductor_pollicis_brevis", 4, 5),
    Finding("light_touch", "median", 1, 2),
]


def score_of_median(*more):
    report = infer_segments([*MEDIAN, *more])
    return next(nerve.score for nerve in report.nerves if nerve.nerve == "median")


def test_skin_that_leaves_its_nerve_early_speaks_for_it_but_never_against_it():
    plain = score_of_median()
    assert score_of_median(Finding("light_touch", PALM, 2, 2)) == plain
    assert score_of_median(Finding("light_touch", PALM, 1, 2)) > plain


def test_a_nerve_of_one_muscle_needs_strong_muscles_around_it():
    weak = Finding("strength_mrc", "serratus_anterior", 3, 5)
    assert infer_segments([weak]).nerves == ()


def test_weakness_under_pain_makes_no_picture_of_a_nerve():
    knee = [
        Finding("strength_mrc", "vastus_medialis", 4, 5, pain_inhibited_right=True),
        Finding("sit_to_stand_1leg", "", 2, 0),
        Finding("strength_mrc", "adductor_longus", 5, 5),
    ]
    assert infer_segments(knee).nerves == ()
