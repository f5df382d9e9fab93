"""What a clinic admin sees of the clinic: people, rooms, hours, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch

from ims_clinic.home import clinic_today
from people.models import Practitioner, User
from scheduling.models import AppointmentType, Availability, Location, Room

SOON = timedelta(days=60)


@dataclass(frozen=True)
class StaffRow:
    """A member of staff, whether a second factor is set up, and a note on the authorisation."""

    user: User
    has_second_factor: bool
    needling: str


@dataclass(frozen=True)
class Glance:
    clinic: Location | None
    staff: Sequence[StaffRow]
    rooms: Sequence[Room]
    types: Sequence[AppointmentType]
    hours: Sequence[Practitioner]


def clinic_at_a_glance() -> Glance:
    """Everything an admin checks, in a constant number of queries."""
    clinic, today = clinic_today()
    practitioners = Practitioner.objects.select_related("user").prefetch_related(
        Prefetch("availability_set", Availability.objects.select_related("room"))
    )
    by_user = {one.user_id: one for one in practitioners}
    secured = set(Authenticator.objects.values_list("user_id", flat=True))
    staff = [
        StaffRow(user, user.pk in secured, needling_words(by_user.get(user.pk), today))
        for user in User.objects.filter(is_active=True).order_by("role", "full_name")
    ]
    return Glance(
        clinic,
        staff,
        list(Room.objects.all()),
        list(AppointmentType.objects.filter(is_active=True)),
        list(by_user.values()),
    )


def needling_words(practitioner: Practitioner | None, today: date) -> str:
    """How long the authorisation to needle lasts, in words; empty for other staff."""
    if practitioner is None:
        return ""
    until = practitioner.needling_until
    if until is None:
        return "No needling authorisation on file"
    if until < today:
        return f"Needling authorisation ended {until:%-d %B %Y}"
    if until - today < SOON:
        return f"Needling authorisation ends soon: {until:%-d %B %Y}"
    return f"May needle until {until:%-d %B %Y}"
