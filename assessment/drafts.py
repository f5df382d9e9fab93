"""The open draft under a lock: whoever writes an assessment begins here."""

from assessment.models import Assessment


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
    drafts = Assessment.objects.select_related("patient").select_for_update(of=("self",))
    assessment = drafts.get(pk=pk)
    if assessment.is_signed:
        raise AssessmentClosed
    return assessment
