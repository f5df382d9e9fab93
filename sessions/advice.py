"""The standard advice of a session: ticked when it was told, and kept in its words."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from clinical.aftercare import Advice, standard_advice
from sessions.drafts import locked_session
from sessions.models import AdviceGiven, TreatmentSession
from sessions.sources import last_session


@transaction.atomic
def tick_advice(*, treatment: TreatmentSession, advice: str, is_told: bool) -> None:
    """Note that a piece was told, or take that back; row history keeps both.

    Raises AlreadySigned, and ValidationError for an unknown piece.
    """
    locked = locked_session(treatment)
    known = {one.id: one for one in standard_advice()}
    if advice not in known:
        raise ValidationError("Choose an advice of the list.")
    if not is_told:
        locked.advice_given.filter(advice=advice).delete()
        return
    _tell(locked, [known[advice]])


@transaction.atomic
def tick_all_advice(*, treatment: TreatmentSession) -> None:
    """Note that the whole standard advice was told. Raises AlreadySigned."""
    _tell(locked_session(treatment), standard_advice())


@transaction.atomic
def repeat_advice(*, treatment: TreatmentSession) -> None:
    """Tick what was told last time; its text comes along while this session has none.

    Raises AlreadySigned.
    """
    locked = locked_session(treatment)
    last = last_session(locked)
    if last is None:
        return
    told = set(last.advice_given.values_list("advice", flat=True))
    _tell(locked, [one for one in standard_advice() if one.id in told])
    if last.advice and not locked.advice:
        locked.advice = last.advice
        locked.save(update_fields=["advice"])


def _tell(treatment: TreatmentSession, pieces: Iterable[Advice]) -> None:
    """What is noted already keeps its row."""
    AdviceGiven.objects.bulk_create(
        [AdviceGiven(treatment=treatment, advice=one.id, words=one.told) for one in pieces],
        ignore_conflicts=True,
    )
