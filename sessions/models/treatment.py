from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessment.models import Assessment
from intake.models import Consent
from people.models import Patient, Practitioner
from scheduling.models import Appointment
from sessions.choices import COUNTED, MOST_TWITCHES, AdverseAnswer, Felt, NeedledSide, Twitch

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
    changes_since = models.TextField(
        blank=True, max_length=1000, help_text="What changed since the last visit."
    )
    pain_before = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN_RANGE)
    pain_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=PAIN_RANGE)
    adverse_answer = models.CharField(
        max_length=4, choices=AdverseAnswer, blank=True, help_text="Empty is not asked."
    )
    needles_out = models.PositiveSmallIntegerField(null=True, blank=True)
    needles_out_at = models.DateTimeField(
        null=True, blank=True, help_text="When the needles out were last counted."
    )
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
            ),
            models.CheckConstraint(
                condition=Q(adverse_answer__in=["", *AdverseAnswer.values]),
                name="adverse_answer_is_none_some_or_not_asked",
            ),
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
    twitch_count = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_TWITCHES)]
    )
    felt = models.CharField(max_length=10, choices=Felt, default=Felt.NOT_NOTED)
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
            models.CheckConstraint(
                condition=Q(twitch_count=None)
                | Q(twitch_count__gte=1, twitch_count__lte=MOST_TWITCHES, twitch__in=COUNTED),
                name="twitches_counted_1_to_99",
                violation_error_message="Only a weak or strong twitch is counted, from 1 to 99.",
            ),
            models.CheckConstraint(condition=Q(felt__in=Felt.values), name="felt_is_of_the_list"),
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
