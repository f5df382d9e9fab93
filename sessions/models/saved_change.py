from django.db import models
from django.utils import timezone

from sessions.models.treatment import TreatmentSession


class SavedChange(models.Model):
    """The key of a change that is in an open session, so that sending it again changes nothing.

    Holds no content; gone when the session is signed.
    """

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="saved_changes"
    )
    key = models.UUIDField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["treatment", "key"], name="change_is_saved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key}"
