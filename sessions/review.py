"""What the review page shows before signing: the note, and what differs from the last one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from sessions.differences import PARTS, differences, note_of
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.page import signed_context
from sessions.sources import last_session


def review_context(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> dict[str, Any]:
    """The session as text with a mark at each row that differs from the last signed session."""
    context = signed_context(treatment, rows)
    last = last_session(treatment)
    if last is None:
        return context | {"differences": None}
    prefetch_related_objects([treatment, last], *PARTS)
    found = differences(note_of(treatment, rows), note_of(last, last.muscles.all()))
    for shown in context["rows"]:
        shown.differs = found.rows.get((shown.row.muscle, shown.row.side), ())
    return context | {"differences": found}
