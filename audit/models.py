from django.db import models
from django.db.models.functions import Now

from audit.choices import Action


class AuditEvent(models.Model):
    """One line of what happened: row history by trigger, acts and reads by ``audit.services``.

    Append-only: the application's database role may insert and select, triggers refuse the rest.
    """

    at = models.DateTimeField(db_default=Now())
    actor = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=10, choices=Action)
    subject = models.CharField(max_length=63)
    subject_id = models.CharField(max_length=40, blank=True)
    patient_number = models.BigIntegerField(null=True, blank=True)
    changes = models.JSONField(null=True, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["patient_number", "-id"], name="audit_by_patient"),
            models.Index(fields=["subject", "subject_id", "-id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject} {self.subject_id}"
