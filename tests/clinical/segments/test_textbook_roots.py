"""Single roots as the surgical and needle studies describe them, on each side."""

import pytest

from clinical.segments import Finding, Label, Pattern, infer_segments, mrc
from clinical.vocabulary import Side


def weak(**grades: str) -> list[Finding]:
    return [Finding("strength_mrc", muscle, mrc(grade), 5) for muscle, grade in grades.items()]


TEXTBOOK = {
    "C5": [
        *weak(deltoid="4", infraspinatus="4", biceps_brachii="4", brachioradialis="4+"),
        *weak(pronator_teres="5", triceps_brachii="5"),
        Finding("reflex", "biceps", 1, 2),
        Finding("pinprick", "C5", 1, 2),
    ],
    "C6": [
        *weak(extensor_carpi_radialis_brevis="4", pronator_teres="4"),
        *weak(extensor_carpi_radialis_longus="4+", triceps_brachii="5", deltoid="5"),
        Finding("reflex", "brachioradialis", 1, 2),
        Finding("pinprick", "C6", 1, 2),
    ],
    "C7": [
        *weak(triceps_brachii="4", flexor_carpi_radialis="4", anconeus="4"),
        *weak(biceps_brachii="5", first_dorsal_interosseous="5"),
        Finding("reflex", "triceps", 1, 2),
        Finding("pinprick", "C7", 1, 2),
    ],
    "C8": [
        *weak(first_dorsal_interosseous="4", abductor_digiti_minimi_hand="4"),
        *weak(flexor_pollicis_longus="4", extensor_indicis="4", abductor_pollicis_brevis="4+"),
        *weak(triceps_brachii="5"),
        Finding("reflex", "finger_flexor", 1, 2),
        Finding("pinprick", "C8", 1, 2),
    ],
    "L4": [
        *weak(adductor_longus="4", vastus_lateralis="4", rectus_femoris="4", gluteus_medius="5"),
        Finding("reflex", "patellar", 1, 2),
        Finding("pinprick", "L4", 1, 2),
    ],
    "L5": [
        *weak(fibularis_longus="4", tibialis_posterior="4", tensor_fasciae_latae="4"),
        *weak(tibialis_anterior="4+", extensor_hallucis_longus="4", biceps_femoris_short_head="5"),
        Finding("pinprick", "L5", 1, 2),
        Finding("slr", "", True, False),
    ],
    "S1": [
        *weak(gastrocnemius_lateral="4", biceps_femoris_long_head="4", gluteus_maximus="4"),
        *weak(tibialis_posterior="5", semitendinosus="5"),
        Finding("reflex", "achilles", 0, 2),
        Finding("pinprick", "S1", 1, 2),
        Finding("heel_raise_1leg", "", 5, 20),
    ],
}


@pytest.mark.parametrize("root", TEXTBOOK)
def test_the_textbook_picture_of_a_root_leads_to_that_root(root):
    report = infer_segments(TEXTBOOK[root])
    first = report.levels[0]
    assert report.pattern is Pattern.ROOT
    assert (first.root, first.side) == (root, Side.RIGHT)
    assert first.label in (Label.MODERATE, Label.STRONG)
    assert {level.side for level in report.levels} == {Side.RIGHT}


@pytest.mark.parametrize("root", TEXTBOOK)
def test_the_mirror_image_leads_to_the_other_side(root):
    report = infer_segments([finding.swapped() for finding in TEXTBOOK[root]])
    assert (report.levels[0].root, report.levels[0].side) == (root, Side.LEFT)
    assert "on the left" in report.levels[0].explanation


def test_a_common_fibular_nerve_with_its_skin_is_the_nerve_and_not_l5():
    report = infer_segments(
        [
            *weak(tibialis_anterior="4-", extensor_hallucis_longus="4-", fibularis_longus="4-"),
            *weak(tibialis_posterior="5", gluteus_medius="5"),
            Finding("pinprick", "L5", 1, 2),
            Finding("nerve_palpation", "common_fibular", True, False),
        ]
    )
    assert report.pattern is Pattern.PERIPHERAL_NERVE
    assert report.nerve is not None
    assert (report.nerve.nerve, report.nerve.side) == ("common_fibular", Side.RIGHT)
    assert [level.root for level in report.levels] == ["L5"]
    assert "Tapping the common fibular nerve is positive on the right" in str(report.nerve.evidence)


def test_two_muscles_of_one_root_in_one_nerve_cannot_be_separated_from_it():
    report = infer_segments(weak(deltoid="4", teres_minor="4"))
    assert (report.pattern, report.levels) == (Pattern.INDETERMINATE, ())
    assert report.messages[0].code == "root_or_nerve"
    assert report.messages[0].text == (
        "C5 or the axillary nerve on the right: cannot be separated. Test Infraspinatus, "
        "Supraspinatus, Biceps brachii, Rhomboid major on both sides."
    )


def test_c5_and_c7_with_their_own_findings_are_both_flagged():
    findings = {(f.sign, f.site): f for f in (*TEXTBOOK["C5"], *TEXTBOOK["C7"])}
    for f in (*TEXTBOOK["C5"], *TEXTBOOK["C7"]):
        if f.right != 5:
            findings[f.sign, f.site] = f
    report = infer_segments(findings.values())
    assert {level.root for level in report.levels} >= {"C5", "C7"}
    assert [level.is_second for level in report.levels].count(False) == 1


def test_arm_and_leg_are_two_problems_each_with_its_own_explanation():
    report = infer_segments([*TEXTBOOK["C7"], *TEXTBOOK["S1"]])
    assert {level.root for level in report.levels} == {"C7", "S1"}
    assert not any(level.is_second for level in report.levels)
