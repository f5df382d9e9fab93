from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sessions.models.treatment import TreatmentSession


class CountClosure(models.Model):
    """What was done about needles that did not come out as they went in; itself never changed.

    It closes the difference between these two numbers and no other.
    """

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="count_closures"
    )
    needles_in = models.PositiveSmallIntegerField()
    needles_out = models.PositiveSmallIntegerField()
    action_taken = models.TextField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    closed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["closed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(action_taken=""), name="count_closure_says_what_was_done"
            ),
            models.CheckConstraint(
                condition=~Q(needles_in=F("needles_out")), name="count_closure_has_a_difference"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.needles_in} in, {self.needles_out} out: {self.action_taken}"
