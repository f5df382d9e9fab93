from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from reports.charts import Series, pain_chart

SVG = "{http://www.w3.org/2000/svg}"
ANSWERS = st.lists(st.none() | st.integers(0, 10), max_size=12)


def drawn(*values: float | None, shape: str = "circle") -> ET.Element:
    labels = [f"{n} Nov" for n in range(len(values))]
    return ET.fromstring(pain_chart("Pain", labels, [Series("before", values, shape)]))


def test_a_gap_breaks_the_line_and_draws_no_mark() -> None:
    chart = drawn(7, 5, None, 3, 2)
    assert len(chart.findall(f"{SVG}circle")) == 4
    lines = [path for path in chart.findall(f"{SVG}path") if path.get("stroke") == "#0f5f63"]
    assert len(lines) == 2


def test_a_series_of_squares_is_drawn_as_squares() -> None:
    assert len(drawn(1, 2, shape="square").findall(f"{SVG}rect")) == 2


def test_text_is_escaped() -> None:
    chart = pain_chart("<b>&", ["<i>"], [])
    assert ET.fromstring(chart).findtext(f"{SVG}title") == "<b>&"


@given(ANSWERS)
def test_every_answer_has_one_mark_and_stays_inside(values: list[int | None]) -> None:
    marks = drawn(*values).findall(f"{SVG}circle")
    assert len(marks) == len([value for value in values if value is not None])
    assert all(0 <= float(mark.get("cy", -1)) <= 190 for mark in marks)
    assert all(0 <= float(mark.get("cx", -1)) <= 560 for mark in marks)
