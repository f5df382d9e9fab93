from clinical.body_chart import pattern_defs
from clinical.body_chart.style import STANDALONE_STYLE
from tests.clinical.body_chart.drawing import SVG, read


def test_the_page_gets_one_invisible_drawing_with_a_pattern_for_each_grade() -> None:
    root = read(pattern_defs())
    assert root.attrib["aria-hidden"] == "true"
    found = {pattern.attrib["id"]: pattern for pattern in root.iter(f"{SVG}pattern")}
    assert found.pop("px") is not None  # the crosses over a grade
    assert list(found) == ["p1", "p2", "p3", "p4"]
    fills = [pattern[0].attrib["fill"] for pattern in found.values()]
    assert fills[0] == "var(--ims-g1,#f7d572)"
    assert len(set(fills)) == 4


def test_every_grade_has_a_look_of_its_own_on_paper() -> None:
    for grade in ("gx", "g0", "g1", "g2", "g3", "g4"):
        assert f".{grade}{{fill:" in STANDALONE_STYLE
