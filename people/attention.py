"""Whose attention something has: who first opened it, who took it over, how far it was passed on.

What waits is named by its table and id, so that every room's alerts and records share the rules.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from audit.choices import Action
from audit.services import record
from people.choices import EscalationStage
from people.models import EscalationStep, FirstReading, PhoneListEntry, TakeOver, User

Row = TypeVar("Row", bound=models.Model)
PASSED_ON = (EscalationStage.SECOND, EscalationStage.PHONE_LIST)


class ChangedHands(Exception):
    """It was closed or taken over since the page was read; the message says so."""


@dataclass(frozen=True)
class Event:
    """One line of an alert's way: when, and what happened."""

    at: datetime
    words: str


def key_of(subject: models.Model) -> dict[str, Any]:
    """The columns that name ``subject``."""
    return {"subject": subject._meta.db_table, "subject_id": subject.pk}


def with_holder(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Each with ``taker_id`` and ``taker_name`` of its newest take-over, None without one, and
    ``is_passed_on``: nobody opened it in time, so that it stands in every inbox.
    """
    of_row = {"subject": rows.model._meta.db_table, "subject_id": OuterRef("pk")}
    newest = TakeOver.objects.filter(**of_row).order_by("-id")
    passed_on = EscalationStep.objects.filter(**of_row, stage__in=PASSED_ON)
    held = rows.annotate(
        taker_id=Subquery(newest.values("taken_by")[:1]),
        taker_name=Subquery(newest.values("taken_by__full_name")[:1]),
        is_passed_on=Exists(passed_on),
    )
    return cast("QuerySet[Row]", held)


def held_by(user: User, owner: str) -> Q:
    """Rows of ``with_holder`` that are the user's: by ``owner``, a path to a user, or taken."""
    return Q(taker_id=user.pk) | Q(taker_id=None, **{owner: user})


def owner_in(rows: QuerySet[Row], pk: int, owner: str) -> User | None:
    """Whose the row is by ``owner``, a path to a user, before anybody took it over."""
    return User.objects.filter(pk__in=rows.filter(pk=pk).values(owner)).first()


def holder_of(subject: models.Model, owner: User | None) -> User | None:
    """Who has it now: the newest taker, else ``owner``."""
    taken = TakeOver.objects.filter(**key_of(subject)).select_related("taken_by")
    newest = taken.order_by("-id").first()
    return newest.taken_by if newest else owner


def note_reading(subject: models.Model, *, urgency: str, by: User) -> FirstReading:
    """Keep who first opened it since it has this urgency; a later reading changes nothing."""
    reading, _ = FirstReading.objects.get_or_create(
        **key_of(subject), urgency=urgency, defaults={"read_by": by}
    )
    return reading


@transaction.atomic
def take_over(
    *, rows: QuerySet[Row], pk: int, owner: str, by: User, reason: str, shown: int | None
) -> TakeOver:
    """Move what waits to ``by``, with the reason; audits. The colleague sees who took it.

    ``rows`` are those that still wait, ``shown`` is the id of whose it was on the page. Raises
    ChangedHands when it was closed or somebody else took it meanwhile.
    """
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise ChangedHands("This was finished in the meantime.")
    held = holder_of(row, owner_in(rows, pk, owner))
    if held == by:
        raise ChangedHands("This is yours already.")
    if (held.pk if held else None) != shown:
        raise ChangedHands(f"{held} has it now.")
    patient_id = getattr(row, "patient_id", None) or row.treatment.patient_id  # type: ignore[attr-defined]  # a co-signature knows its patient by the session
    taken = TakeOver.objects.create(
        **key_of(row), patient_id=patient_id, taken_from=held, taken_by=by, reason=reason.strip()
    )
    detail = f"taken over from {held}: {taken.reason}"
    record(Action.CHANGE, row, patient_id=patient_id, detail=detail)
    return taken


def way_of(subject: models.Model) -> list[Event]:
    """What happened to it so far, oldest first; three queries."""
    key = key_of(subject)
    events = [
        Event(one.at, f"{one.get_stage_display()}: {one.told}")
        for one in EscalationStep.objects.filter(**key)
    ]
    events += [
        Event(one.read_at, f"First opened by {one.read_by}")
        for one in FirstReading.objects.filter(**key).select_related("read_by")
    ]
    events += [
        Event(one.taken_at, f"Taken over by {one.taken_by} from {one.taken_from}: {one.reason}")
        for one in TakeOver.objects.filter(**key).select_related("taken_by", "taken_from")
    ]
    return sorted(events, key=lambda event: event.at)


def attention_context(subject: models.Model, kind: str) -> dict[str, Any]:
    """What the page of an alert shows of it; ``kind`` is its word in the take-over address."""
    return {
        "way": way_of(subject),
        "phone_list": list(PhoneListEntry.objects.all()),
        "take_over_kind": kind,
    }
