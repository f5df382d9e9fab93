"""What waits for a physiotherapist: alerts, intakes to review, records to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from assessment.models import Assessment
from intake.models import Intake
from people.models import User
from sessions.choices import AlertUrgency
from sessions.inbox import open_alerts_for, unsigned_sessions_for
from sessions.models import Alert, TreatmentSession

LATE_AFTER = timedelta(days=1)
GRAVITY = (AlertUrgency.EMERGENCY, AlertUrgency.SAME_DAY, AlertUrgency.CONTACT_CLINIC)


@dataclass(frozen=True)
class Inbox:
    """The four lists, gravest or oldest first."""

    alerts: Sequence[Alert]
    intakes: Sequence[Intake]
    assessments: Sequence[Assessment]
    treatments: Sequence[TreatmentSession]

    @property
    def count(self) -> int:
        return sum(map(len, (self.alerts, self.intakes, self.assessments, self.treatments)))


def inbox_of(user: User, *, everyones: bool = False) -> Inbox:
    """What waits for ``user``, or for every physiotherapist; four queries."""
    alerts, intakes, assessments, treatments = _lists(None if everyones else user)
    return Inbox(list(alerts), list(intakes), list(assessments), list(treatments))


def count_for(user: User) -> int:
    """How many things wait for this physiotherapist; one query."""
    alerts, *others = (rows.order_by().values("pk") for rows in _lists(user))
    return alerts.union(*others, all=True).count()


def late_before() -> datetime:
    """A record begun before this instant and still not signed is late."""
    return timezone.now() - LATE_AFTER


def _lists(
    user: User | None,
) -> tuple[QuerySet[Alert], QuerySet[Intake], QuerySet[Assessment], QuerySet[TreatmentSession]]:
    """Everybody's for ``user`` None. An alert that cannot wait shows in every inbox."""
    to_review = Intake.objects.waiting_for_review().select_related(
        "patient", "appointment__practitioner__user", "screening"
    )
    unsigned = Assessment.objects.filter(signed_at=None).select_related(
        "patient", "practitioner__user"
    )
    if user is not None:
        alerts, treatments = open_alerts_for(user), unsigned_sessions_for(user)
        to_review = to_review.filter(appointment__practitioner__user=user)
        unsigned = unsigned.filter(practitioner__user=user)
    else:
        people = ("patient", "practitioner__user")
        alerts = Alert.objects.open().select_related(*people)
        treatments = TreatmentSession.objects.filter(signed_at=None).select_related(*people)
    return (
        alerts.order_by(_gravity(), "opened_at"),
        to_review.order_by("submitted_at"),
        unsigned.order_by("created_at"),
        treatments.order_by("started_at"),
    )


def _gravity() -> Case:
    ranks = [When(urgency=word, then=Value(rank)) for rank, word in enumerate(GRAVITY)]
    return Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())
