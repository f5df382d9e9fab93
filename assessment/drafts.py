"""The open draft under a lock: whoever writes an assessment begins here."""

from typing import Any

from django.db.models import OuterRef, Subquery

from assessment.models import Assessment
from intake.models import ScreeningResult


class AssessmentClosed(Exception):
    """A signed assessment was to be changed."""

    def __init__(self) -> None:
        super().__init__(
            "This assessment is signed: nothing in it can be changed. Start a new assessment."
        )


def locked_draft(pk: int) -> Assessment:
    """The draft under a row lock, so that nothing is saved beside a signature.

    Needs a transaction. Raises Assessment.DoesNotExist or AssessmentClosed.
    """
    return locked_draft_with_reasons(pk)[0]


def locked_draft_with_reasons(pk: int) -> tuple[Assessment, list[dict[str, Any]]]:
    """As ``locked_draft``, with the reasons of the patient's newest screening; one query."""
    newest = ScreeningResult.objects.filter(intake__patient=OuterRef("patient")).order_by("-id")
    drafts = Assessment.objects.select_related("patient").select_for_update(of=("self",))
    assessment = drafts.annotate(screened=Subquery(newest.values("reasons")[:1])).get(pk=pk)
    if assessment.is_signed:
        raise AssessmentClosed
    return assessment, assessment.screened or []
