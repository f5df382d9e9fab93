"""A tender root without a deficit is still seen: normal strength says little against it."""

import pytest

from clinical.segments import Finding, Label, Pattern, infer_segments

ROOTS = {
    "C5": ("infraspinatus", "deltoid", "biceps"),
    "C6": ("extensor_carpi_radialis_longus", "pronator_teres", "brachioradialis"),
    "C7": ("triceps_brachii", "flexor_carpi_radialis", "triceps"),
    "C8": ("first_dorsal_interosseous", "flexor_pollicis_longus", "triceps"),
    "L3": ("vastus_medialis", "adductor_longus", "patellar"),
    "L5": ("gluteus_medius", "tibialis_posterior", "medial_hamstring"),
    "S1": ("gluteus_maximus", "gastrocnemius_lateral", "achilles"),
}


def examination(root, spine):
    one, other, reflex = ROOTS[root]
    return [
        *(Finding("tenderness", muscle, 3, 0) for muscle in (one, other)),
        *(Finding("strength_mrc", muscle, 5, 5) for muscle in (one, other)),
        Finding("reflex", reflex, 2, 2),
        Finding("pinprick", root, 2, 2),
        Finding("paraspinal_band", root, spine, 0),
    ]


@pytest.mark.parametrize("root", ROOTS)
def test_tender_muscles_with_their_own_paraspinals_are_flagged_beside_normal_strength(root):
    report = infer_segments(examination(root, 3))
    first = report.levels[0]
    assert report.pattern is Pattern.ROOT
    assert root in (first.root, *first.equal_candidates)
    assert first.side == "right"
    assert first.label in (Label.WEAK, Label.MODERATE)


@pytest.mark.parametrize("root", ROOTS)
def test_without_the_paraspinals_normal_strength_speaks_against_it(root):
    report = infer_segments(examination(root, 0))
    assert (report.pattern, [f for f in report.levels if f.label is not Label.NOTED]) == (
        Pattern.NONE,
        [],
    )


def test_one_tender_muscle_is_no_picture_of_a_root():
    findings = [f for f in examination("C7", 3) if f.site != "flexor_carpi_radialis"]
    assert infer_segments(findings).pattern is Pattern.NONE
