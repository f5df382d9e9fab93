"""The documents of the clinic: one row each, and how a row becomes a PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports import panels
from reports.progress import Progress
from reports.progress_charts import plots
from reports.rendering import process
from reports.summaries import (
    AssessmentSummary,
    ConsentSummary,
    IntakeSummary,
    Letterhead,
    SessionSummary,
)

Maker = Callable[[], bytes]

DISCLAIMER = "A flag for the physiotherapist's attention, not a diagnosis."


@dataclass(frozen=True)
class DocumentKind:
    name: str
    title: str | Promise
    template: str


INTAKE = DocumentKind("intake", "Intake summary", "reports/intake.html")
CONSENT = DocumentKind("consent", _("Consent to needling"), "reports/consent.html")
ASSESSMENT = DocumentKind("assessment", "Assessment report", "reports/assessment.html")
SESSION = DocumentKind("session", "Session note", "reports/session.html")
DRAWN = 6  # charts on one page: two rows of three
PROGRESS = DocumentKind("progress", "Progress report", "reports/progress_document.html")


@cache
def stylesheet() -> str:
    """The print stylesheet, handed to the render process as text."""
    path = settings.BASE_DIR / "static" / "reports" / "document.css"
    return path.read_text(encoding="utf-8")


def intake_document(summary: IntakeSummary) -> bytes:
    """Red flags first, then the answers in the order of the form, then the consent."""
    return _make(INTAKE, summary.head, summary.intake.submitted_at, {"summary": summary})


def consent_document(summary: ConsentSummary) -> bytes:
    """What was shown, ticked and signed, in the language it was signed in."""
    with translation.override(summary.consent.language):
        context = {"summary": summary, "language": summary.consent.language}
        return _make(CONSENT, summary.head, summary.consent.signed_at, context)


def assessment_document(summary: AssessmentSummary) -> bytes:
    """Panels, table of differences, ladder with reasons, and what the flag is not."""
    drawings = {
        "panels": panels.chart_panels(summary.assessment),
        "ladder": panels.ladder(summary.assessment),
    }
    made = summary.assessment.signed_at
    return _make(ASSESSMENT, summary.head, made, {"summary": summary, **drawings})


def session_document(summary: SessionSummary) -> bytes:
    """The note of one session with its addenda."""
    return _make(SESSION, summary.head, summary.treatment.signed_at, {"summary": summary})


def progress_document(summary: Progress) -> bytes:
    """The newest signed sessions as small charts and one table, on one page.

    Charts that do not fit are said in their sentence.
    """
    last = summary.visits[-1].at if summary.visits else None
    made = plots(summary, is_paper=True)
    shown = {"summary": summary, "plots": made[:DRAWN], "said": made[DRAWN:]}
    return _make(PROGRESS, summary.head, last, shown)


def _make(
    kind: DocumentKind, head: Letterhead, made: datetime | None, context: dict[str, Any]
) -> bytes:
    fixed = {"kind": kind, "head": head, "made": made, "disclaimer": DISCLAIMER}
    with timezone.override(ZoneInfo(head.time_zone)):
        html = render_to_string(kind.template, {**fixed, **context})
    return process.render(html, stylesheet())
