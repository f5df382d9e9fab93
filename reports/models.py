from django.db import models
from django.utils import timezone

from intake.models import Consent


class DocumentName(models.TextChoices):
    CONSENT = "consent", "Consent to needling"


class SignedDocument(models.Model):
    """A document as it was made when it was signed. The row is append-only, bytes and hash agree.

    ``template_version`` names the page and the style that made it; it is never made again.
    """

    kind = models.CharField(max_length=12, choices=DocumentName, default=DocumentName.CONSENT)
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="+")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    template_version = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.made_at:%Y-%m-%d}"
