"""What of the sessions waits for a physiotherapist."""

from django.db.models import Q, QuerySet

from people.models import User
from sessions.choices import AlertUrgency
from sessions.models import Alert, TreatmentSession

CANNOT_WAIT = (AlertUrgency.EMERGENCY, AlertUrgency.SAME_DAY)


def open_alerts_for(user: User) -> QuerySet[Alert]:
    """Open alerts of the user's own patients, and everybody's that cannot wait until tomorrow."""
    wanted = Q(practitioner__user=user) | Q(urgency__in=CANNOT_WAIT)
    return Alert.objects.open().filter(wanted).select_related("patient", "practitioner__user")


def unsigned_sessions_for(user: User) -> QuerySet[TreatmentSession]:
    """The user's sessions that are not signed, oldest first."""
    mine = TreatmentSession.objects.filter(practitioner__user=user, signed_at=None)
    return mine.select_related("patient", "practitioner__user").order_by("started_at")
