from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from clinical.care_course import INTERVAL_DAYS, MOST_BETWEEN
from people.models import Patient
from sessions.models.treatment import TreatmentSession

MOST_SESSIONS, LONGEST_INTERVAL = 60, 90


def reassess_every() -> int:
    """The clinic's own number, where a plan says nothing else."""
    return settings.REASSESS_EVERY


def up_to(most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(1), MaxValueValidator(most)]


COURSE_RANGE = (
    (Q(sessions_proposed=None) | Q(sessions_proposed__gte=1, sessions_proposed__lte=MOST_SESSIONS))
    & Q(reassess_every__gte=1, reassess_every__lte=MOST_BETWEEN)
    & Q(interval_days__gte=1, interval_days__lte=LONGEST_INTERVAL)
)


class CourseNumbers(models.Model):
    """How many sessions are proposed and why, how often, and when to examine again."""

    sessions_proposed = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=up_to(MOST_SESSIONS)
    )
    number_reason = models.CharField(max_length=200, blank=True)
    reassess_every = models.PositiveSmallIntegerField(
        default=reassess_every, validators=up_to(MOST_BETWEEN)
    )
    interval_days = models.PositiveSmallIntegerField(
        default=INTERVAL_DAYS, validators=up_to(LONGEST_INTERVAL)
    )

    class Meta:
        abstract = True


class CarePlanQuerySet(models.QuerySet["CarePlan"]):
    def open(self) -> Self:
        return self.filter(ended_on=None)


class CarePlan(CourseNumbers):
    """An episode: one problem of a patient, from the session it began in until it is closed."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="care_plans")
    problem = models.CharField(max_length=160)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    objects = CarePlanQuerySet.as_manager()

    class Meta:
        ordering = ["started_on", "id"]
        constraints = [
            models.CheckConstraint(condition=COURSE_RANGE, name="care_plan_numbers"),
            models.CheckConstraint(condition=~Q(problem=""), name="care_plan_names_its_problem"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="care_plan_ends_after_its_start",
            ),
            models.UniqueConstraint(
                fields=["patient", "problem"],
                condition=Q(ended_on=None),
                name="one_open_plan_a_problem",
                violation_error_message="There is an open plan for this problem already.",
            ),
        ]

    def __str__(self) -> str:
        return self.problem


class PlannedSession(CourseNumbers):
    """A session's place in a plan, with the numbers of the plan as they were in that session."""

    treatment = models.OneToOneField(
        TreatmentSession, on_delete=models.PROTECT, related_name="planned"
    )
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="sessions")

    class Meta:
        ordering = ["treatment__started_at", "id"]
        constraints = [models.CheckConstraint(condition=COURSE_RANGE, name="planned_numbers")]

    def __str__(self) -> str:
        return f"Session of {self.plan}"
