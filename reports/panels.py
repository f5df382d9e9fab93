"""The body chart and the ladder of an assessment, drawn for print by the shared functions."""

from django.utils.safestring import SafeString, mark_safe

from assessment.models import Assessment
from assessment.picture import chart_grades, ladder_cells
from clinical.body_chart import muscle_panels, render_panel
from clinical.ladder import render_ladder_svg


def chart_panels(assessment: Assessment) -> tuple[SafeString, ...]:
    """Every panel on which the graded muscles appear, front before back."""
    grades = chart_grades(assessment)
    wanted = muscle_panels(sorted({muscle for muscle, _ in grades})) or (
        ("front", "surface"),
        ("back", "surface"),
    )
    return tuple(
        _drawn(render_panel(view, layer, grades, title=_title(view, layer), standalone=True))
        for view, layer in wanted
    )


def ladder(assessment: Assessment) -> SafeString:
    """The nerve-root ladder with letters and labels."""
    return _drawn(render_ladder_svg(ladder_cells(assessment)))


def _title(view: str, layer: str) -> str:
    return f"Body chart, {view}, {layer} muscles, right and left as labelled"


def _drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - our own SVG functions escape every text they take
