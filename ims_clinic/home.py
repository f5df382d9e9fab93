"""The home pages: what is on today, and the next thing to do for each appointment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from intake.models import Intake, IntakeReview
from intake.services import FINISHED, IntakeBadge, status_badges
from people.models import Patient, User
from scheduling.choices import AppointmentKind, AppointmentStatus
from scheduling.models import Appointment, Location
from scheduling.wall_clock import day_bounds
from sessions.models import TreatmentSession

WAITING = (AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED)


@dataclass(frozen=True)
class Step:
    """The next thing to do about an appointment, with the page where it is done."""

    words: str
    address: str
    is_main: bool = False


@dataclass(frozen=True)
class DayRow:
    """One appointment of the day with its intake badge and, for the physiotherapist, its step."""

    appointment: Appointment
    badge: IntakeBadge | None
    step: Step | None = None


@dataclass(frozen=True)
class Day:
    """A day's appointments in the clinic's own time."""

    on: date
    now: datetime
    clinic: Location | None
    rows: tuple[DayRow, ...]

    @property
    def arrived(self) -> list[DayRow]:
        """Patients who sit in the waiting room."""
        return self._of(AppointmentStatus.ARRIVED)

    @property
    def in_room(self) -> list[DayRow]:
        return self._of(AppointmentStatus.IN_ROOM)

    @property
    def to_come(self) -> list[DayRow]:
        """Still expected today, the overdue first."""
        return self._of(*WAITING)

    @property
    def next_row(self) -> DayRow | None:
        """Who is seen next: whoever waits, else whoever comes next."""
        upcoming = [row for row in self.to_come if row.appointment.ends_at > self.now]
        return next(iter([*self.arrived, *upcoming]), None)

    def _of(self, *statuses: AppointmentStatus) -> list[DayRow]:
        return [row for row in self.rows if row.appointment.status in statuses]


def clinic_today() -> tuple[Location | None, date]:
    """The clinic and its date now; UTC's date before a location exists."""
    clinic = Location.objects.order_by("pk").first()
    return clinic, timezone.localdate(timezone=clinic.zone if clinic else None)


def day_of(user: User | None) -> Day:
    """Today's appointments: all for the desk (``user`` None), else those of one physiotherapist."""
    clinic, today = clinic_today()
    if clinic is None:
        return Day(today, timezone.now(), None, ())
    rows = Appointment.objects.active().between(*day_bounds(today, clinic.time_zone))
    if user is not None:
        rows = rows.filter(practitioner__user=user)
    appointments = list(rows.with_people().order_by("starts_at", "practitioner_id"))
    badges = status_badges(appointments)
    steps = steps_of(appointments) if user is not None else {}
    found = tuple(DayRow(a, badges.get(a.pk), steps.get(a.pk)) for a in appointments)
    return Day(today, timezone.now(), clinic, found)


def steps_of(appointments: Sequence[Appointment]) -> dict[int, Step]:
    """The next step of each appointment; two queries however many there are."""
    treatments = {
        one.appointment_id: one
        for one in TreatmentSession.objects.filter(appointment__in=appointments)
    }
    intakes = _newest_intakes(a.patient_id for a in appointments)
    return {a.pk: _step(a, treatments.get(a.pk), intakes.get(a.patient_id)) for a in appointments}


def _newest_intakes(patient_ids: Iterable[int]) -> dict[int, Intake]:
    """Each patient's newest intake with its review."""
    rows = Intake.objects.filter(patient_id__in=list(patient_ids)).select_related("review")
    return {intake.patient_id: intake for intake in rows.order_by("id")}


def _step(
    appointment: Appointment, treatment: TreatmentSession | None, intake: Intake | None
) -> Step:
    page = reverse("clinic:patient", args=[appointment.patient_id])
    if treatment is not None:
        words = "Session signed" if treatment.is_signed else "Continue session"
        address = reverse("sessions:detail", args=[treatment.pk])
        return Step(words, address, is_main=not treatment.is_signed)
    if intake is None or intake.status not in FINISHED:
        return Step("Open record", page)
    review: IntakeReview | None = getattr(intake, "review", None)
    if review is None:
        return Step("Review intake", reverse("intake:review", args=[intake.pk]), is_main=True)
    if not review.allows_needling:
        return Step("Open record", page)
    is_first = appointment.appointment_type.kind == AppointmentKind.INITIAL
    return Step("Assess" if is_first else "Start session", page, is_main=True)


def patients_seen_lately(user: User, count: int = 8) -> list[Patient]:
    """The patients of this member of staff's newest appointments that have begun."""
    begun = Appointment.objects.active().filter(starts_at__lte=timezone.now())
    mine = begun.filter(practitioner__user=user).select_related("patient")
    found = {a.patient_id: a.patient for a in mine.order_by("-starts_at")[: count * 3]}
    return list(found.values())[:count]
