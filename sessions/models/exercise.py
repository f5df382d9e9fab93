from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sessions.choices import Figure
from sessions.models.treatment import TreatmentSession

MOST_SETS, MOST_REPETITIONS, LONGEST_HOLD, MOST_TIMES = 10, 100, 300, 12


def counted(most: int, least: int = 1) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


DOSE_RANGE = (
    Q(sets__gte=1, sets__lte=MOST_SETS)
    & Q(repetitions__gte=1, repetitions__lte=MOST_REPETITIONS)
    & Q(hold_seconds__lte=LONGEST_HOLD)
    & Q(times_a_day__gte=1, times_a_day__lte=MOST_TIMES)
)


class ExerciseWords(models.Model):
    """What an exercise says and its dose: the library's own, or as it was given to a patient."""

    name = models.CharField(max_length=80)
    instructions = models.TextField(max_length=1000)
    figure = models.CharField(max_length=20, choices=Figure, blank=True)
    sets = models.PositiveSmallIntegerField(default=1, validators=counted(MOST_SETS))
    repetitions = models.PositiveSmallIntegerField(default=10, validators=counted(MOST_REPETITIONS))
    hold_seconds = models.PositiveSmallIntegerField(
        default=0, validators=counted(LONGEST_HOLD, least=0)
    )
    times_a_day = models.PositiveSmallIntegerField(default=1, validators=counted(MOST_TIMES))
    version = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def dose(self) -> str:
        """2 sets of 10, hold 5 seconds, 3 times a day."""
        sets = "1 set" if self.sets == 1 else f"{self.sets} sets"
        hold = f", hold {self.hold_seconds} seconds" if self.hold_seconds else ""
        a_day = "once a day" if self.times_a_day == 1 else f"{self.times_a_day} times a day"
        return f"{sets} of {self.repetitions}{hold}, {a_day}"


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def active(self) -> Self:
        return self.filter(retired_at=None)


class Exercise(ExerciseWords):
    """One exercise of the clinic's library. ``version`` counts up when its words change."""

    muscles = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="What it works on."
    )
    source = models.CharField(max_length=200, help_text="A publication, or own wording.")
    starter = models.CharField(max_length=40, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=DOSE_RANGE, name="exercise_dose"),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(retired_at=None),
                name="one_active_exercise_a_name",
                violation_error_message="An exercise of this name is in the library already.",
            ),
            models.UniqueConstraint(
                fields=["starter"], condition=~Q(starter=""), name="one_exercise_a_starter"
            ),
        ]


class PrescribedExercise(ExerciseWords):
    """An exercise of a session's home programme, in the words and the dose it was given with."""

    treatment = models.ForeignKey(
        TreatmentSession, on_delete=models.PROTECT, related_name="home_exercises"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=DOSE_RANGE, name="prescribed_dose"),
            models.UniqueConstraint(
                fields=["treatment", "exercise"],
                name="an_exercise_once_a_session",
            ),
        ]
