"""What waits for a physiotherapist: alerts, withdrawals, intakes to review, records to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from assessment.models import Assessment
from intake.choices import AlertUrgency as IntakeUrgency
from intake.models import Consent, Intake, IntakeAlert
from intake.red_flags import open_red_flags
from intake.review import today
from intake.withdrawals import unseen_withdrawals
from people.models import User
from sessions.choices import AlertUrgency
from sessions.inbox import open_alerts_for, unsigned_sessions_for
from sessions.models import Alert, TreatmentSession

LATE_AFTER = timedelta(days=1)
GRAVITY = (
    AlertUrgency.EMERGENCY,
    AlertUrgency.SAME_DAY,
    IntakeUrgency.URGENT,
    AlertUrgency.CONTACT_CLINIC,
)


@dataclass(frozen=True)
class Inbox:
    """The six lists, gravest or oldest first."""

    red_flags: Sequence[IntakeAlert]
    alerts: Sequence[Alert]
    withdrawals: Sequence[Consent]
    intakes: Sequence[Intake]
    assessments: Sequence[Assessment]
    treatments: Sequence[TreatmentSession]

    @property
    def count(self) -> int:
        told = (self.red_flags, self.alerts, self.withdrawals)
        return sum(map(len, (*told, self.intakes, self.assessments, self.treatments)))


def inbox_of(user: User, *, everyones: bool = False) -> Inbox:
    """What waits for ``user``, or for every physiotherapist; six queries."""
    whose = None if everyones else user
    alerts, intakes, assessments, treatments = _lists(whose)
    red_flags = open_red_flags(whose).order_by(_gravity(), "opened_at")
    return Inbox(
        red_flags=list(red_flags),
        alerts=list(alerts),
        withdrawals=list(unseen_withdrawals(whose).order_by("withdrawn_at")),
        intakes=list(intakes),
        assessments=list(assessments),
        treatments=list(treatments),
    )


def count_for(user: User) -> int:
    """How many things wait for this physiotherapist; one query."""
    lists = (open_red_flags(user), unseen_withdrawals(user), *_lists(user))
    first, *others = (rows.order_by().values("pk") for rows in lists)
    return first.union(*others, all=True).count()


def late_before() -> datetime:
    """A record begun before this instant and still not signed is late."""
    return timezone.now() - LATE_AFTER


def _lists(
    user: User | None,
) -> tuple[QuerySet[Alert], QuerySet[Intake], QuerySet[Assessment], QuerySet[TreatmentSession]]:
    """Everybody's for ``user`` None. An alert that cannot wait shows in every inbox."""
    to_review = Intake.objects.waiting_for_review(today()).select_related(
        "patient", "appointment__practitioner__user", "screening", "review"
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
