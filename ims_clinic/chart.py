"""Reads of one patient for the patient page; constant queries however long the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.utils import timezone

from assessment.choices import Battery
from assessment.models import Assessment
from ims_clinic.home import clinic_today
from intake.models import Intake
from intake.outcome import alerts_from
from intake.status import (
    IntakeBadge,
    badges_from,
    intakes_of,
    newest_submitted,
    obstacles_from,
    status_badges,
)
from people.models import Patient
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment, Location
from sessions.models import Alert, TreatmentSession

LATEST = 20


@dataclass(frozen=True)
class AppointmentRow:
    """An appointment with its intake badge; nothing clinical."""

    appointment: Appointment
    badge: IntakeBadge | None


@dataclass(frozen=True)
class ContactCard:
    """What the front desk may see: appointments to come and past."""

    clinic: Location | None
    today: date
    to_come: tuple[AppointmentRow, ...]
    past: tuple[AppointmentRow, ...]

    @property
    def todays(self) -> Appointment | None:
        """The appointment of today that is not done, the one to come before an overdue one."""
        rows = [row.appointment for row in (*self.to_come, *self.past)]
        waits = (a for a in rows if a.is_active and a.status != AppointmentStatus.DONE)
        return next((a for a in waits if a.wall_date == self.today), None)


@dataclass(frozen=True)
class Chart:
    """The record: intakes, assessments, sessions, open alerts, and what stands against needling."""

    alerts: tuple[str, ...]
    open_alerts: Sequence[Alert]
    intakes: Sequence[Intake]
    assessments: Sequence[Assessment]
    treatments: Sequence[TreatmentSession]
    obstacles: Sequence[str]
    batteries: Sequence[tuple[str, str]]

    @property
    def to_review(self) -> Intake | None:
        """The newest submitted intake, while nobody has reviewed it."""
        newest = newest_submitted(self.intakes)
        return newest if newest is not None and getattr(newest, "review", None) is None else None

    @property
    def unsigned_assessment(self) -> Assessment | None:
        return next((one for one in self.assessments if not one.is_signed), None)

    @property
    def unsigned_treatment(self) -> TreatmentSession | None:
        return next((one for one in self.treatments if not one.is_signed), None)


def contact_card(patient: Patient, intakes: Sequence[Intake] | None = None) -> ContactCard:
    """Appointments with their intake badges: three queries, two with the ``intakes`` at hand."""
    clinic, today = clinic_today()
    newest = Appointment.objects.filter(patient=patient).with_people().order_by("-starts_at")
    appointments = list(newest[:LATEST])
    badges = status_badges(appointments) if intakes is None else badges_from(intakes, appointments)
    rows = [AppointmentRow(a, badges.get(a.pk)) for a in appointments]
    now = timezone.now()
    return ContactCard(
        clinic=clinic,
        today=today,
        to_come=tuple(reversed([row for row in rows if row.appointment.ends_at > now])),
        past=tuple(row for row in rows if row.appointment.ends_at <= now),
    )


def record_of(patient: Patient, *, has_consent: bool) -> tuple[ContactCard, Chart]:
    """Both halves of a physiotherapist's page; the intakes are read once for all that asks."""
    intakes = intakes_of(patient)
    card = contact_card(patient, intakes)
    return card, chart_of(patient, intakes, card.today, has_consent=has_consent)


def chart_of(
    patient: Patient, intakes: Sequence[Intake], today: date, *, has_consent: bool
) -> Chart:
    """The newest entries of every kind, and what stands against needling ``today``."""
    of_patient = {"patient": patient}
    treatments = (
        TreatmentSession.objects.filter(**of_patient)
        .select_related("practitioner__user")
        .annotate(needled=Count("muscles"), needles=Sum("muscles__insertions"))
        .order_by("-started_at", "-id")
    )
    return Chart(
        alerts=alerts_from(intakes),
        open_alerts=list(Alert.objects.open().filter(**of_patient)),
        intakes=intakes[:LATEST],
        assessments=list(
            Assessment.objects.filter(**of_patient)
            .select_related("practitioner__user")
            .prefetch_related("flags")[:LATEST]
        ),
        treatments=list(treatments[:LATEST]),
        obstacles=obstacles_from(intakes, today, has_consent=has_consent),
        batteries=Battery.choices,
    )
