"""The demo clinic's premises: location, rooms, appointment types, staff and working hours."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from ims_clinic.demo_accounts import ACCOUNTS, PASSWORD
from people.choices import Role
from people.models import PhoneListEntry, Practitioner, User
from scheduling.choices import AppointmentKind
from scheduling.models import AppointmentType, Availability, Location, Room

# practitioner, weekdays, hours, room: three rooms, so two of four share one by the clock
HOURS = (
    ("physio@demo.example", (0, 1, 2, 3, 4, 5, 6), ((8, 12), (13, 16)), 0),
    ("tom@demo.example", (0, 1, 2, 3, 4, 5, 6), ((9, 12), (13, 17)), 1),
    ("sunita@demo.example", (0, 1, 2, 3, 4), ((8, 12),), 2),
    ("ben@demo.example", (0, 1, 2, 3, 4), ((13, 18),), 2),
)

PHONE_LIST = (
    ("Mara Lindqvist", "lead physiotherapist", "604 555 0111"),
    ("Alex Winter", "clinic manager", "604 555 0112"),
)


@dataclass(frozen=True)
class Premises:
    location: Location
    initial: AppointmentType
    follow_up: AppointmentType
    rooms: tuple[Room, ...]
    practitioners: tuple[Practitioner, ...]
    desk: tuple[User, ...]

    def room_of(self, practitioner: int) -> Room:
        """Where the practitioner of that place in HOURS works."""
        return self.rooms[HOURS[practitioner][3]]


def open_clinic(today: date) -> Premises:
    """Create everything a clinic needs before its first patient."""
    location = Location.objects.create(
        name="Harbour IMS Clinic",
        address="12 Wharf Street, Vancouver",
        phone="604 555 0100",
        email="hello@harbour.example",
        time_zone=settings.CLINIC_TIME_ZONE,
    )
    rooms = [Room.objects.create(location=location, name=f"Room {n}") for n in (1, 2, 3)]
    for place, (name, role, phone) in enumerate(PHONE_LIST, start=1):
        PhoneListEntry.objects.create(place=place, name=name, role=role, phone=phone)
    hashed = make_password(PASSWORD)
    users = {
        email: User.objects.create(email=email, password=hashed, full_name=name, role=role)
        for email, name, role in ACCOUNTS
    }
    practitioners = [_practitioner(users, row, rooms, today) for row in HOURS]
    return Premises(
        location=location,
        initial=AppointmentType.objects.create(
            name="Initial IMS assessment",
            kind=AppointmentKind.INITIAL,
            duration_minutes=60,
            needs_intake=True,
        ),
        follow_up=AppointmentType.objects.create(
            name="IMS follow-up", kind=AppointmentKind.FOLLOW_UP, duration_minutes=30
        ),
        rooms=tuple(rooms),
        practitioners=tuple(practitioners),
        desk=tuple(user for user in users.values() if user.role == Role.FRONT_DESK),
    )


def _practitioner(
    users: dict[str, User],
    row: tuple[str, tuple[int, ...], tuple[tuple[int, int], ...], int],
    rooms: list[Room],
    today: date,
) -> Practitioner:
    email, weekdays, spans, room = row
    practitioner = Practitioner.objects.create(
        user=users[email], needling_until=today + timedelta(days=400)
    )
    for weekday in weekdays:
        for starts, ends in spans:
            Availability.objects.create(
                practitioner=practitioner,
                room=rooms[room],
                weekday=weekday,
                starts=time(starts),
                ends=time(ends),
            )
    return practitioner
