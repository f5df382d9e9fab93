from xml.etree import ElementTree as ET

import pytest

from clinical.ladder import LADDER_ROOTS, LETTERS, LadderCell, render_ladder_svg
from clinical.segments import EvidenceKind, Label
from clinical.vocabulary import Side

SVG = "{http://www.w3.org/2000/svg}"
MIDDLE = 180.0
C7 = LadderCell("C7", Side.RIGHT, "strong", "MR", tested=True)


def row(svg: str, root: str) -> ET.Element:
    groups = ET.fromstring(svg).iter(f"{SVG}g")
    return next(group for group in groups if group.attrib["data-root"] == root)


def words(svg: str, root: str, side: Side) -> list[str]:
    """What is written in a row on the half of a side, from left to right."""
    found = [
        (float(text.attrib["x"]), text.text or "")
        for text in row(svg, root).iter(f"{SVG}text")
        if text.text != root
    ]
    return [text for x, text in sorted(found) if (x < MIDDLE) == (side is Side.RIGHT)]


def weight_of(svg: str, word: str) -> int:
    texts = ET.fromstring(svg).iter(f"{SVG}text")
    return next(int(text.attrib["font-weight"]) for text in texts if text.text == word)


def test_every_root_from_c2_to_s4_has_a_row() -> None:
    groups = ET.fromstring(render_ladder_svg([])).iter(f"{SVG}g")
    roots = [group.attrib["data-root"] for group in groups]
    assert roots == list(LADDER_ROOTS)
    assert (roots[0], roots[-1], len(roots)) == ("C2", "S4", 28)


def test_the_letters_are_the_kinds_of_evidence_of_the_engine() -> None:
    assert set(LETTERS) == {kind.value for kind in EvidenceKind}


def test_right_stands_on_the_left_of_left() -> None:
    svg = render_ladder_svg([C7])
    assert words(svg, "C7", Side.RIGHT) == ["strong", "M", "R"]
    assert words(svg, "C7", Side.LEFT) == ["not tested"]
    heads = {t.text: float(t.attrib["x"]) for t in ET.fromstring(svg).findall(f"{SVG}text")}
    assert heads["R right"] < MIDDLE < heads["L left"]


def test_a_left_finding_is_written_on_the_left_half_only() -> None:
    svg = render_ladder_svg([LadderCell("L5", Side.LEFT, "weak", "P", tested=True)])
    assert words(svg, "L5", Side.LEFT) == ["P", "weak"]
    assert words(svg, "L5", Side.RIGHT) == ["not tested"]


def test_not_tested_nothing_found_and_found_stay_apart() -> None:
    cells = [
        LadderCell("C5", Side.RIGHT, "", "", tested=True),
        LadderCell("C6", Side.RIGHT, "", "", tested=False),
        LadderCell("C7", Side.RIGHT, "noted", "M", tested=True),
    ]
    svg = render_ladder_svg(cells)
    found = [words(svg, root, Side.RIGHT) for root in ("C5", "C6", "C7", "C8")]
    assert found == [["–"], ["not tested"], ["noted", "M"], ["not tested"]]


def test_a_row_without_any_test_has_a_dashed_badge() -> None:
    svg = render_ladder_svg([C7])
    assert "stroke-dasharray" not in row(svg, "C7")[0].attrib
    assert "stroke-dasharray" in row(svg, "C8")[0].attrib


@pytest.mark.parametrize(
    ("label", "weight"), [(Label.STRONG, 750), (Label.MODERATE, 750), (Label.WEAK, 500)]
)
def test_only_firm_words_are_printed_bold(label: Label, weight: int) -> None:
    svg = render_ladder_svg([LadderCell("S1", Side.LEFT, label, "S", tested=True)])
    assert weight_of(svg, label) == weight


def test_letters_keep_their_column_whatever_else_was_found() -> None:
    def place(letters: str) -> str:
        svg = render_ladder_svg([LadderCell("C7", Side.RIGHT, "weak", letters, tested=True)])
        return next(t.attrib["x"] for t in row(svg, "C7").iter(f"{SVG}text") if t.text == "S")

    assert place("S") == place("MPSRA")


def test_a_title_is_written_as_text() -> None:
    svg = render_ladder_svg([], title="<b>Anna & Otto</b>")
    assert ET.fromstring(svg).findtext(f"{SVG}title") == "<b>Anna & Otto</b>"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ([LadderCell("C1", Side.LEFT, "", "", tested=True)], "C1 is not on the ladder"),
        ([C7, C7], "C7 right is there twice"),
        ([LadderCell("C7", Side.LEFT, "", "X", tested=True)], "C7 left: unknown letter in 'X'"),
    ],
)
def test_a_cell_that_cannot_be_drawn_is_refused(cells: list[LadderCell], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        render_ladder_svg(cells)
