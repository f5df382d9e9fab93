"""Consents that patients took back by their link: their physiotherapists learn it until seen."""

from django.db.models import Exists, OuterRef, QuerySet

from audit.choices import Action
from audit.models import AuditEvent
from intake.choices import AskedBy
from intake.models import Consent
from people.models import User
from scheduling.models import Appointment


def unseen_withdrawals(user: User | None) -> QuerySet[Consent]:
    """Withdrawn by the patient's link, with no newer consent, and the record not opened since.

    Those of the user's patients until this user opens the record; for ``user`` None those of the
    whole clinic until anybody does.
    """
    of_patient = Consent.objects.filter(patient=OuterRef("patient"))
    newer = of_patient.filter(signed_at__gt=OuterRef("signed_at"))
    seen = AuditEvent.objects.filter(
        patient_number=OuterRef("patient"), action=Action.VIEW, at__gt=OuterRef("withdrawn_at")
    )
    known = Consent.objects.filter(withdrawal_asked_by=AskedBy.LINK)
    known = known.exclude(Exists(newer)).select_related("patient")
    if user is None:
        return known.exclude(Exists(seen))
    booked = Appointment.objects.filter(patient=OuterRef("patient"), practitioner__user=user)
    return known.filter(Exists(booked)).exclude(Exists(seen.filter(actor=f"user:{user.pk}")))
