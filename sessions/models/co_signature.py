from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sessions.models.treatment import TreatmentSession


class CoSignatureQuerySet(models.QuerySet["CoSignature"]):
    def waiting(self) -> "CoSignatureQuerySet":
        return self.filter(signed_at=None)


class CoSignature(models.Model):
    """The co-signature of a session that a supervised physiotherapist signed.

    Asked of the supervisor when the session is signed. Closed by a database trigger once it is
    given; the same trigger refuses that anybody co-signs a session of their own.
    """

    treatment = models.OneToOneField(
        TreatmentSession, on_delete=models.PROTECT, related_name="co_signature"
    )
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="co_signatures_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="co_signatures",
    )

    objects = CoSignatureQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="co_signature_names_its_signer",
            )
        ]

    def __str__(self) -> str:
        return f"Co-signature of session {self.treatment_id}"
