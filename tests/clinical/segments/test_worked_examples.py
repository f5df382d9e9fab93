"""The worked examples of the model, with their arithmetic."""

import math

import pytest

from clinical.segments import EvidenceKind, Finding, Label, Pattern, infer_segments, mrc
from clinical.segments.nerves import Verdict
from clinical.vocabulary import Side

C7_RIGHT = (
    Finding("strength_mrc", "triceps_brachii", 4, 5),
    Finding("strength_mrc", "pronator_teres", mrc("4+"), 5),
    Finding("reflex", "triceps", 1, 2),
    Finding("pinprick", "C7", 1, 2),
    Finding("paraspinal_band", "C7", 2, 0),
    Finding("strength_mrc", "deltoid", 5, 5),
    Finding("strength_mrc", "first_dorsal_interosseous", 5, 5),
)


def test_c7_right_is_a_strong_pattern_with_the_points_of_the_example():
    report = infer_segments(C7_RIGHT)
    (flag,) = report.levels
    assert (flag.root, flag.side, flag.label) == ("C7", Side.RIGHT, Label.STRONG)
    assert [piece.points for piece in flag.evidence] == pytest.approx(
        [1.609, 0.901, 1.609, 1.070, 0.693], abs=0.001
    )
    assert flag.score == pytest.approx(5.884, abs=0.001)
    assert flag.against == ()
    assert report.pattern is Pattern.ROOT


def test_the_neighbours_of_c7_have_the_scores_of_the_example():
    report = infer_segments(C7_RIGHT)
    scores = {(c.root, c.side): c.score for c in report.candidates}
    weak, touch, spine = math.log(0.30 / 0.10), 0.513, math.log(0.40 / 0.25)
    c6 = 0.8 * math.log(5) + 0.7 * weak + touch + spine + math.log(0.70 / 0.90)
    assert (
        scores["C6", Side.RIGHT] == pytest.approx(c6, abs=0.001) == pytest.approx(2.79, abs=0.005)
    )
    assert scores["C8", Side.RIGHT] == pytest.approx(1.49, abs=0.005)
    assert dict(report.levels[0].neighbours) == {"C6": 2.789, "C8": 1.494}
    assert report.levels[0].equal_candidates == ()


def test_the_explanation_of_c7_says_what_would_help_and_that_it_is_no_diagnosis():
    (flag,) = infer_segments(C7_RIGHT).levels
    assert flag.best_untested == ("Flexor carpi radialis strength", "Brachioradialis reflex")
    assert flag.letters == (
        EvidenceKind.MOTOR,
        EvidenceKind.PALPATION,
        EvidenceKind.SENSORY,
        EvidenceKind.REFLEX,
    )
    assert flag.explanation.startswith(
        "C7 on the right: strong pattern. For: Triceps brachii is weaker on the right "
        "(right 4, left 5) [+1.61]; Pronator teres is weaker on the right "
        "(right 4+, left 5) [+0.90];"
    )
    assert "Against: nothing." in flag.explanation
    assert "Neighbours on the right: C6 2.8, C8 1.5." in flag.explanation
    assert (
        "Signs in several nerves (radial, median) speak against a single nerve." in flag.explanation
    )
    assert "This is a flag, not a diagnosis." in flag.explanation


def test_tender_l5_muscles_and_paraspinals_are_a_weak_l5_flag_of_2_3():
    report = infer_segments(
        [
            Finding("tenderness", "gluteus_medius", 3, 0),
            Finding("tenderness", "tibialis_posterior", 2, 0),
            Finding("tenderness", "extensor_hallucis_longus", 2, 0),
            Finding("paraspinal_band", "L5", 3, 0),
            Finding("tenderness", "gastrocnemius_medial", 0, 0),
            Finding("tenderness", "vastus_medialis", 0, 0),
        ]
    )
    (flag,) = report.levels
    assert (flag.root, flag.side, flag.label) == ("L5", Side.RIGHT, Label.WEAK)
    capped = 1.8 + math.log(0.50 / 0.25) + math.log(0.65 / 0.80)
    assert flag.label_score == pytest.approx(capped, abs=0.001) == pytest.approx(2.3, abs=0.05)
    assert flag.is_palpation_only
    assert "Palpation only" in flag.explanation
    assert "Against: Gastrocnemius, medial head: normal on the right" in flag.explanation


def test_equally_tender_neck_muscles_flag_nothing():
    report = infer_segments(
        [
            Finding("tenderness", "trapezius_upper", 3, 3),
            Finding("tenderness", "levator_scapulae", 2, 2),
        ]
    )
    assert (report.pattern, report.levels, report.candidates) == (Pattern.NONE, (), ())
    assert report.messages[0].code == "symmetric_tightness"


def test_a_foot_drop_with_normal_inversion_and_hip_abduction_is_the_fibular_nerve():
    report = infer_segments(
        [
            Finding("strength_mrc", "tibialis_anterior", 5, 3),
            Finding("strength_mrc", "extensor_hallucis_longus", 5, 3),
            Finding("strength_mrc", "extensor_digitorum_longus", 5, 3),
            Finding("strength_mrc", "tibialis_posterior", 5, 5),
            Finding("strength_mrc", "gluteus_medius", 5, 5),
        ]
    )
    assert report.pattern is Pattern.PERIPHERAL_NERVE
    assert report.levels == ()
    nerve = report.nerve
    assert nerve is not None
    assert (nerve.nerve, nerve.same_score) == ("deep_fibular", ("common_fibular",))
    assert (nerve.side, nerve.verdict) == (Side.LEFT, Verdict.NERVE)
    assert nerve.score == pytest.approx(math.log(5) * 2.2, abs=0.001)
    assert nerve.sentence == (
        "Pattern of one peripheral nerve on the left: deep fibular (or common fibular) nerve."
    )
    assert [m.code for m in report.messages[:3]] == ["neurological_deficit"] * 3


def test_a_single_low_reflex_flags_nothing():
    report = infer_segments(
        [
            Finding("reflex", "triceps", 1, 2),
            Finding("reflex", "biceps", 2, 2),
            Finding("strength_mrc", "triceps_brachii", 5, 5),
            Finding("pinprick", "C7", 2, 2),
        ]
    )
    assert (report.pattern, report.levels) == (Pattern.NONE, ())


def test_s1_left_with_an_untested_right_side_is_weak_and_unverified():
    report = infer_segments(
        [
            Finding("strength_mrc", "gastrocnemius_medial", None, 4),
            Finding("reflex", "achilles", None, 1),
            Finding("pinprick", "S1", None, 1),
        ]
    )
    (flag,) = report.levels
    assert (flag.root, flag.side, flag.label) == ("S1", Side.LEFT, Label.WEAK)
    half = (math.log(5) + math.log(5) + math.log(0.35 / 0.12)) / 2
    assert flag.label_score == pytest.approx(half, abs=0.001) == pytest.approx(2.1, abs=0.05)
    assert all(piece.is_unverified for piece in flag.evidence)
    message = next(m for m in report.messages if m.code == "other_side_not_tested")
    assert (
        message.text == "S1 on the left is unverified: the right side was not tested for all signs."
    )
    assert "Depends on: Achilles reflex; Gastrocnemius, medial head." in flag.explanation
