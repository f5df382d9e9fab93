from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Patient, Practitioner
from sessions.choices import AlertUrgency
from sessions.models.follow_up import SorenessFollowUp


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> "AlertQuerySet":
        return self.filter(closed_at=None)


class Alert(models.Model):
    """An answer that asks for a person. Stays in the inbox until somebody writes what was done."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    follow_up = models.ForeignKey(SorenessFollowUp, on_delete=models.PROTECT, related_name="alerts")
    urgency = models.CharField(max_length=20, choices=AlertUrgency)
    reasons = models.JSONField(help_text="List of {question, text, action} as they were shown.")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )
    action_taken = models.TextField(blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(action_taken=""),
                name="closed_alert_says_what_was_done",
                violation_error_message="Write what was done before closing the alert.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="alert_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_urgency_display()}: {self.patient}"
