from django.db import models
from django.utils import timezone

from sessions.models.follow_up import SorenessFollowUp


class CheckDraft(models.Model):
    """What was typed in a check and not sent: its posted fields, each with its values.

    ``sequence`` is the time of the typing in milliseconds by the patient's device.
    """

    follow_up = models.OneToOneField(
        SorenessFollowUp, on_delete=models.PROTECT, related_name="draft"
    )
    data = models.JSONField(default=dict)
    sequence = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Draft of {self.follow_up}"

    @property
    def version(self) -> int:
        """The state of the answers that the typing is about: when they were last sent."""
        answered_at = self.follow_up.answered_at
        return int(answered_at.timestamp() * 1000) if answered_at else 0
