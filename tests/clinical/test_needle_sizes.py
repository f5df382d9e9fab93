import pytest

from clinical.needle_sizes import depth_of, needle_class
from clinical.reference import reference


@pytest.mark.parametrize("muscle", reference().muscles)
def test_every_muscle_has_a_class_whose_first_needle_is_within_its_limit(muscle: str) -> None:
    found = needle_class(muscle)
    assert 0 < found.length_mm <= found.longest_mm
    assert found.sources == ("CLINIC_NEEDLES",)


@pytest.mark.parametrize(
    ("muscle", "depth", "longest"),
    [
        ("deltoid", "surface", 50),
        ("rhomboid_major", "surface", 40),
        ("quadratus_lumborum", "deep", 75),
        ("piriformis", "deep", 75),
        ("interossei_hand", "surface", 40),
        ("tibialis_posterior", "deep", 60),
    ],
)
def test_the_depth_on_the_chart_gives_the_limit(muscle: str, depth: str, longest: int) -> None:
    assert depth_of(reference().muscles[muscle]) == depth
    assert needle_class(muscle).longest_mm == longest


def test_the_source_says_that_the_sizes_are_the_clinic_s_own() -> None:
    source = reference().sources["CLINIC_NEEDLES"]
    assert source.basis == "CLINIC"
    assert "Clinic default" in source.citation
