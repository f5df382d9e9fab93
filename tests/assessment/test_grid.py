from decimal import Decimal

from assessment.cells import Place, rows_by_place
from assessment.filling import last_values_of, normals_of
from assessment.found import found_tabs
from assessment.grid import ALSO_RECORDED, tabs_of
from assessment.models import Assessment, Finding
from assessment.shown import Line, Tab
from clinical.batteries import batteries
from clinical.battery import PARTS

NECK = batteries()["neck_arm"]


def rows(*cells: tuple[str, str, str, str], pain: bool = False) -> dict[Place, Finding]:
    return rows_by_place(
        Finding(sign=sign, site=site, side=side, value=Decimal(value), is_pain_inhibited=pain)
        for sign, site, side, value in cells
    )


def tab(tabs: tuple[Tab, ...], name: str) -> Tab:
    return next(one for one in tabs if one.id == name)


def line(tabs: tuple[Tab, ...], sign: str, site: str) -> Line:
    found = (r for t in tabs for s in t.sections for r in s.rows if r.site in (site, sign))
    return next(one for r in found for one in r.lines if one.sign == sign)


def test_an_empty_form_has_every_tab_and_nothing_tested() -> None:
    for battery in batteries().values():
        tabs = tabs_of(battery, {}, {})
        names = [one.id for one in tabs]
        assert names == [part for part in PARTS if getattr(battery, part)]
        assert sum(one.total for one in tabs) == 2 * len(list(battery.places()))
        assert sum(one.tested for one in tabs) == 0


def test_right_stands_before_left_and_every_cell_says_its_side() -> None:
    cells = [cell for one in tabs_of(NECK, {}, {}) for cell in one.cells]
    assert [cell.side for cell in cells[:2]] == ["right", "left"]
    assert all(cell.label.endswith(f", {cell.side}") for cell in cells)
    assert len({cell.label for cell in cells}) == len(cells)


def test_what_is_not_tested_is_said_in_words() -> None:
    tabs = tabs_of(NECK, rows(("muscle_tone", "deltoid", "right", "2")), {})
    assert line(tabs, "muscle_tone", "deltoid").missing == "left not tested"
    assert line(tabs, "tenderness", "deltoid").missing == "not tested"
    both = rows(("muscle_tone", "deltoid", "left", "2"))
    assert line(tabs_of(NECK, both, {}), "muscle_tone", "deltoid").missing == "right not tested"
    both |= rows(("muscle_tone", "deltoid", "right", "2"))
    assert line(tabs_of(NECK, both, {}), "muscle_tone", "deltoid").missing == ""


def test_what_lies_outside_the_battery_is_shown_too() -> None:
    tabs = tabs_of(NECK, rows(("tenderness", "soleus", "left", "3"), ("slr", "", "left", "1")), {})
    assert [s.name for s in tab(tabs, "muscles").sections][-1] == ALSO_RECORDED
    assert line(tabs, "tenderness", "soleus").left.value == 3
    assert line(tabs, "slr", "").left.value == 1


def test_the_hints_name_roots_nerves_and_points() -> None:
    tabs = tabs_of(NECK, {}, {})
    hints = {(t.id, r.site): r.hint for t in tabs for s in t.sections for r in s.rows}
    assert hints["muscles", "deltoid"] == "C5 (C6)"
    assert hints["strength", "deltoid"] == "C5 (C6) · axillary nerve"
    assert hints["strength", "first_dorsal_interosseous"] == "C8 T1 · ulnar nerve"
    assert hints["reflexes", "biceps"] == "C5 C6"
    assert hints["sensation", "C6"] == "Thumb, dorsal surface, proximal phalanx"
    assert hints["skin", "hand"] == ""


def test_the_time_before_is_read_aloud_as_its_grade() -> None:
    last = rows(
        ("strength_mrc", "deltoid", "left", "4.33"), ("skin_temperature", "hand", "left", "31.50")
    )
    tabs = tabs_of(NECK, {}, last)
    cell = line(tabs, "strength_mrc", "deltoid").left
    assert (cell.last_words, cell.last_text, cell.value_text) == ("4+", "4.33", "")
    assert line(tabs, "skin_temperature", "hand").left.last_words == "31.5 °C"


def test_a_group_is_filled_with_normal_values_where_nothing_stands() -> None:
    held = rows(("muscle_tone", "brachioradialis", "right", "3"))
    tabs = tabs_of(NECK, held, {})
    section = tab(tabs, "muscles").sections[2]
    words, cells = normals_of(section.key, tabs)
    assert words == "Muscles, Forearm"
    assert ("muscle_tone", "brachioradialis", "right") not in [cell.place for cell in cells]
    assert len(cells) == 4 * len(section.rows) - 1
    assert {cell.value for cell in cells} == {0}


def test_strength_reflex_and_touch_have_their_own_normal_value() -> None:
    tabs = tabs_of(NECK, {}, {})
    wanted = {"strength": {5}, "reflexes": {2}, "sensation": {2}}
    for name, normal in wanted.items():
        _words, cells = normals_of(f"{name}-0", tabs)
        assert {cell.value for cell in cells} == normal


def test_a_measured_group_has_no_normal_and_an_unknown_group_fills_nothing() -> None:
    tabs = tabs_of(NECK, {}, {})
    temperature = next(s for s in tab(tabs, "skin").sections if s.name == "Skin temperature")
    assert not temperature.has_normal
    assert normals_of(temperature.key, tabs)[1] == []
    assert normals_of("muscles-99", tabs) == ("", [])


def test_the_time_before_fills_only_what_is_not_tested() -> None:
    last = rows(("muscle_tone", "deltoid", "right", "3"), ("muscle_tone", "deltoid", "left", "1"))
    held = rows(("muscle_tone", "deltoid", "right", "0"))
    cells = last_values_of(tabs_of(NECK, held, last))
    assert [(cell.place, cell.value) for cell in cells] == [(("muscle_tone", "deltoid", "left"), 1)]


def test_the_form_in_words(examined: Assessment) -> None:
    tabs = tabs_of(NECK, rows_by_place(examined.findings.all()), {})
    found = {one.name: one for one in found_tabs(tabs)}
    strength = {one.site: one for one in found["Strength"].lines}
    assert (strength["Pronator teres"].right, strength["Pronator teres"].left) == ("4", "5")
    weak = [one.site for one in found["Strength"].abnormal]
    assert weak == ["Extensor carpi radialis brevis", "Pronator teres"]
    assert "Deltoid" in found["Strength"].untested
    assert found["Tests"].lines == ()


def test_a_missing_side_and_pain_are_said() -> None:
    held = rows(("strength_mrc", "deltoid", "right", "4"), pain=True)
    found = {one.name: one for one in found_tabs(tabs_of(NECK, held, {}))}
    line_ = found["Strength"].lines[0]
    assert (line_.right, line_.left) == ("4, limited by pain", "not tested")
    assert "Deltoid, left" in found["Strength"].untested
    assert "Deltoid tone" in found["Muscles"].untested


def test_a_range_of_motion_says_which_side_has_less_and_is_abnormal_from_ten_degrees() -> None:
    for right, left, remark, is_wide in (
        ("70", "55", "15 ° less on the left", True),
        ("61", "70", "9 ° less on the right", False),
        ("70", "70", "", False),
    ):
        held = rows(
            ("joint_range", "neck_rotation", "right", right),
            ("joint_range", "neck_rotation", "left", left),
        )
        tabs = tabs_of(NECK, held, {})
        assert line(tabs, "joint_range", "neck_rotation").remark == remark
        [found] = [one for one in found_tabs(tabs) if one.lines]
        assert found.lines[0].is_abnormal == is_wide
        assert remark in found.lines[0].sign
