"""A session begun from the last one, and the twitches that nobody noted."""

from django.core.exceptions import ValidationError
from django.db import transaction

from intake.precautions import precautions_for
from sessions.choices import Twitch
from sessions.drafts import locked_session
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.needling import add_muscle
from sessions.sources import blocked_in, last_session

REPEATED = ("segment", "needle_gauge_mm", "needle_length_mm", "insertions")


@transaction.atomic
def repeat_last_session(*, treatment: TreatmentSession) -> list[NeedledMuscle]:
    """Add the rows of the last session with their sides, segments, needles and insertions.

    What was seen and felt then is not copied. A row that is there already, or that may not be
    needled now, is left out. Raises AlreadySigned, and ValidationError when nothing is to repeat.
    """
    locked = locked_session(treatment)
    last = last_session(locked)
    held = set(locked.muscles.values_list("muscle", "side"))
    held |= blocked_in(locked, precautions_for(locked.patient))
    again = (
        [row for row in last.muscles.all() if (row.muscle, row.side) not in held] if last else []
    )
    if not again:
        raise ValidationError("The last session has no row that could be added.")
    return [
        add_muscle(
            treatment=locked,
            muscle=row.muscle,
            side=row.side,
            **{name: getattr(row, name) for name in REPEATED},
        )
        for row in again
    ]


@transaction.atomic
def leave_twitches_not_noted(*, treatment: TreatmentSession) -> TreatmentSession:
    """Answer "not noted" in every row without an answer. Raises AlreadySigned."""
    locked = locked_session(treatment)
    for row in locked.muscles.select_for_update().filter(twitch=""):
        row.twitch = Twitch.NOT_NOTED
        row.save(update_fields=["twitch"])
    return locked
