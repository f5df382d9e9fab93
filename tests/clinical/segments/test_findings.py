from decimal import Decimal

import pytest

from clinical.reference import reference
from clinical.segments import Finding, FindingError, infer_segments, mrc
from clinical.segments.findings import sites_of
from clinical.vocabulary import Side


def test_written_strength_grades_become_numbers():
    assert [mrc(grade) for grade in ("5", "4+", "4", " 4- ", "3")] == [5, 4.33, 4, 3.67, 3]


def test_an_unknown_strength_grade_is_refused():
    with pytest.raises(FindingError, match="'6' is not a strength grade"):
        mrc("6")


def test_a_finding_mirrors_its_values_and_its_pain():
    finding = Finding("strength_mrc", "deltoid", 4, None, pain_inhibited_right=True)
    mirror = finding.swapped()
    assert (mirror.value(Side.RIGHT), mirror.value(Side.LEFT)) == (None, 4)
    assert mirror.is_pain_inhibited(Side.LEFT)
    assert mirror.swapped() == finding


@pytest.mark.parametrize(
    ("finding", "problem"),
    [
        (Finding("grip_magic", "", 1, 1), "unknown sign 'grip_magic'"),
        (Finding("strength_mrc", "deltoyd", 4, 5), "strength_mrc: unknown site 'deltoyd'"),
        (Finding("reflex", "nose", 1, 2), "reflex: unknown site 'nose'"),
        (Finding("pinprick", "C9", 1, 2), "pinprick: unknown site 'C9'"),
        (Finding("paraspinal_band", "arm", 1, 2), "paraspinal_band: unknown site 'arm'"),
        (Finding("sudomotor", "cloud", 1, 2), "sudomotor: unknown site 'cloud'"),
        (Finding("nerve_palpation", "C5", 1, 0), "nerve_palpation: unknown site 'C5'"),
        (Finding("tenderness", "deltoid", 5, 0), "deltoid, right: 5 is off the scale"),
        (Finding("spurling", "", 0, -1), "spurling at no site, left: -1 is off the scale"),
    ],
)
def test_a_finding_that_cannot_be_is_refused(finding, problem):
    with pytest.raises(FindingError, match=problem):
        infer_segments([finding])


def test_the_same_sign_at_the_same_site_twice_is_refused():
    with pytest.raises(FindingError, match="reflex at triceps is there twice"):
        infer_segments([Finding("reflex", "triceps", 1, 2), Finding("reflex", "triceps", 2, 2)])


def test_a_sign_that_is_recorded_but_not_scored_changes_nothing():
    assert infer_segments([Finding("local_twitch", "soleus", 0, 2)]) == infer_segments([])


def test_decimals_are_taken_as_the_database_gives_them():
    decimal = [Finding("strength_mrc", "deltoid", Decimal("4.33"), Decimal("5.00"))]
    assert infer_segments(decimal) == infer_segments([Finding("strength_mrc", "deltoid", 4.33, 5)])


def test_free_sites_have_no_list():
    assert sites_of("slr", reference()) is None
    assert "forearm" in (sites_of("skin_temperature", reference()) or ())
