"""The clinic that is measured: the demo, one day of exactly 30 appointments, and browsers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from django.utils import timezone

from benchmarks.caller import Caller, signed_in
from ims_clinic.demo.fill import fill
from people.models import Patient, Practitioner, User
from scheduling.choices import AppointmentKind
from scheduling.models import AppointmentType, Room
from scheduling.services import book_appointment

ON_THE_DAY, FIRST = 30, time(8)
DESK = "desk@demo.example"
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Scene:
    handler: WSGIHandler
    desk: Caller
    physio: Caller
    patients: tuple[Patient, ...]
    practitioners: tuple[Practitioner, ...]
    rooms: tuple[Room, ...]
    kind: AppointmentType
    full_day: date

    def desks(self, number: int) -> Iterator[Caller]:
        """Browsers of the desk, each with a session of its own.

        A browser follows the redirect of a booking and so uses up its message; without that, the
        messages of all bookings would pile up in one session.
        """
        user = User.objects.get(email=DESK)
        return iter([signed_in(self.handler, user) for _ in range(number)])

    def booking(self, patient: Patient, start: datetime) -> tuple[str, dict[str, str]]:
        """Address and fields of the desk's booking form."""
        fields = {
            "appointment_type": f"{self.kind.pk}",
            "practitioner": f"{self.practitioners[0].pk}",
            "room": f"{self.rooms[0].pk}",
            "day": f"{start:%Y-%m-%d}",
            "at": f"{start:%H:%M}",
        }
        return f"{reverse('clinic:book')}?patient={patient.pk}", fields


def set_up() -> Scene:
    """Fill the demo clinic and book the full day through the same services as the pages."""
    fill(timezone.now())
    handler = WSGIHandler()
    scene = Scene(
        handler=handler,
        desk=signed_in(handler, User.objects.get(email=DESK)),
        physio=signed_in(handler, User.objects.get(email="physio@demo.example")),
        patients=tuple(Patient.objects.order_by("pk")),
        practitioners=tuple(Practitioner.objects.select_related("user")),
        rooms=tuple(Room.objects.select_related("location")),
        kind=AppointmentType.objects.get(kind=AppointmentKind.FOLLOW_UP),
        full_day=timezone.localdate() + timedelta(days=90),
    )
    for number in range(ON_THE_DAY):
        at = datetime.combine(scene.full_day, FIRST) + HALF_HOUR * (number // 3)
        book_appointment(
            patient=scene.patients[number],
            practitioner=scene.practitioners[number % 3],
            room=scene.rooms[number % 3],
            appointment_type=scene.kind,
            day=scene.full_day,
            at=at.time(),
            by=None,
        )
    return scene


def free_starts(scene: Scene, days_ahead: int) -> Iterator[datetime]:
    """Wall-clock times that nobody has yet, half an hour apart, for as long as needed."""
    first = datetime.combine(scene.full_day + timedelta(days=days_ahead), time(6))
    for number in count():
        yield first + timedelta(days=number // 24) + HALF_HOUR * (number % 24)
