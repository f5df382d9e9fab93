from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from reports import charts
from reports.charts import Frame, Mark
from reports.charts.changes import HEADROOM

SVG = "{http://www.w3.org/2000/svg}"
ANSWERS = st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=30)
C5, L5 = ("C5", "right"), ("L5", "left")


def frame(count: int, **fields: object) -> Frame:
    return Frame(tuple(f"{n} Nov" for n in range(count)), **fields)  # type: ignore[arg-type]


def shapes(svg: str, tag: str, name: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(svg).iter(f"{SVG}{tag}") if one.get("class") == name]


def pain(before: list[int | None], after: list[int | None] | None = None) -> str:
    gaps: list[int | None] = [None] * len(before)
    return charts.pain_dots(frame(len(before)), "Pain", before, after or gaps)


def test_a_gap_breaks_the_line_and_draws_no_mark() -> None:
    chart = pain([7, 5, None, 3, 2])
    assert len(shapes(chart, "circle", "dk")) == 4
    assert len(shapes(chart, "path", "ln")) == 2


def test_before_and_after_of_a_visit_are_joined_only_when_both_were_noted() -> None:
    chart = pain([7, 5, None], [3, None, 2])
    assert len(shapes(chart, "rect", "sq")) == 2
    assert len(shapes(chart, "path", "pr")) == 1


@given(ANSWERS)
def test_every_answer_has_one_mark_and_stays_inside(values: list[int | None]) -> None:
    drawn = frame(len(values))
    marks = shapes(charts.pain_dots(drawn, "Pain", values, values), "circle", "dk")
    assert len(marks) == len([value for value in values if value is not None])
    assert all(0 <= float(mark.get("cy", -1)) <= drawn.floor for mark in marks)
    assert all(0 <= float(mark.get("cx", -1)) <= drawn.full_width for mark in marks)


@given(ANSWERS)
def test_soreness_draws_a_bar_for_every_answer_also_a_zero_and_none_for_a_gap(
    values: list[int | None],
) -> None:
    chart = charts.soreness_bars(frame(len(values)), "Soreness", values, [None] * len(values))
    bars = shapes(chart, "rect", "dk")
    assert len(bars) == len([value for value in values if value is not None])
    assert all(float(bar.get("height", 0)) >= 2 for bar in bars)
    assert shapes(chart, "rect", "pl") == []


def test_the_twitch_column_is_what_was_noted_and_not_noted_stands_beside() -> None:
    counts = [{"strong": 1, "weak": 1, "none": 2, "not_noted": 4}, {"not_noted": 2}]
    chart = charts.twitch_share(frame(2), "Twitch", counts)
    heights = [
        float(shapes(chart, "rect", name)[0].get("height", 0)) for name in ("dk", "pl", "op")
    ]
    whole = Frame((), height=150).floor - 20
    assert heights == [round(whole * share, 1) for share in (0.25, 0.25, 0.5)]
    beside = [one for one in shapes(chart, "path", "mk") if "h4" in one.get("d", "")]
    assert len(beside) == 2


def test_the_dose_is_written_over_its_bar() -> None:
    chart = charts.dose_bars(frame(3), "Dose", [3, 12, 0])
    assert len(shapes(chart, "rect", "pl")) == 3
    assert {"3", "12", "0"} <= {one.text for one in ET.fromstring(chart).iter(f"{SVG}text")}


def test_the_strip_has_a_row_for_each_root_and_side_and_marks_flags() -> None:
    chart = charts.level_strip(
        frame(2), "Roots", [C5, L5], [{C5: 7}, {L5: 1}], [frozenset({C5}), frozenset()]
    )
    words = [one.text for one in ET.fromstring(chart).iter(f"{SVG}text")]
    assert [word for word in words if word in ("C5 R", "L5 L", "7", "1")] == [
        "C5 R",
        "7",
        "L5 L",
        "1",
    ]
    assert len(shapes(chart, "rect", "dk")) == 1
    assert len(shapes(chart, "path", "fl")) == 1


def test_the_band_lies_around_its_values() -> None:
    drawn = frame(3)
    [band] = shapes(charts.score_line(drawn, "Score", [7, 6, 3], (5, 9)), "rect", "bd")
    assert float(band.get("y", 0)) == drawn.y(9)
    assert float(band.get("height", 0)) == round(drawn.y(5) - drawn.y(9), 1)
    assert shapes(charts.score_line(drawn, "Score", [7, 6, 3], None), "rect", "bd") == []


def test_a_mark_stands_before_its_visit() -> None:
    drawn = frame(4, marks=(Mark(2, "TR"),))
    chart = charts.pain_dots(drawn, "Pain", [1] * 4, [1] * 4)
    [letter] = shapes(chart, "text", "mk")
    assert letter.text == "TR"
    assert drawn.x(1) < float(letter.get("x", 0)) < drawn.x(2)


def test_labels_are_thinned_so_that_they_do_not_touch_and_the_newest_is_kept() -> None:
    narrow = frame(20, width=330)
    chart = charts.dose_bars(narrow, "Dose", [1] * 20)
    found = [one for one in shapes(chart, "text", "ax") if "Nov" in (one.text or "")]
    places = [float(one.get("x", 0)) for one in found]
    assert found[-1].text == "19 Nov"
    assert min(b - a for a, b in pairwise(places)) >= 42


def test_text_is_escaped() -> None:
    chart = charts.pain_dots(Frame(("<i>",)), "<b>&", [None], [None])
    assert ET.fromstring(chart).findtext(f"{SVG}title") == "<b>&"


@dataclass(frozen=True)
class Counts:
    eased: int
    same: int
    worse: int

    @property
    def total(self) -> int:
        return self.eased + self.same + self.worse


COUNTS = st.builds(Counts, *[st.integers(0, 12)] * 3)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=20))
def test_the_parts_of_a_change_bar_add_up_to_what_was_tested(pairs: list) -> None:
    drawn = frame(len(pairs))
    chart = charts.change_bars(drawn, "Tested again", pairs)
    for group, name in ((0, "dk"), (1, "pl")):
        assert len(shapes(chart, "rect", name)) == sum(pair[group].eased > 0 for pair in pairs)
    every = [one for pair in pairs for one in pair]
    assert len(shapes(chart, "path", "fl")) == sum(one.worse > 0 for one in every)
    assert len(shapes(chart, "rect", "op")) == sum(one.same > 0 for one in every)


def test_a_visit_without_a_test_draws_no_bar() -> None:
    nothing, some = Counts(0, 0, 0), Counts(2, 1, 1)
    chart = charts.change_bars(frame(2), "Tested again", [(nothing, nothing), (some, nothing)])
    assert [len(shapes(chart, "rect", name)) for name in ("dk", "pl", "op")] == [1, 0, 1]
    whole = Frame((), height=150).floor - 20
    half = round(whole / HEADROOM / 2, 1)
    assert float(shapes(chart, "rect", "dk")[0].get("height", 0)) == half
