"""The one reminder of a check that is not answered: six hours later, never at night."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.choices import Action
from audit.services import record
from scheduling.models import Location
from sessions.follow_up import BODY, LATEST, write_to_patient
from sessions.models import SorenessFollowUp

REMIND_AFTER = timedelta(hours=6)
# A new link closes the page of whoever is at it.
AT_IT = timedelta(minutes=30)
SUBJECT = _("Reminder: a few short questions from {clinic}")


def checks_to_remind(now: datetime) -> QuerySet[SorenessFollowUp]:
    """Checks that get their one reminder now: sent six hours ago, open, not answered.

    Not to whoever opened the page or typed on it just now, and not when it would be a day late.
    """
    at_it = Q(draft__saved_at__gt=now - AT_IT) | Q(link__opened_at__gt=now - AT_IT)
    return (
        SorenessFollowUp.objects.filter(
            answered_at=None,
            reminded_at=None,
            sent_at__lte=now - REMIND_AFTER,
            sent_at__gt=now - REMIND_AFTER - LATEST,
            link__revoked_at=None,
            link__expires_at__gt=now,
        )
        .exclude(at_it)
        .exclude(treatment__patient__email="")
        .order_by("sent_at", "pk")
    )


@transaction.atomic
def remind_check(follow_up: SorenessFollowUp) -> SorenessFollowUp | None:
    """Send the reminder once; None when it is no longer wanted.

    Holds the row, so that a second worker or an answer meanwhile cannot cross it. Makes a new
    link, which closes the old one and ends as that would have, queues the message, audits.
    """
    SorenessFollowUp.objects.select_for_update().get(pk=follow_up.pk)
    now = timezone.now()
    held = checks_to_remind(now).filter(pk=follow_up.pk).first()
    clinic = Location.objects.order_by("pk").first()
    if held is None or held.link is None or clinic is None:
        return None
    held.reminded_at = now
    write_to_patient(held, clinic, SUBJECT, BODY, ends_at=held.link.expires_at)
    record(Action.SEND, held, patient_id=held.treatment.patient_id, detail="reminder")
    return held
