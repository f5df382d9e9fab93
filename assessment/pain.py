"""The patient's own pain drawing of the newest submitted intake, beside what was found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessment.picture import PAIN, view_shown
from clinical.body_chart.orientation import View
from intake.models import Intake
from intake.pain_drawing import DRAWN, pain_figures
from intake.services import answers_of
from intake.status import newest_submitted
from intake.summary import summary_of
from people.models import Patient


@dataclass(frozen=True)
class PainDrawn:
    """The drawing, and the same in words: each place with what it feels like."""

    drawn_at: datetime
    places: tuple[str, ...]
    detail: str
    views: list[dict[str, Any]]


def drawn_pain(patient: Patient) -> PainDrawn | None:
    """What the patient drew last; None without a submitted intake or a marked place."""
    intake = newest_submitted(Intake.objects.for_patient(patient).order_by("-id"))
    if intake is None:
        return None
    answers = answers_of(intake)
    figures = pain_figures(answers)
    lines = (line for section in summary_of(intake, answers) for line in section.lines)
    line = next((one for one in lines if one.question == DRAWN), None)
    if line is None or not figures:
        return None
    return PainDrawn(
        drawn_at=intake.submitted_at or intake.created_at,
        places=tuple(line.words.split("; ")),
        detail=line.detail,
        views=[view_shown(*one) for one in zip(View, (PAIN, PAIN), figures, strict=True)],
    )
