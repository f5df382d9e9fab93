from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessment.choices import Battery, BodySide, Decision, SegmentLabel
from people.models import Patient, Practitioner
from scheduling.models import Appointment


class Assessment(models.Model):
    """A bilateral examination. Closed by a database trigger once ``signed_at`` is set."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    appointment = models.ForeignKey(Appointment, null=True, blank=True, on_delete=models.PROTECT)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    battery = models.CharField(max_length=20, choices=Battery, default=Battery.NECK_ARM)
    groups = models.JSONField(
        default=list, blank=True, help_text="What was picked for a selection of one's own."
    )
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    red_flag_action = models.TextField(blank=True, help_text="What was done about a red flag.")
    model_version = models.CharField(max_length=40, blank=True)
    report = models.JSONField(null=True, blank=True, help_text="The segment report as signed.")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["patient", "-created_at"], name="assessment_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None)
                | ~Q(report__pattern="red_flag")
                | ~Q(red_flag_action=""),
                name="signed_red_flag_was_reviewed",
                violation_error_message="Write what you did about the red flag, then sign.",
            )
        ]

    def __str__(self) -> str:
        return f"Assessment of {self.created_at:%Y-%m-%d}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class OwnSelection(models.Model):
    """The groups of a selection that a practitioner gave a name, to be chosen again."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    name = models.CharField(max_length=40)
    groups = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "name"], name="one_selection_of_a_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="own_selection_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


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
                condition=Q(side__in=BodySide.values), name="finding_has_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.site} {self.side}: {self.value}"


class MuscleNote(models.Model):
    """A short note on one muscle of one side. No row means that nothing was noted."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="muscle_notes"
    )
    muscle = models.CharField(max_length=60)
    side = models.CharField(max_length=5, choices=BodySide)
    text = models.CharField(max_length=200)
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "muscle", "side"], name="one_note_a_muscle_and_side"
            ),
            models.CheckConstraint(
                condition=Q(side__in=BodySide.values), name="muscle_note_has_a_side"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="muscle_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.muscle} {self.side}: {self.text}"


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


class FlagDecision(models.Model):
    """What the physiotherapist decided about a flag. The engine's own output stays as it is."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="decisions")
    root = models.CharField(max_length=3)
    side = models.CharField(max_length=5, choices=BodySide)
    decision = models.CharField(max_length=10, choices=Decision)
    amended_root = models.CharField(max_length=3, blank=True)
    amended_side = models.CharField(max_length=5, choices=BodySide, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "root", "side"], name="one_decision_a_flag"
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.ACCEPTED) | ~Q(reason=""),
                name="decision_against_the_engine_has_a_reason",
                violation_error_message="Write why you reject or amend the flag.",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.AMENDED, amended_side__in=BodySide.values)
                & ~Q(amended_root="")
                | ~Q(decision=Decision.AMENDED) & Q(amended_root="", amended_side=""),
                name="amended_flag_names_root_and_side",
                violation_error_message="Choose the root and the side that you find instead.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.root} {self.side}: {self.get_decision_display()}"

    @property
    def level(self) -> tuple[str, str] | None:
        """The root and side that hold after the decision; None when it was rejected."""
        match self.decision:
            case Decision.ACCEPTED:
                return self.root, self.side
            case Decision.AMENDED:
                return self.amended_root, self.amended_side
        return None


class PlannedMuscle(models.Model):
    """A muscle that the physiotherapist plans to needle, ticked by hand."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="plan")
    muscle = models.CharField(max_length=60)
    side = models.CharField(max_length=5, choices=BodySide)
    root = models.CharField(max_length=3)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "muscle", "side"], name="one_plan_a_muscle_and_side"
            ),
            models.CheckConstraint(
                condition=Q(side__in=BodySide.values), name="planned_muscle_has_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.muscle} {self.side}"


class AssessmentAddendum(models.Model):
    """A dated correction of a signed assessment; itself never changed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"Addendum of {self.written_at:%Y-%m-%d}"
