"""One side from hand to paper: the chart, the form, the ladder and the document agree."""

import re
from decimal import Decimal

import pytest

from assessment.cells import rows_by_place
from assessment.grid import tabs_of
from assessment.models import Finding
from assessment.picture import chart_views, grades_of
from clinical.batteries import batteries
from clinical.body_chart import muscle_panels
from clinical.grades import sites_recorded
from clinical.reference import reference
from clinical.segments import Finding as Sign
from clinical.segments import infer_segments
from clinical.segments.rungs import ladder_cells
from clinical.vocabulary import Side
from reports.summaries import finding_rows

MUSCLES = sorted(sites_recorded("muscle_tone", reference()))
SHAPE = re.compile(r'<path class="m (g\w)"[^>]*data-muscle="(\w+)" data-side="(\w+)"')


def graded(muscle: str, side: Side) -> list[Finding]:
    """Tight on one side, soft on the other."""
    return [
        Finding(sign="muscle_tone", site=muscle, side=one, value=Decimal(3 if one is side else 0))
        for one in Side
    ]


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("muscle", MUSCLES)
def test_a_tight_muscle_is_on_the_same_side_of_chart_form_and_ladder(
    muscle: str, side: Side
) -> None:
    rows = graded(muscle, side)
    drawn = {
        (name, shown): grade
        for layer in {layer for _view, layer in muscle_panels([muscle])}
        for view in chart_views(layer, grades_of(rows))
        for grade, name, shown in SHAPE.findall(view["svg"])
    }
    assert drawn[muscle, side] == "g3"
    assert drawn[muscle, side.other] == "g0"
    cells = [
        cell
        for tab in tabs_of(batteries()["neck_arm"], rows_by_place(rows), {})
        for cell in tab.cells
        if cell.is_tested
    ]
    assert {(cell.side, cell.value) for cell in cells} == {(side, 3), (side.other, 0)}
    assert all(cell.label.endswith(f", {cell.side}") for cell in cells)
    tested = Sign("muscle_tone", muscle, **{side: 3, side.other: 0})  # type: ignore[arg-type]
    found = ladder_cells([tested], infer_segments([tested]))
    assert {cell.side for cell in found if cell.letters} <= {side}


@pytest.mark.parametrize("side", list(Side))
def test_every_tight_muscle_is_on_its_side_of_the_document(side: Side) -> None:
    shown = finding_rows([row for muscle in MUSCLES for row in graded(muscle, side)])
    words = ("3", "0") if side is Side.RIGHT else ("0", "3")
    assert len(shown) == len(MUSCLES)
    assert {(row.right, row.left) for row in shown} == {words}
