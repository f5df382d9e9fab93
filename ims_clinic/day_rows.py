from datetime import date, datetime, timedelta

from ims_clinic.board import DayRows
from ims_clinic.home import clinic_today
from intake.services import status_badges
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment, Availability
from scheduling.wall_clock import day_bounds

# What a card shows, and nothing more of patient, staff and type: a day is read every 15 seconds.
SHOWN = (
    *("patient__given_name", "patient__family_name"),
    *("practitioner__user__full_name", "appointment_type__name", "appointment_type__needs_intake"),
    *("starts_at", "ends_at", "busy_from", "busy_until", "status", "arrived_at", "version"),
)


def read_day(day: date | None, now: datetime, *, with_cancelled: bool) -> DayRows | None:
    """Read a day, today when none is named: three queries, one more without working hours.

    None while the clinic has no location.
    """
    clinic, today = clinic_today() if day is None else (None, day)
    hours = list(
        Availability.objects.filter(weekday=today.weekday(), practitioner__is_bookable=True)
        .select_related("practitioner__user", "room__location")
        .order_by("starts")
    )
    clinic = clinic or (hours[0].room.location if hours else clinic_today()[0])
    if clinic is None:
        return None
    found = Appointment.objects.between(*day_bounds(today, clinic.time_zone))
    joined = found.select_related("patient", "practitioner__user", "appointment_type")
    everything = list(joined.only(*SHOWN).order_by("starts_at", "id"))
    kept = [one for one in everything if one.status != AppointmentStatus.CANCELLED]
    shown = everything if with_cancelled else kept
    return DayRows(
        day=today,
        now=now,
        zone=clinic.zone,
        hours=hours,
        appointments=shown,
        badges=status_badges(shown),
        cancelled=len(everything) - len(kept),
    )


def next_open_day(after: date) -> date | None:
    """The first day after that one on which somebody works."""
    weekdays = set(
        Availability.objects.filter(practitioner__is_bookable=True).values_list(
            "weekday", flat=True
        )
    )
    days = (after + timedelta(days=n) for n in range(1, 8))
    return next((day for day in days if day.weekday() in weekdays), None)
