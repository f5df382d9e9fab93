from django.db import models
from django.db.models import Q

from sessions.models.treatment import TreatmentSession


class AdviceGiven(models.Model):
    """One piece of the standard advice that was told in a session, in its words of that day."""

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="advice_given"
    )
    advice = models.CharField(max_length=20)
    words = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["treatment", "advice"], name="an_advice_once_a_session"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="advice_has_words"),
        ]

    def __str__(self) -> str:
        return self.words
