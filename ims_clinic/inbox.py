"""What waits for a physiotherapist: alerts, records to sign and to co-sign, intakes to review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from assessment.models import Assessment
from intake.choices import AlertUrgency as IntakeUrgency
from intake.models import Consent, Intake, IntakeAlert
from intake.red_flags import open_red_flags
from intake.review import today
from intake.withdrawals import unseen_withdrawals
from people.attention import held_by, with_holder
from people.models import TakeOver, User
from sessions.adverse import open_adverse_for
from sessions.choices import AlertUrgency
from sessions.inbox import (
    TREATING,
    co_signatures_held_by,
    open_alerts_for,
    unsigned_sessions_for,
    waiting_co_signatures,
)
from sessions.models import AdverseEvent, Alert, CoSignature, TreatmentSession

LATE_AFTER = timedelta(days=1)
TOLD_FOR = timedelta(days=2)
GRAVITY = (
    AlertUrgency.EMERGENCY,
    AlertUrgency.SAME_DAY,
    IntakeUrgency.URGENT,
    AlertUrgency.CONTACT_CLINIC,
)


@dataclass(frozen=True)
class Unsigned:
    """A record that is not signed, with when it was begun; late after a day."""

    kind: str
    row: Assessment | TreatmentSession
    since: datetime

    @property
    def is_late(self) -> bool:
        return self.since < timezone.now() - LATE_AFTER

    @property
    def address(self) -> str:
        room = "sessions" if self.kind == "session" else self.kind
        return reverse(f"{room}:detail", args=[self.row.pk])


@dataclass(frozen=True)
class Inbox:
    """The lists in the order of the page, gravest or oldest first.

    ``taken`` tells what colleagues took over from the user lately; it waits for nobody.
    """

    red_flags: Sequence[IntakeAlert]
    alerts: Sequence[Alert]
    assessments: Sequence[Assessment]
    treatments: Sequence[TreatmentSession]
    co_signatures: Sequence[CoSignature]
    intakes: Sequence[Intake]
    adverse: Sequence[AdverseEvent]
    withdrawals: Sequence[Consent]
    taken: Sequence[TakeOver]

    @property
    def count(self) -> int:
        told = (self.red_flags, self.alerts, self.adverse, self.withdrawals)
        return sum(map(len, (*told, self.unsigned, self.co_signatures, self.intakes)))

    @property
    def unsigned(self) -> list[Unsigned]:
        """Assessments and sessions together, the oldest first."""
        notes = [Unsigned("assessment", one, one.created_at) for one in self.assessments]
        notes += [Unsigned("session", one, one.started_at) for one in self.treatments]
        return sorted(notes, key=lambda note: note.since)


def inbox_of(user: User, *, everyones: bool = False) -> Inbox:
    """What waits for ``user``, or for every physiotherapist; nine queries."""
    whose = None if everyones else user
    alerts, intakes, assessments, treatments, co_signatures = _lists(whose)
    red_flags = open_red_flags(whose).order_by(_gravity(), "opened_at")
    return Inbox(
        red_flags=list(red_flags),
        alerts=list(alerts),
        assessments=list(assessments),
        treatments=list(treatments),
        co_signatures=list(co_signatures),
        intakes=list(intakes),
        adverse=list(open_adverse_for(whose)),
        withdrawals=list(unseen_withdrawals(whose).order_by("withdrawn_at")),
        taken=list(_taken_lately(user)),
    )


def count_for(user: User) -> int:
    """How many things wait for this physiotherapist; one query."""
    told = (open_red_flags(user), unseen_withdrawals(user), open_adverse_for(user))
    lists: list[QuerySet[Any]] = [*told, *_lists(user)]
    first, *others = (rows.order_by().values("pk") for rows in lists)
    return first.union(*others, all=True).count()


def _taken_lately(user: User) -> QuerySet[TakeOver]:
    lately = TakeOver.objects.filter(taken_from=user, taken_at__gt=timezone.now() - TOLD_FOR)
    return lately.select_related("patient", "taken_by").order_by("-taken_at")


def _lists(
    user: User | None,
) -> tuple[
    QuerySet[Alert],
    QuerySet[Intake],
    QuerySet[Assessment],
    QuerySet[TreatmentSession],
    QuerySet[CoSignature],
]:
    """Everybody's for ``user`` None. An alert that cannot wait shows in every inbox."""
    to_review = with_holder(Intake.objects.waiting_for_review(today())).select_related(
        "patient", "appointment__practitioner__user", "screening", "review"
    )
    unsigned = with_holder(Assessment.objects.filter(signed_at=None)).select_related(
        "patient", TREATING
    )
    if user is not None:
        alerts, treatments = open_alerts_for(user), unsigned_sessions_for(user)
        to_review = to_review.filter(held_by(user, "appointment__practitioner__user"))
        unsigned = unsigned.filter(held_by(user, TREATING))
        co_signatures = co_signatures_held_by(user)
    else:
        people = ("patient", TREATING)
        alerts = with_holder(Alert.objects.open()).select_related(*people)
        treatments = with_holder(TreatmentSession.objects.filter(signed_at=None))
        treatments = treatments.select_related(*people)
        co_signatures = waiting_co_signatures()
    return (
        alerts.order_by(_gravity(), "opened_at"),
        to_review.order_by("submitted_at"),
        unsigned.order_by("created_at"),
        treatments.order_by("started_at"),
        co_signatures,
    )


def _gravity() -> Case:
    ranks = [When(urgency=word, then=Value(rank)) for rank, word in enumerate(GRAVITY)]
    return Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())
