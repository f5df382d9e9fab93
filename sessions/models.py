from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assessment.models import Assessment
from intake.models import Consent
from people.models import Patient, PatientLink, Practitioner
from scheduling.models import Appointment
from sessions.choices import AlertUrgency, CheckHours, NeedledSide, Twitch

PAIN_RANGE = [MinValueValidator(0), MaxValueValidator(10)]


class TreatmentSession(models.Model):
    """One needling session. Closed by a database trigger once ``signed_at`` is set."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    appointment = models.OneToOneField(
        Appointment, null=True, blank=True, on_delete=models.PROTECT, related_name="treatment"
    )
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    assessment = models.ForeignKey(Assessment, null=True, blank=True, on_delete=models.PROTECT)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT)
    site = models.CharField(max_length=160, blank=True)
    pain_before = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN_RANGE)
    pain_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN_RANGE)
    needles_out = models.PositiveSmallIntegerField(null=True, blank=True)
    count_reason = models.CharField(max_length=200, blank=True)
    advice = models.TextField(blank=True)
    exercises = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    blocked_reason = models.TextField(
        blank=True,
        help_text="Why muscles that a relative rule blocks are needled.",
    )
    precautions = models.JSONField(default=list, help_text="Their words when it was signed.")
    lung_signs_told = models.BooleanField(
        default=False,
        help_text="The warning signs of a collapsed lung were told again.",
    )
    started_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["patient", "-started_at"], name="session_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(pain_before=None) | Q(pain_before__lte=10))
                & (Q(pain_after=None) | Q(pain_after__lte=10)),
                name="session_pain_0_to_10",
            )
        ]

    def __str__(self) -> str:
        return f"Session of {self.started_at:%Y-%m-%d}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def consent_withdrawn_at(self) -> datetime | None:
        """When the consent of this session was withdrawn, unless the patient signed again."""
        if self.consent.withdrawn_at is None:
            return None
        is_signed_again = Consent.objects.valid().filter(patient=self.patient_id).exists()
        return None if is_signed_again else self.consent.withdrawn_at


class NeedledMuscle(models.Model):
    """One muscle on one side in one session."""

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="muscles"
    )
    muscle = models.CharField(max_length=60)
    side = models.CharField(max_length=5, choices=NeedledSide)
    segment = models.CharField(max_length=3, blank=True)
    needle_gauge_mm = models.DecimalField(max_digits=3, decimal_places=2, default="0.30")
    needle_length_mm = models.PositiveSmallIntegerField(default=40)
    insertions = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    twitch = models.CharField(max_length=10, choices=Twitch, default=Twitch.NOT_NOTED)
    twitch_count = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["treatment", "muscle", "side"],
                name="one_row_a_muscle_and_side",
                violation_error_message="This muscle is already in the session on this side.",
            ),
            models.CheckConstraint(
                condition=Q(insertions__gte=1) & Q(insertions__lte=30), name="insertions_1_to_30"
            ),
            models.CheckConstraint(
                condition=Q(side__in=NeedledSide.values), name="needled_muscle_has_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.muscle} {self.side}"


class Addendum(models.Model):
    """A dated addition to a signed session; itself never changed."""

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="addenda"
    )
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return f"Addendum of {self.written_at:%Y-%m-%d}"


class SorenessFollowUp(models.Model):
    """The 24 h or 48 h check after a signed session: due, sent by link, answered once."""

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="follow_ups"
    )
    hours = models.PositiveSmallIntegerField(choices=CheckHours)
    due_at = models.DateTimeField(db_index=True)
    link = models.OneToOneField(PatientLink, null=True, blank=True, on_delete=models.PROTECT)
    sent_at = models.DateTimeField(null=True, blank=True)
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
