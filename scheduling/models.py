from collections.abc import Collection
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Patient, Practitioner
from scheduling.choices import INACTIVE, AppointmentKind, AppointmentStatus, Weekday
from scheduling.constraints import never_twice


class Location(models.Model):
    """The clinic's address. One clinic an installation; its zone rules every wall-clock time."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=30)
    email = models.EmailField(blank=True)
    emergency_number = models.CharField(max_length=20, default="911")
    time_zone = models.CharField(max_length=60, default="America/Vancouver")

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Room(models.Model):
    location = models.ForeignKey(Location, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AppointmentType(models.Model):
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=AppointmentKind)
    duration_minutes = models.PositiveSmallIntegerField()
    buffer_minutes = models.PositiveSmallIntegerField(default=0, help_text="Kept free afterwards.")
    needs_intake = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["-duration_minutes", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=5), name="appointment_type_lasts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Availability(models.Model):
    """Weekly working hours of a practitioner as wall-clock times, with the room they work in."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE)
    room = models.ForeignKey(Room, on_delete=models.PROTECT)
    weekday = models.SmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="availability_runs")
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}-{self.ends:%H:%M}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def active(self) -> Self:
        return self.exclude(status__in=INACTIVE)

    def between(self, start: datetime, end: datetime) -> Self:
        """Appointments that start in [start, end)."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def with_people(self) -> Self:
        """Join what a calendar card shows, so that no card asks the database again."""
        return self.select_related(
            "patient", "practitioner__user", "room__location", "appointment_type"
        )


class Appointment(models.Model):
    """A booked period. UTC instants rule; wall time and zone say what was meant."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT)
    room = models.ForeignKey(Room, on_delete=models.PROTECT)
    appointment_type = models.ForeignKey(AppointmentType, on_delete=models.PROTECT)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    busy_from = models.DateTimeField(help_text="With the buffers: what the constraints guard.")
    busy_until = models.DateTimeField()
    wall_date = models.DateField()
    wall_time = models.TimeField()
    time_zone = models.CharField(max_length=60)
    status = models.CharField(
        max_length=12, choices=AppointmentStatus, default=AppointmentStatus.BOOKED
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )
    created_at = models.DateTimeField(default=timezone.now)
    arrived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["patient", "-starts_at"], name="appointment_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"))
                & Q(busy_from__lte=F("starts_at"))
                & Q(busy_until__gte=F("ends_at")),
                name="appointment_runs",
                violation_error_message="The end must be after the start.",
            ),
            never_twice("practitioner", "This practitioner already has an appointment then."),
            never_twice("room", "This room is already taken then."),
            never_twice("patient", "This patient already has an appointment then."),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_type} {self.wall_date} {self.wall_time:%H:%M}"

    @property
    def is_active(self) -> bool:
        return self.status not in INACTIVE

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.time_zone))

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check overlaps also when a form leaves out a field whose value is already set."""
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "The end must be after the start."})
        columns = {field.name: field.attname for field in self._meta.concrete_fields}
        keep = {name for name in (exclude or ()) if getattr(self, columns[name]) is None}
        super().validate_constraints(exclude=keep)
