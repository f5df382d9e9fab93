"""The findings as the body chart and the ladder take them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from assessment.inference import examine
from assessment.models import Assessment, Finding
from clinical.body_chart import muscle_panels, render_panel
from clinical.body_chart.figure import panels
from clinical.body_chart.orientation import View, side_transform
from clinical.body_chart.panel import NO_MARKS, Marks
from clinical.ladder import LadderCell
from clinical.vocabulary import Side

PALPATION = ("muscle_tone", "tenderness")
PAIN = "pain"
LAYERS = {
    "surface": "Surface",
    "deep": "Deep",
    "spine": "Spine",
    "dermatomes": "Skin",
    PAIN: "Pain",
}

Grades = Mapping[tuple[str, Side], int | None]


def chart_grades(assessment: Assessment) -> Grades:
    """For each palpated muscle and side the higher of tone and tenderness; None is not tested."""
    return grades_of(assessment.findings.all())


def grades_of(rows: Iterable[Finding]) -> Grades:
    """As ``chart_grades``, from rows that are already read."""
    grades: dict[tuple[str, Side], int | None] = {}
    for row in rows:
        if row.sign in PALPATION:
            for side in Side:
                grades.setdefault((row.site, side), None)
            place = (row.site, Side(row.side))
            grades[place] = max(grades[place] or 0, int(row.value))
    return grades


def ladder_cells(assessment: Assessment) -> tuple[LadderCell, ...]:
    """The ladder as it was signed, or of the rows as they are now."""
    stored = (assessment.report or {}).get("ladder")
    if stored is None:
        return examine(assessment, with_fragility=False).ladder
    return tuple(_read(cell) for cell in stored)


def _read(cell: dict[str, Any]) -> LadderCell:
    return LadderCell(**{**cell, "side": Side(cell["side"])})


def chart_views(layer: str, grades: Grades, marks: Marks = NO_MARKS) -> list[dict[str, Any]]:
    """The drawings of a layer of the reference chart, front before back."""
    return [
        view_shown(view, layer, _drawn(view, layer, grades, marks))
        for view, name in panels()
        if name == layer
    ]


def graded_views(grades: Grades) -> list[dict[str, Any]]:
    """The drawings on which a palpated muscle appears; the surface when there is none."""
    wanted = muscle_panels({muscle for muscle, _ in grades})
    if not wanted:
        return chart_views("surface", grades)
    return [view_shown(view, layer, _drawn(view, layer, grades)) for view, layer in wanted]


def view_shown(view: View, layer: str, drawn: SafeString) -> dict[str, Any]:
    """A drawing with its name and its sides, the one on the viewer's left first."""
    return {
        "view": view,
        "name": f"{view.title()}, {LAYERS[layer].lower()}",
        "sides": sorted(Side, key=lambda side: side_transform(view, side)),
        "svg": drawn,
    }


def _drawn(view: View, layer: str, grades: Grades, marks: Marks = NO_MARKS) -> SafeString:
    title = f"Body chart, {view}, {LAYERS[layer].lower()}: right and left as labelled"
    drawn = render_panel(view, layer, grades, title=title, marks=marks)
    return mark_safe(drawn)  # noqa: S308 - our own SVG
