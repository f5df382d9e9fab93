"""What the templates of an assessment need, read once: the form, the chart, the ladder."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from assessment.before import last_signed
from assessment.cautions import cautioned, marks_of
from assessment.cells import Place, Rows, key_of, plain, rows_by_place, state_of, state_text
from assessment.choices import Battery
from assessment.comparison import compared, sentence, union_of
from assessment.decisions import plan_of, planned_rows, undecided
from assessment.found import found_tabs
from assessment.grid import tabs_of
from assessment.inference import Examination, examine
from assessment.ladder_page import ladder_page, last_rungs
from assessment.models import Assessment, Finding, FlagDecision, MuscleNote, SegmentFlag
from assessment.notes import note_lines, noted, notes_of, sent_text
from assessment.pain import drawn_pain
from assessment.picture import (
    LAYERS,
    PAIN,
    Grades,
    chart_views,
    graded_views,
    grades_of,
    ladder_cells,
)
from assessment.regions import all_picks, battery_of
from assessment.selections import selections_of
from assessment.shown import Tab
from clinical.body_chart import pattern_defs
from clinical.body_chart.zoom import zooms
from clinical.muscle_blocks import MuscleBlock
from clinical.segments import Pattern
from clinical.vocabulary import Side
from intake.precautions import Precautions, banner_of
from people.models import Patient


def conflicts_shown(held: Mapping[Place, Finding | MuscleNote | None]) -> list[dict[str, str]]:
    """What stands at places that somebody else changed, with the time it was entered."""
    return [
        {
            "place": key_of(*place),
            "theirs": sent_text(row) if isinstance(row, MuscleNote) else state_text(row),
            "at": date_format(timezone.localtime(row.entered_at), "H:i") if row else "",
        }
        for place, row in held.items()
    ]


def plan_shown(
    decided: Iterable[FlagDecision], rows: Rows, block: MuscleBlock | None = None
) -> list[dict[str, Any]]:
    """The rows of the plan, each side with its tone, and what the screening blocks; no tick."""
    return [
        {
            "row": row,
            "block": block if block is not None and block.covers(row.muscle) else None,
            "sides": [
                {
                    "value": f"{row.muscle}|{side}|{row.root}",
                    "side": side,
                    "tone": plain(state_of(rows.get(("muscle_tone", row.muscle, side)))[0]),
                }
                for side in Side
            ],
        }
        for row in plan_of(decided)
    ]


def flags_shown(assessment: Assessment) -> list[tuple[SegmentFlag, FlagDecision | None]]:
    """Each flag of the engine beside what was decided about it."""
    decided = {(one.root, one.side): one for one in assessment.decisions.all()}
    return [(flag, decided.get((flag.root, flag.side))) for flag in assessment.flags.all()]


def comparison_of(rows: Rows, last: Assessment | None) -> dict[str, Any]:
    """The sentence for the patient and what changed, in a context; nothing the first time."""
    if last is None:
        return {"comparison": "", "last": None}
    before = rows_by_place(last.findings.all())
    day = timezone.localdate(last.created_at)
    words = sentence(compared(rows, before), day)
    return {"comparison": words, "last": last, "union": union_of(rows, before)}


def tabs_for(assessment: Assessment, rows: Rows, last: Assessment | None) -> tuple[Tab, ...]:
    """The form with what was found, beside what was found the time before."""
    past = rows_by_place(last.findings.all()) if last else {}
    notes = notes_of(assessment)
    tabs = tabs_of(battery_of(assessment), rows, past, {muscle for muscle, _ in notes})
    return noted(tabs, notes, notes_of(last))


def result_context(
    assessment: Assessment, examination: Examination, last: Assessment | None
) -> dict[str, Any]:
    """The ladder beside the last one, its messages, and the grades for the chart, of a draft."""
    report = examination.report.to_json()
    before = ladder_cells(last) if last else ()
    battery = battery_of(assessment)
    return {
        "assessment": assessment,
        "ladder": ladder_page(report, examination.ladder, battery, before),
        "last": last,
        "grades": grades_json(grades_of(examination.rows)),
        "is_brief": True,
    }


def draft_context(assessment: Assessment, layer: str) -> dict[str, Any]:
    """The whole page of a draft, with one layer of the chart."""
    examination = examine(assessment, with_fragility=False)
    rows, last = rows_by_place(examination.rows), last_signed(assessment)
    result, around = result_context(assessment, examination, last), _around(assessment)
    tabs, precautions = tabs_for(assessment, rows, last), around["precautions"]
    return {
        **result,
        **around,
        "last_rungs": last_rungs(ladder_cells(last) if last else (), result["ladder"]),
        "tabs": cautioned(tabs, precautions),
        **chart_context(assessment, layer, grades_of(examination.rows), precautions),
    }


def chart_context(
    assessment: Assessment, layer: str, grades: Grades, precautions: Precautions
) -> dict[str, Any]:
    """A layer of the chart with what is blocked; that of the pain is the patient's own drawing."""
    context = {"layer": layer, "layers": LAYERS, "zooms": zooms()}
    if layer != PAIN:
        views = chart_views(layer, grades, marks_of(precautions))
        return {**context, "views": views, "muscle_block": precautions.block}
    pain = drawn_pain(assessment.patient)
    return {**context, "views": pain.views if pain else [], "pain": pain}


def start_context(patient: Patient, user_id: int | None) -> dict[str, Any]:
    """The regions to choose from, those with an open draft, the groups to pick or kept before."""
    drafts = list(Assessment.objects.filter(patient=patient, signed_at=None))
    mine: list[str] = next((one.groups for one in drafts if one.battery == Battery.CUSTOM), [])
    return {
        "batteries": [one for one in Battery.choices if one[0] != Battery.CUSTOM],
        "open": {draft.battery for draft in drafts},
        "picks": all_picks(),
        "picked": mine,
        "kept": selections_of(user_id),
    }


def signed_context(assessment: Assessment) -> dict[str, Any]:
    """The report of a signed assessment, from what was stored with the signature."""
    rows, last = rows_by_place(assessment.findings.all()), last_signed(assessment)
    before = ladder_cells(last) if last else ()
    cells, battery = ladder_cells(assessment), battery_of(assessment)
    ladder = ladder_page(assessment.report or {}, cells, battery, before)
    return {
        **_around(assessment),
        **comparison_of(rows, last),
        "assessment": assessment,
        "ladder": ladder,
        "last_rungs": last_rungs(before, ladder),
        "flags": flags_shown(assessment),
        "planned": planned_rows(assessment),
        "addenda": assessment.addenda.select_related("written_by"),
        "found": found_tabs(tabs_for(assessment, rows, None)),
        "notes": note_lines(notes_of(assessment)),
        "views": graded_views(grades_of(rows.values())),
    }


def sign_context(
    assessment: Assessment, examination: Examination, decided: list[FlagDecision]
) -> dict[str, Any]:
    """What is read before a signature."""
    last, rows = last_signed(assessment), rows_by_place(examination.rows)
    tabs, around = tabs_for(assessment, rows, None), _around(assessment)
    return {
        **result_context(assessment, examination, last),
        **around,
        "found": found_tabs(tabs),
        "notes": note_lines(notes_of(assessment)),
        "has_findings": bool(rows),
        **comparison_of(rows, last),
        "undecided": undecided(examination.report, decided),
        "plan": plan_shown(decided, rows, around["precautions"].block),
        "has_red_flag": examination.report.pattern is Pattern.RED_FLAG,
    }


def _around(assessment: Assessment) -> dict[str, Any]:
    """The banner and the patterns of the chart."""
    patient = assessment.patient
    return {"patient": patient, **banner_of(patient), "patterns": _patterns()}


def _patterns() -> SafeString:
    return mark_safe(pattern_defs())  # noqa: S308 - our own SVG


def grades_json(grades: Grades) -> str:
    """Only what was tested, as ``{"deltoid|right":3}``, for the script that colours the chart."""
    tested = {f"{key}|{side}": grade for (key, side), grade in grades.items() if grade is not None}
    return json.dumps(tested, separators=(",", ":"))
