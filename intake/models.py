from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinical.screening_status import is_grave
from clinical.vocabulary import Urgency
from intake.choices import NEEDLING_ALLOWED, IntakeStatus, ReviewDecision
from people.models import Patient, PatientLink
from scheduling.models import Appointment


class IntakeForm(models.Model):
    """One version of the questions. A row is never changed: a new wording is a new version."""

    version = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.version


class IntakeQuerySet(models.QuerySet["Intake"]):
    def for_patient(self, patient: Patient) -> "IntakeQuerySet":
        return self.filter(patient=patient)

    def waiting_for_review(self) -> "IntakeQuerySet":
        return self.filter(status=IntakeStatus.SUBMITTED)


class Intake(models.Model):
    """One patient's filling in of the form, before one appointment."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.PROTECT, related_name="intakes"
    )
    form = models.ForeignKey(IntakeForm, on_delete=models.PROTECT)
    link = models.OneToOneField(PatientLink, null=True, blank=True, on_delete=models.PROTECT)
    status = models.CharField(max_length=12, choices=IntakeStatus, default=IntakeStatus.SENT)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["patient", "-id"], name="intake_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=("submitted", "reviewed")) | Q(submitted_at__isnull=False),
                name="intake_submitted_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"Intake {self.pk} ({self.get_status_display()})"


class IntakeAnswer(models.Model):
    """One answer with the wording it answered; ``value`` is a word of the question's options."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    wording = models.TextField()
    value = models.CharField(max_length=500)
    detail = models.TextField(blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class Consent(models.Model):
    """Consent to needling: the statements as shown, each ticked, and the typed name."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    intake = models.OneToOneField(Intake, null=True, blank=True, on_delete=models.PROTECT)
    form_version = models.CharField(max_length=40)
    statements = models.JSONField(help_text="List of {id, text} as shown and ticked.")
    signed_name = models.CharField(max_length=160)
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-signed_at"]

    def __str__(self) -> str:
        return f"Consent of {self.signed_at:%Y-%m-%d}"

    @property
    def is_valid(self) -> bool:
        return self.withdrawn_at is None


class ScreeningResult(models.Model):
    """What the screening rules said of a submitted intake, with reasons and the rules' version."""

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="screening")
    status = models.CharField(max_length=30)
    urgency = models.CharField(max_length=20)
    ruleset_version = models.CharField(max_length=40)
    reasons = models.JSONField()
    alerts = models.JSONField(help_text="Short words for the patient banner.")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.status} ({self.ruleset_version})"

    @property
    def is_grave(self) -> bool:
        """True when needling is forbidden for now, or a red flag is not ruled out."""
        return is_grave(self.status) or Urgency(self.urgency) >= Urgency.URGENT


class IntakeReview(models.Model):
    """The physiotherapist's decision on a submitted intake."""

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="review")
    decision = models.CharField(max_length=20, choices=ReviewDecision)
    note = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    reviewed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.get_decision_display()

    @property
    def allows_needling(self) -> bool:
        return self.decision in NEEDLING_ALLOWED
