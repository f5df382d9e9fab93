"""What of the sessions waits for a physiotherapist."""

from django.db.models import Q, QuerySet

from people.attention import held_by, with_holder
from people.models import User
from sessions.choices import AlertUrgency
from sessions.models import Alert, CoSignature, TreatmentSession

CANNOT_WAIT = (AlertUrgency.EMERGENCY, AlertUrgency.SAME_DAY)
TREATING = "practitioner__user"


def open_alerts_for(user: User) -> QuerySet[Alert]:
    """Open alerts of the user's own patients, and everybody's that cannot wait until tomorrow or
    were not opened in time.
    """
    wanted = held_by(user, TREATING) | Q(urgency__in=CANNOT_WAIT) | Q(is_passed_on=True)
    return with_holder(Alert.objects.open()).filter(wanted).select_related("patient", TREATING)


def unsigned_sessions_for(user: User) -> QuerySet[TreatmentSession]:
    """The user's sessions that are not signed, oldest first."""
    mine = with_holder(TreatmentSession.objects.filter(signed_at=None))
    mine = mine.filter(held_by(user, TREATING))
    return mine.select_related("patient", TREATING).order_by("started_at")


def waiting_co_signatures() -> QuerySet[CoSignature]:
    """Co-signatures that are asked for, with what names them, oldest first."""
    asked = with_holder(CoSignature.objects.waiting()).order_by("asked_at")
    return asked.select_related("treatment__patient", "treatment__practitioner__user", "asked_of")


def co_signatures_held_by(user: User) -> QuerySet[CoSignature]:
    """Those that wait for this physiotherapist."""
    return waiting_co_signatures().filter(held_by(user, "asked_of"))
