"""From rows to the engine: one ``Finding`` of two sides from two rows, and the history beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from assessment.models import Assessment
from assessment.models import Finding as FindingRow
from clinical.ladder import LadderCell
from clinical.reference import reference
from clinical.segments import Context, Finding, SegmentReport, infer_segments
from clinical.segments.history import context_of
from clinical.segments.rungs import ladder_cells
from clinical.vocabulary import Side
from intake.models import ScreeningResult


@dataclass(frozen=True)
class Examination:
    """What was found, and what the engine says of it."""

    rows: tuple[FindingRow, ...]
    findings: tuple[Finding, ...]
    report: SegmentReport
    ladder: tuple[LadderCell, ...]


def findings_of(rows: Iterable[FindingRow]) -> tuple[Finding, ...]:
    """Right and left of each sign and site; a side without a row is not tested."""
    pairs: dict[tuple[str, str], dict[str, FindingRow]] = {}
    for row in rows:
        pairs.setdefault((row.sign, row.site), {})[row.side] = row
    return tuple(_pair(sign, site, sides) for (sign, site), sides in pairs.items())


def _pair(sign: str, site: str, sides: dict[str, FindingRow]) -> Finding:
    right, left = sides.get(Side.RIGHT), sides.get(Side.LEFT)
    return Finding(
        sign,
        site,
        right=right.value if right else None,
        left=left.value if left else None,
        pain_inhibited_right=bool(right and right.is_pain_inhibited),
        pain_inhibited_left=bool(left and left.is_pain_inhibited),
    )


def history_of(assessment: Assessment, reasons: list[dict[str, Any]] | None = None) -> Context:
    """Red flags and confounders of the newest submitted intake, with the age on that day.

    ``reasons`` are those of the newest screening where they are read already.
    """
    patient = assessment.patient
    found = _newest_reasons(assessment) if reasons is None else reasons
    day = timezone.localdate(assessment.created_at, ZoneInfo(settings.CLINIC_TIME_ZONE))
    return context_of(
        {reason["question_id"]: reason["answer"] for reason in found},
        age=patient.age_on(day),
        reference=reference(),
    )


def _newest_reasons(assessment: Assessment) -> list[dict[str, Any]]:
    found = ScreeningResult.objects.filter(intake__patient=assessment.patient_id).order_by("-id")
    return found.values_list("reasons", flat=True).first() or []


def examine(
    assessment: Assessment,
    *,
    with_fragility: bool = True,
    rows: Iterable[FindingRow] | None = None,
    reasons: list[dict[str, Any]] | None = None,
) -> Examination:
    """Run the engine over the rows as they are now: two queries, less what is handed over."""
    known = assessment.findings.defer("entered_at") if rows is None else rows
    rows = tuple(known)
    findings = findings_of(rows)
    report = infer_segments(
        findings, history_of(assessment, reasons), with_fragility=with_fragility
    )
    return Examination(rows, findings, report, ladder_cells(findings, report))


def report_of(assessment: Assessment) -> SegmentReport:
    """What the engine says of the rows as they are now, with all reasons."""
    return examine(assessment).report
