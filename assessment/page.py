"""What the templates of an assessment need, read once: the form, the chart, the ladder."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from assessment.cells import Rows, rows_by_place
from assessment.found import found_tabs
from assessment.grid import Tab, tabs_of
from assessment.inference import Examination, examine
from assessment.ladder_page import LadderPage, ladder_page
from assessment.models import Assessment
from assessment.picture import LAYERS, Grades, chart_views, graded_views, grades_of, ladder_cells
from clinical.batteries import batteries
from clinical.body_chart import pattern_defs
from intake.services import alerts_for


def last_signed(assessment: Assessment) -> Assessment | None:
    """The newest signed assessment of the same region before this one."""
    signed = Assessment.objects.filter(
        patient=assessment.patient_id,
        battery=assessment.battery,
        signed_at__isnull=False,
        created_at__lt=assessment.created_at,
    )
    return signed.order_by("-created_at").first()


def tabs_for(assessment: Assessment, rows: Rows, last: Assessment | None) -> tuple[Tab, ...]:
    """The form with what was found, beside what was found the time before."""
    past = rows_by_place(last.findings.all()) if last else {}
    return tabs_of(batteries()[assessment.battery], rows, past)


def result_context(assessment: Assessment, examination: Examination) -> dict[str, Any]:
    """The ladder, its messages, and the grades for the chart, of a draft."""
    report = examination.report.to_json()
    return {
        "assessment": assessment,
        "ladder": ladder_page(report, examination.ladder, batteries()[assessment.battery]),
        "grades": grades_json(grades_of(examination.rows)),
        "is_brief": True,
    }


def draft_context(assessment: Assessment, layer: str) -> dict[str, Any]:
    """The whole page of a draft, with one layer of the chart."""
    examination = examine(assessment, with_fragility=False)
    last = last_signed(assessment)
    return {
        **result_context(assessment, examination),
        **_around(assessment),
        "tabs": tabs_for(assessment, rows_by_place(examination.rows), last),
        "last": last,
        "layer": layer,
        "layers": LAYERS,
        "views": chart_views(layer, grades_of(examination.rows)),
    }


def signed_context(assessment: Assessment) -> dict[str, Any]:
    """The report of a signed assessment, from what was stored with the signature."""
    rows = rows_by_place(assessment.findings.all())
    return {
        **_around(assessment),
        "assessment": assessment,
        "ladder": _stored_ladder(assessment),
        "flags": assessment.flags.all(),
        "found": found_tabs(tabs_for(assessment, rows, None)),
        "views": graded_views(grades_of(rows.values())),
    }


def _stored_ladder(assessment: Assessment) -> LadderPage:
    battery = batteries()[assessment.battery]
    return ladder_page(assessment.report or {}, ladder_cells(assessment), battery)


def sign_context(assessment: Assessment, examination: Examination) -> dict[str, Any]:
    """What is read before a signature."""
    tabs = tabs_for(assessment, rows_by_place(examination.rows), None)
    context = result_context(assessment, examination) | _around(assessment)
    return {**context, "found": found_tabs(tabs), "has_findings": bool(examination.rows)}


def _around(assessment: Assessment) -> dict[str, Any]:
    """The banner and the patterns of the chart."""
    patient = assessment.patient
    return {"patient": patient, "alerts": alerts_for(patient), "patterns": _patterns()}


def _patterns() -> SafeString:
    return mark_safe(pattern_defs())  # noqa: S308 - our own SVG


def grades_json(grades: Grades) -> str:
    """Only what was tested, as ``{"deltoid|right":3}``, for the script that colours the chart."""
    tested = {f"{key}|{side}": grade for (key, side), grade in grades.items() if grade is not None}
    return json.dumps(tested, separators=(",", ":"))
