import json

import pytest

from clinical.reference import reference
from clinical.segments import Context, Finding, Label, Pattern, infer_segments
from clinical.segments.nerves import Verdict
from clinical.vocabulary import Side

C7 = (
    Finding("strength_mrc", "triceps_brachii", 4, 5),
    Finding("strength_mrc", "flexor_carpi_radialis", 4, 5),
    Finding("reflex", "triceps", 1, 2),
    Finding("pinprick", "C7", 1, 2),
)


def codes(report):
    return [message.code for message in report.messages]


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding("umn_signs", "hoffmann", True, False), "on the right (hoffmann)"),
        (Finding("umn_signs", "", None, True), "on the left (a sign)"),
        (Finding("reflex", "patellar", 2, 4), "on the left (patellar)"),
    ],
)
def test_an_upper_motor_neuron_sign_stops_the_reasoning(finding, words):
    report = infer_segments([*C7, finding])
    assert report.pattern is Pattern.RED_FLAG
    assert (report.levels, report.candidates, report.nerves) == ((), (), ())
    assert codes(report)[0] == "red_flag_umn"
    assert words in report.messages[0].text


@pytest.mark.parametrize(
    "finding",
    [Finding("saddle_sensation", "", True, False), Finding("pinprick", "S3", 1, 2)],
)
def test_changed_saddle_sensation_is_an_emergency(finding):
    report = infer_segments([finding, *C7])
    assert (report.pattern, codes(report)[0]) == (Pattern.RED_FLAG, "red_flag_saddle")


def test_normal_cord_and_saddle_signs_stop_nothing():
    normal = [
        Finding("umn_signs", "babinski", False, False),
        Finding("saddle_sensation", "", False, False),
        Finding("light_touch", "S4", 2, 2),
    ]
    assert infer_segments([*C7, *normal]).pattern is Pattern.ROOT


def test_red_flags_of_the_history_come_first_and_the_levels_second():
    context = Context(("New cancer pain.",), has_progressive_weakness=True, has_horner=True)
    report = infer_segments(C7, context)
    assert report.pattern is Pattern.RED_FLAG
    assert codes(report)[:3] == ["red_flag_history", "red_flag_progressive", "red_flag_horner"]
    assert report.messages[0].text == "New cancer pain."
    assert report.levels[0].root == "C7"


def test_strength_of_3_is_referred_and_names_pain_and_side():
    finding = Finding("strength_mrc", "deltoid", 3, 5, pain_inhibited_right=True)
    report = infer_segments([finding])
    assert report.messages[0].code == "neurological_deficit"
    assert report.messages[0].text == (
        "Deltoid on the right has strength 3, limited by pain: 3 or less is referred."
    )


def test_the_history_brings_its_confounders():
    context = Context(age=61, has_diabetes=True, has_known_neuropathy=True, was_operated=True)
    assert codes(infer_segments([], context)) == [
        "no_level",
        "confounder_diabetes",
        "confounder_neuropathy",
        "confounder_operation",
        "confounder_age",
        "not_a_diagnosis",
    ]
    assert "confounder_age" not in codes(infer_segments([], Context(age=60)))


EVERYWHERE = [
    Finding("tenderness", muscle, 3, 3)
    for muscle in ("deltoid", "biceps_brachii", "gluteus_medius", "gastrocnemius_medial")
]
AXIAL = Finding("tenderness", "splenius_capitis", 2, 2)
L5_TENDER = [
    Finding("tenderness", "tibialis_posterior", 3, 0),
    Finding("tenderness", "tensor_fasciae_latae", 3, 0),
    Finding("paraspinal_band", "L5", 3, 0),
]


def test_widespread_tenderness_leaves_out_flags_from_palpation_alone():
    assert infer_segments(L5_TENDER).levels[0].root == "L5"
    report = infer_segments([*EVERYWHERE, AXIAL, *L5_TENDER])
    assert (report.pattern, report.levels) == (Pattern.WIDESPREAD, ())
    assert codes(report)[0] == "widespread"


def test_widespread_tenderness_keeps_neurological_flags():
    report = infer_segments([*EVERYWHERE, AXIAL, *C7])
    assert report.pattern is Pattern.ROOT
    assert report.levels[0].root == "C7"
    assert codes(report)[0] == "widespread"


def test_tenderness_of_one_side_is_not_widespread():
    one_side = [Finding("tenderness", f.site, 3, 0) for f in (*EVERYWHERE, AXIAL)]
    assert "widespread" not in codes(infer_segments(one_side))


def test_signs_of_one_root_on_both_sides_disagree_and_stay_weak():
    left = [
        Finding("tenderness", "latissimus_dorsi", 0, 3),
        Finding("tenderness", "extensor_digitorum", 0, 3),
    ]
    report = infer_segments([*C7, *left])
    flag = next(level for level in report.levels if level.side is Side.RIGHT)
    assert (flag.root, flag.label) == ("C7", Label.WEAK)
    assert "sides_disagree" in codes(report)


def test_neighbours_within_the_margin_are_equal_candidates():
    report = infer_segments(
        [
            Finding("strength_mrc", "pronator_teres", 4, 5),
            Finding("strength_mrc", "serratus_anterior", 4, 5),
            Finding("strength_mrc", "triceps_brachii", 5, 5),
        ]
    )
    (flag,) = report.levels
    assert {flag.root, *flag.equal_candidates} == {"C6", "C7"}
    assert "It may be C6 or C7 on the right." in flag.explanation


def test_neighbours_with_findings_of_their_own_are_both_named():
    report = infer_segments(
        [
            Finding("strength_mrc", "gluteus_medius", 4, 5),
            Finding("strength_mrc", "tibialis_posterior", 4, 5),
            Finding("reflex", "medial_hamstring", 1, 2),
            Finding("pinprick", "L5", 0, 2),
            Finding("strength_mrc", "gastrocnemius_lateral", 4, 5),
            Finding("strength_mrc", "gluteus_maximus", 4, 5),
            Finding("reflex", "achilles", 0, 2),
            Finding("pinprick", "S1", 0, 2),
        ]
    )
    assert {level.root for level in report.levels} == {"L5", "S1"}
    (pair,) = report.concurrent_levels
    assert pair.roots == ("L5", "S1")
    assert pair.sentence == "L5 and S1 on the right each have findings of their own."
    assert "Stands beside L5 on the right." in report.levels[0].explanation


def test_without_a_neurological_sign_a_root_is_at_most_moderate():
    muscles = ["gluteus_medius", "tibialis_posterior", "fibularis_longus", "popliteus"]
    tender = [Finding("tenderness", muscle, 4, 0) for muscle in muscles]
    skin = [Finding(sign, "L5", 3, 0) for sign in ("matchstick_test", "trophedema_visible")]
    raised = [Finding("slr", "", True, False), Finding("crossed_slr", "", True, False)]
    cold = [
        Finding("skin_temperature", "foot", 29, 31),
        Finding("skin_temperature", "L5", 29, 31),
        Finding("sudomotor", "foot", 2, 0),
    ]
    spine = [Finding("paraspinal_band", "L5", 4, 0)]
    (flag, *_) = infer_segments([*tender, *skin, *raised, *cold, *spine]).levels
    assert flag.label_score >= 4
    assert (flag.root, flag.label) == ("L5", Label.MODERATE)
    sentences = " ".join(piece.sentence for piece in flag.evidence)
    assert "Skin (foot) is colder on the right (right 29, left 31)" in sentences
    assert (
        "Straight leg raise is positive on the right (right positive, left negative)" in sentences
    )
    assert "(L5) is more marked on the right" in sentences


def test_a_root_whose_other_signs_are_normal_is_noted_with_a_message():
    report = infer_segments(
        [
            *(Finding("tenderness", m, 3, 0) for m in ("tensor_fasciae_latae", "popliteus")),
            *(Finding("tenderness", m, 3, 0) for m in ("fibularis_longus", "gluteus_minimus")),
            Finding("tenderness", "semitendinosus", 3, 0),
            Finding("tenderness", "gluteus_medius", 0, 0),
        ]
    )
    (flag,) = report.levels
    assert (flag.root, flag.label, report.pattern) == ("L5", Label.NOTED, Pattern.NONE)
    assert flag.score > 0 > flag.against[0].points
    assert codes(report)[0] == "noted_only"
    assert report.messages[0].text.startswith("L5 on the right is only noted")


def test_a_skin_nerve_needs_its_skin_and_its_tinel_sign():
    skin = Finding("light_touch", "lateral_femoral_cutaneous", 1, 2)
    tinel = Finding("nerve_palpation", "lateral_femoral_cutaneous", True, False)
    assert infer_segments([skin]).nerve is None
    report = infer_segments([skin, tinel])
    assert report.pattern is Pattern.PERIPHERAL_NERVE
    nerve = report.nerve
    assert nerve is not None
    assert (nerve.score, nerve.compared_root) == (pytest.approx(3.0), None)
    assert "Light touch (lateral femoral cutaneous) is changed on the right" in str(nerve.evidence)


def test_normal_muscles_of_a_nerve_count_against_it():
    weak = [Finding("strength_mrc", m, 4, 5) for m in ("flexor_carpi_ulnaris", "interossei_hand")]
    normal = Finding("strength_mrc", "adductor_pollicis", 5, 5)
    before, after = infer_segments(weak).nerve, infer_segments([*weak, normal]).nerve
    assert before is not None
    assert after is not None
    assert after.score == pytest.approx(before.score - 0.35)


def test_normal_skin_and_normal_palpation_count_against_a_nerve():
    weak = [Finding("strength_mrc", m, 4, 5) for m in ("tibialis_anterior", "fibularis_longus")]
    soft = Finding("tenderness", "fibularis_brevis", 0, 0)
    skin = Finding("light_touch", "superficial_fibular", 2, 2)
    scores = [
        report.nerve.score
        for report in map(infer_segments, (weak, [*weak, soft], [*weak, skin]))
        if report.nerve
    ]
    assert scores == pytest.approx([2.736, 2.617, 2.501], abs=0.001)


def test_a_weak_muscle_in_another_nerve_speaks_against_one_nerve():
    soft = [
        "flexor_hallucis_longus",
        "gluteus_medius",
        "gluteus_minimus",
        "extensor_digitorum_brevis",
    ]
    report = infer_segments(
        [
            *(Finding("strength_mrc", m, 4, 5) for m in ("tibialis_posterior", "popliteus")),
            Finding("strength_mrc", "tibialis_anterior", 4, 5),
            Finding("strength_mrc", "tensor_fasciae_latae", 4.33, 5),
            Finding("strength_mrc", "gluteus_medius", 5, 5),
            Finding("strength_mrc", "gluteus_minimus", 5, 5),
            Finding("paraspinal_band", "L5", 0, 0),
            *(Finding("tenderness", muscle, 0, 0) for muscle in soft),
        ]
    )
    nerve = report.nerve
    assert nerve is not None
    assert (nerve.nerve, nerve.verdict) == ("sciatic", Verdict.SECOND)
    assert nerve.score - nerve.compared_score >= 0.7


def test_a_root_with_everything_tested_has_nothing_left_that_would_help():
    normal = ["pronator_teres", "extensor_digitorum", "latissimus_dorsi"]
    reflexes = ["pronator", "biceps", "brachioradialis", "finger_flexor"]
    report = infer_segments(
        [
            *C7,
            *(Finding("strength_mrc", muscle, 5, 5) for muscle in normal),
            *(Finding("reflex", name, 2, 2) for name in reflexes),
        ]
    )
    assert report.levels[0].best_untested == ()
    assert report.levels[0].completeness.missing == ()
    assert "Would help" not in report.levels[0].explanation


def test_a_nerve_stays_as_second_explanation_beside_a_root():
    tender = Finding("tenderness", "pronator_teres", 3, 0)
    weak = [Finding("strength_mrc", m, 4, 5) for m in ("triceps_brachii", "anconeus")]
    report = infer_segments([*weak, tender, Finding("reflex", "triceps", 0, 2)])
    assert report.pattern is Pattern.ROOT
    nerve = report.nerve
    assert nerve is not None
    assert (nerve.nerve, nerve.verdict) == ("radial", Verdict.SECOND)
    assert (
        nerve.sentence
        == "The radial nerve on the right is a second explanation beside C7 on the right."
    )


def test_muscle_tests_count_like_the_muscles_they_test():
    report = infer_segments(
        [
            Finding("heel_raise_1leg", "", 20, 4),
            Finding("strength_mrc", "gluteus_maximus", 5, 4),
            Finding("reflex", "achilles", 2, 1),
        ]
    )
    assert (report.levels[0].root, report.levels[0].side) == ("S1", Side.LEFT)
    assert "Single-leg heel raise is weaker on the left (left 4, right 20)" in (
        report.levels[0].explanation
    )


def test_completeness_counts_what_was_tested_on_both_sides():
    report = infer_segments(C7)
    assert report.completeness == report.levels[0].completeness
    assert (report.completeness.tested, report.completeness.expected) == (4, 8)
    assert "Pronator teres strength" in report.completeness.missing
    one_sided = infer_segments([Finding("pinprick", "T4", 2, None)])
    assert one_sided.completeness.tested == 0
    assert "sensation at the T4 point" in one_sided.completeness.missing


def test_an_empty_examination_says_that_no_root_stands_out():
    report = infer_segments([])
    assert (report.pattern, report.levels, report.nerve) == (Pattern.NONE, (), None)
    assert (report.completeness.expected, codes(report)) == (0, ["no_level", "not_a_diagnosis"])


def test_a_report_can_be_stored_as_json():
    stored = json.loads(json.dumps(infer_segments(C7).to_json()))
    assert stored["pattern"] == "root"
    assert stored["levels"][0]["side"] == "right"
    assert stored["levels"][0]["evidence"][0]["kind"] == "M"
    assert stored["model_version"] == reference().model.version
    assert infer_segments([]).to_json()["nerve"] is None
