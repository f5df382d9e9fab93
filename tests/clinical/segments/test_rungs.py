from clinical.ladder import LADDER_ROOTS, LadderCell
from clinical.segments import Finding, infer_segments
from clinical.segments.rungs import ladder_cells
from clinical.vocabulary import Side

C6 = (
    Finding("strength_mrc", "extensor_carpi_radialis_brevis", 4, 5),
    Finding("strength_mrc", "pronator_teres", 4, 5),
    Finding("reflex", "brachioradialis", 1, 2),
    Finding("pinprick", "C6", 1, 2),
    Finding("paraspinal_band", "C6", 3, 0),
    Finding("strength_mrc", "first_dorsal_interosseous", 5, 5),
)


def cells(*findings: Finding) -> dict[tuple[str, Side], LadderCell]:
    found = ladder_cells(findings, infer_segments(findings))
    return {(cell.root, cell.side): cell for cell in found}


def test_every_root_of_the_ladder_has_a_cell_on_each_side() -> None:
    assert list(cells()) == [(root, side) for side in Side for root in LADDER_ROOTS]
    assert not any(cell.tested for cell in cells().values())


def test_the_flagged_root_carries_its_word_and_the_kinds_that_were_found() -> None:
    cell = cells(*C6)["C6", Side.RIGHT]
    assert (cell.label, cell.letters, cell.tested) == ("strong", "MPSR", True)


def test_a_neighbour_with_signs_is_noted_and_the_other_side_has_nothing() -> None:
    found = cells(*C6)
    assert found["C7", Side.RIGHT].label == "noted"
    assert found["C6", Side.LEFT] == LadderCell("C6", Side.LEFT, "", "", tested=True)


def test_what_was_not_touched_is_not_tested() -> None:
    found = cells(*C6)
    assert not found["L5", Side.RIGHT].tested
    assert found["T1", Side.RIGHT].tested


def test_the_mirror_image_has_the_mirrored_ladder() -> None:
    found, mirrored = cells(*C6), cells(*(finding.swapped() for finding in C6))
    for (root, side), cell in found.items():
        other = mirrored[root, side.other]
        assert (cell.label, cell.letters, cell.tested) == (
            other.label,
            other.letters,
            other.tested,
        )


def test_a_root_that_fits_as_well_names_its_rival() -> None:
    findings = (
        Finding("strength_mrc", "pronator_teres", 4, 5),
        Finding("reflex", "pronator", 1, 2),
        Finding("strength_mrc", "extensor_carpi_radialis_brevis", 4, 5),
        Finding("strength_mrc", "flexor_carpi_radialis", 4, 5),
    )
    level = infer_segments(findings).levels[0]
    found = cells(*findings)
    labels = [found[root, level.side].label for root in level.equal_candidates]
    assert labels == [f"or {level.root}"]


def test_a_test_of_a_whole_region_does_not_make_its_roots_tested() -> None:
    assert not cells(Finding("spurling", "", 0, 0))["C6", Side.RIGHT].tested
    found = cells(Finding("spurling", "", 1, 0))["C6", Side.RIGHT]
    assert (found.letters, found.tested) == ("P", True)


def test_a_red_flag_keeps_the_letters_and_takes_the_word() -> None:
    found = cells(*C6, Finding("umn_signs", "hoffmann", 1, 0))["C6", Side.RIGHT]
    assert (found.label, found.letters) == ("", "MPSR")


def test_a_saddle_root_shows_only_its_own_site() -> None:
    found = cells(Finding("pinprick", "S3", 1, 2), Finding("light_touch", "S4", 2, None))
    assert (found["S3", Side.RIGHT].letters, found["S3", Side.RIGHT].label) == ("S", "")
    assert (found["S3", Side.LEFT].letters, found["S3", Side.LEFT].tested) == ("", True)
    assert not found["S4", Side.LEFT].tested
