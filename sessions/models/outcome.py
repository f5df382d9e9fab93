from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Patient


class OutcomeScoreQuerySet(models.QuerySet["OutcomeScore"]):
    def current(self) -> "OutcomeScoreQuerySet":
        """The newest version of each score, without those taken out."""
        return self.filter(newer=None).exclude(score=None)


class OutcomeScore(models.Model):
    """One measurement with an outcome measure. Append-only: a correction is a newer version.

    ``low`` and ``high`` are the range as it was when it was taken. A version without a score takes
    the measurement out.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    measure = models.CharField(max_length=30)
    taken_on = models.DateField()
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    low = models.SmallIntegerField()
    high = models.SmallIntegerField()
    answers = models.JSONField(default=list, help_text="List of {item, value} as they were asked.")
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="newer"
    )
    reason = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OutcomeScoreQuerySet.as_manager()

    class Meta:
        ordering = ["taken_on", "id"]
        indexes = [models.Index(fields=["patient", "measure", "taken_on"], name="score_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None, replaces__isnull=False)
                | Q(score__gte=F("low"), score__lte=F("high")),
                name="score_within_its_range",
                violation_error_message="The score is outside the range of its measure.",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""),
                name="corrected_score_has_a_reason",
                violation_error_message="Write why the score is corrected.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.taken_on}: {self.score}"

    @property
    def activities(self) -> tuple[str, ...]:
        """What was rated, in order."""
        return tuple(answer["item"] for answer in self.answers)
