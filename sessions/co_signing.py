"""The co-signature of a session that a supervised physiotherapist signed."""

from django.db import transaction
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from people.models import Practitioner, User
from sessions.models import CoSignature, TreatmentSession

NOT_OWN = "Nobody co-signs a session of their own."
NOT_SUPERVISED = "A supervised physiotherapist does not co-sign."


class CannotCoSign(Exception):
    """Co-signing was refused, with the sentence why."""


def ask_for_co_signature(treatment: TreatmentSession, by: User) -> CoSignature | None:
    """Ask the supervisor of ``by``, who signs; None when nobody supervises them.

    Called inside the transaction of the signature; one audit line.
    """
    supervised = Practitioner.objects.filter(user=by).exclude(supervisor=None)
    signer = supervised.select_related("supervisor__user").first()
    if signer is None or signer.supervisor is None:
        return None
    asked = CoSignature.objects.create(treatment=treatment, asked_of=signer.supervisor.user)
    record(Action.CREATE, asked, patient_id=treatment.patient_id, detail="asked")
    return asked


@transaction.atomic
def co_sign(*, treatment: TreatmentSession, by: User) -> CoSignature:
    """Give the co-signature of now; audits. Giving it again changes nothing.

    Raises CannotCoSign for a session of one's own and for somebody who is supervised. The
    database refuses the first as well.
    """
    asked = CoSignature.objects.select_for_update().get(treatment=treatment)
    if asked.signed_at is not None:
        return asked
    if by.pk in (treatment.signed_by_id, treatment.practitioner.user_id):
        raise CannotCoSign(NOT_OWN)
    if Practitioner.objects.filter(user=by).exclude(supervisor=None).exists():
        raise CannotCoSign(NOT_SUPERVISED)
    asked.signed_at, asked.signed_by = timezone.now(), by
    asked.save(update_fields=["signed_at", "signed_by"])
    record(Action.SIGN, asked, patient_id=treatment.patient_id, detail="co-signed")
    return asked
