from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clinical.adverse_events import adverse_kinds
from sessions.choices import AdverseGrade, AdverseOutcome, NeedledSide
from sessions.models.alert import Alert
from sessions.models.treatment import TreatmentSession


class AdverseEventQuerySet(models.QuerySet["AdverseEvent"]):
    def open(self) -> "AdverseEventQuerySet":
        return self.filter(closing=None)


class AdverseEvent(models.Model):
    """What went wrong in or after a session. Stays in the inbox until a person closes it.

    A database trigger keeps the row unchanged once the session is signed; a later event is a row
    of its own, dated after the signature.
    """

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="adverse_events"
    )
    alert = models.ForeignKey(
        Alert, null=True, blank=True, on_delete=models.PROTECT, related_name="adverse_events"
    )
    kind = models.CharField(max_length=30, help_text="An id of clinical.adverse_events.")
    words = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=12, choices=AdverseGrade)
    happened_at = models.DateTimeField()
    muscle = models.CharField(max_length=60, blank=True)
    side = models.CharField(max_length=5, choices=NeedledSide, blank=True)
    action_taken = models.TextField()
    outcome = models.CharField(max_length=10, choices=AdverseOutcome)
    is_patient_told = models.BooleanField()
    follow_up_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = AdverseEventQuerySet.as_manager()

    class Meta:
        ordering = ["happened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(words=""),
                name="other_adverse_event_says_what",
                violation_error_message="Write what happened.",
            ),
            models.CheckConstraint(
                condition=Q(grade__in=AdverseGrade.values) & Q(outcome__in=AdverseOutcome.values),
                name="adverse_event_has_a_grade_and_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(muscle="", side="") | ~Q(muscle="") & Q(side__in=NeedledSide.values),
                name="adverse_event_at_a_muscle_has_a_side",
                violation_error_message="Choose the muscle with its side.",
            ),
            models.CheckConstraint(
                condition=~Q(action_taken=""),
                name="adverse_event_says_what_was_done",
                violation_error_message="Write what was done.",
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("recorded_at")),
                name="adverse_event_happened_before_it_was_recorded",
                violation_error_message="The time lies in the future.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grade_display()}: {self.kind}"

    @property
    def name(self) -> str:
        """What happened, with the words written to it."""
        kind = adverse_kinds().get(self.kind)
        known = kind.name if kind else self.kind.replace("_", " ")
        return f"{known}: {self.words}" if self.words else known

    @property
    def is_serious(self) -> bool:
        return self.grade == AdverseGrade.SERIOUS

    @property
    def is_late(self) -> bool:
        """Whether it was recorded after the session was signed."""
        signed_at = self.treatment.signed_at
        return signed_at is not None and self.recorded_at >= signed_at


class AdverseClosing(models.Model):
    """What was done about an adverse event in the end; itself never changed."""

    event = models.OneToOneField(AdverseEvent, on_delete=models.PROTECT, related_name="closing")
    done = models.TextField()
    outcome = models.CharField(max_length=10, choices=AdverseOutcome)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    closed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(done="") & Q(outcome__in=AdverseOutcome.values),
                name="closed_adverse_event_says_what_was_done",
                violation_error_message="Write what was done before closing it.",
            )
        ]

    def __str__(self) -> str:
        return f"Closed on {self.closed_at:%Y-%m-%d}"
