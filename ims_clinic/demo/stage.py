"""The clinic at work: who acts, what is booked, and how an appointment's day goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from ims_clinic.demo.agenda import Act, Agenda
from ims_clinic.demo.clinic import Premises
from ims_clinic.demo.diary import Slot
from people.models import Patient, User
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment, AppointmentType
from scheduling.services import book_appointment, set_status
from scheduling.wall_clock import to_instant

Booked = Callable[[Appointment], None]


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def actor_of(user: User) -> str:
    return f"user:{user.pk}"


@dataclass(frozen=True)
class Stage:
    """The premises, the agenda and the dice of one demo clinic."""

    premises: Premises
    agenda: Agenda
    random: Random

    def instant(self, slot: Slot) -> datetime:
        return to_instant(slot.day, slot.at, self.premises.location.time_zone)

    def desk_hour(self, around: datetime) -> datetime:
        """A moment between 9 and 16 o'clock of that day, when the desk is there."""
        local = around.astimezone(self.premises.location.zone)
        at = self.random.randint(9 * 60, 16 * 60 - 1)
        return local.replace(hour=at // 60, minute=at % 60, second=0, microsecond=0)

    def book(
        self, at: datetime, patient: Patient, slot: Slot, kind: AppointmentType, then: Booked
    ) -> None:
        """Have the desk book a time at a moment; ``then`` plans what follows from it."""
        desk = self.random.choice(self.premises.desk)
        confirmed = self.random.random() < 0.4

        def act() -> None:
            then(
                book_appointment(
                    patient=patient,
                    practitioner=self.premises.practitioners[slot.practitioner],
                    room=self.premises.room_of(slot.practitioner),
                    appointment_type=kind,
                    day=slot.day,
                    at=slot.at,
                    by=desk,
                    status=AppointmentStatus.CONFIRMED if confirmed else AppointmentStatus.BOOKED,
                )
            )

        self.agenda.add(at, actor_of(desk), act)

    def mark(
        self, at: datetime, by: User, appointment: Appointment, status: AppointmentStatus
    ) -> None:
        """Put a change of status on the agenda."""
        self.agenda.add(
            at,
            actor_of(by),
            lambda: set_status(Appointment.objects.get(pk=appointment.pk), status),
        )

    def attend(self, appointment: Appointment, visit: Act) -> None:
        """The patient arrives and is seen; the session brings them into the room and out of it."""
        starts, user = appointment.starts_at, appointment.practitioner.user
        arrives = starts - minutes(self.random.randint(4, 14))
        self.mark(arrives, self.premises.desk[0], appointment, AppointmentStatus.ARRIVED)
        self.agenda.add(starts + minutes(2), actor_of(user), visit)

    def stay_away(self, appointment: Appointment, status: AppointmentStatus) -> None:
        """The patient cancels the day before, or does not come."""
        at = appointment.starts_at
        at += minutes(20) if status == AppointmentStatus.NO_SHOW else -timedelta(days=1)
        self.mark(at, self.premises.desk[0], appointment, status)
