from django.db import models
from django.db.models import F, Q

from people.models import PatientLink
from sessions.choices import CheckHours
from sessions.models.treatment import PAIN_RANGE, TreatmentSession


class SorenessFollowUp(models.Model):
    """One check after a session: due, sent by link, reminded of once, answered and corrected."""

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="follow_ups"
    )
    hours = models.PositiveSmallIntegerField(choices=CheckHours)
    due_at = models.DateTimeField(db_index=True)
    link = models.OneToOneField(PatientLink, null=True, blank=True, on_delete=models.PROTECT)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    soreness = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN_RANGE)
    pain = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN_RANGE)
    urgency = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["treatment", "hours"]
        constraints = [
            models.UniqueConstraint(fields=["treatment", "hours"], name="one_check_a_time"),
            models.CheckConstraint(
                condition=(Q(soreness=None) | Q(soreness__lte=10))
                & (Q(pain=None) | Q(pain__lte=10)),
                name="check_0_to_10",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at=None)
                | (Q(sent_at__isnull=False) & Q(sent_at__lte=F("reminded_at"))),
                name="check_reminds_after_sending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h check of session {self.treatment_id}"


class FollowUpAnswer(models.Model):
    """One answer of a check with the wording it answered."""

    follow_up = models.ForeignKey(
        SorenessFollowUp, on_delete=models.PROTECT, related_name="answers"
    )
    question = models.CharField(max_length=60)
    wording = models.TextField()
    value = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "question"], name="one_answer_a_check_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"
