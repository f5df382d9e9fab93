from django.conf import settings
from django.db import models
from django.utils import timezone

from assessment.choices import Battery, BodySide, SegmentLabel
from people.models import Patient, Practitioner
from scheduling.models import Appointment


class Assessment(models.Model):
    """A bilateral examination. Closed by a database trigger once ``signed_at`` is set."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    appointment = models.ForeignKey(Appointment, null=True, blank=True, on_delete=models.PROTECT)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    battery = models.CharField(max_length=20, choices=Battery, default=Battery.NECK_ARM)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    model_version = models.CharField(max_length=40, blank=True)
    report = models.JSONField(null=True, blank=True, help_text="The segment report as signed.")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["patient", "-created_at"], name="assessment_of_patient")]

    def __str__(self) -> str:
        return f"Assessment of {self.created_at:%Y-%m-%d}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class Finding(models.Model):
    """One sign at one site on one side. No row means not tested, which is never normal."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    sign = models.CharField(max_length=40)
    site = models.CharField(max_length=60)
    side = models.CharField(max_length=5, choices=BodySide)
    value = models.DecimalField(max_digits=6, decimal_places=2)
    is_pain_inhibited = models.BooleanField(default=False)
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "sign", "site", "side"], name="one_value_a_side"
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=BodySide.values), name="finding_has_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.site} {self.side}: {self.value}"


class SegmentFlag(models.Model):
    """A nerve root that the engine flagged when the assessment was signed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="flags")
    root = models.CharField(max_length=3)
    side = models.CharField(max_length=5, choices=BodySide)
    label = models.CharField(max_length=10, choices=SegmentLabel)
    letters = models.CharField(max_length=5, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2)
    is_accepted = models.BooleanField(default=True)

    class Meta:
        ordering = ["-score"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "root", "side"], name="one_flag_a_root")
        ]

    def __str__(self) -> str:
        return f"{self.root} {self.side}: {self.label}"
