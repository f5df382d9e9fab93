from django.db import models
from django.db.models import Q
from django.utils import timezone

from sessions.choices import NeedledSide
from sessions.models.treatment import TreatmentSession


class CautionReason(models.Model):
    """Why a caution was needled past. It answers these words of the caution and no others.

    ``muscle`` and ``side`` are empty where the caution is about the whole session.
    """

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="caution_reasons"
    )
    rule = models.CharField(max_length=40)
    muscle = models.CharField(max_length=60, blank=True)
    side = models.CharField(max_length=5, blank=True, choices=NeedledSide)
    text = models.TextField()
    reason = models.CharField(max_length=80)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["treatment", "rule", "muscle", "side"], name="one_reason_a_caution"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="caution_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"
