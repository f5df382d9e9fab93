"""Reads of one patient for the patient page; constant queries however long the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.utils import timezone

from assessment.choices import Battery
from assessment.models import Assessment
from ims_clinic.home import clinic_today
from intake.choices import ConsentState
from intake.consent import state_of
from intake.models import Consent, Intake, IntakeAlert, IntakeReview
from intake.outcome import alerts_from
from intake.precautions import Precautions, precautions_from
from intake.status import (
    ASK_WHAT_CHANGED,
    newest_submitted,
    obstacles_from,
)
from people.models import Patient
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment, Location
from sessions.care import PlanShown, open_plans
from sessions.models import Alert, TreatmentSession

LATEST = 20


@dataclass(frozen=True)
class ContactCard:
    """What the front desk may see: appointments to come and past."""

    clinic: Location | None
    today: date
    to_come: tuple[Appointment, ...]
    past: tuple[Appointment, ...]

    @property
    def todays(self) -> Appointment | None:
        """The appointment of today that is not done, the one to come before an overdue one."""
        rows = (*self.to_come, *self.past)
        waits = (a for a in rows if a.is_active and a.status != AppointmentStatus.DONE)
        return next((a for a in waits if a.wall_date == self.today), None)


@dataclass(frozen=True)
class Chart:
    """The record: intakes, assessments, sessions, open alerts, and what stands against needling."""

    alerts: tuple[str, ...]
    precautions: Precautions
    red_flags: Sequence[IntakeAlert]
    open_alerts: Sequence[Alert]
    intakes: Sequence[Intake]
    consents: Sequence[Consent]
    assessments: Sequence[Assessment]
    treatments: Sequence[TreatmentSession]
    obstacles: Sequence[str]
    batteries: Sequence[tuple[str, str]]
    plans: Sequence[PlanShown]

    @property
    def consent(self) -> ConsentState:
        return state_of(self.consents)

    @property
    def to_review(self) -> Intake | None:
        """The newest submitted intake, while no review of it allows needling."""
        newest = newest_submitted(self.intakes)
        review: IntakeReview | None = getattr(newest, "review", None)
        return None if review is not None and review.allows_needling else newest

    @property
    def only_asks(self) -> bool:
        """True when nothing but the re-screen of the day stands before a session."""
        return list(self.obstacles) == [ASK_WHAT_CHANGED]

    @property
    def unsigned_assessment(self) -> Assessment | None:
        return next((one for one in self.assessments if not one.is_signed), None)

    @property
    def unsigned_treatment(self) -> TreatmentSession | None:
        return next((one for one in self.treatments if not one.is_signed), None)


def contact_card(patient: Patient) -> ContactCard:
    """The newest appointments, those to come apart from those past; two queries."""
    clinic, today = clinic_today()
    newest = Appointment.objects.filter(patient=patient).with_people().order_by("-starts_at")
    appointments, now = list(newest[:LATEST]), timezone.now()
    return ContactCard(
        clinic=clinic,
        today=today,
        to_come=tuple(reversed([one for one in appointments if one.ends_at > now])),
        past=tuple(one for one in appointments if one.ends_at <= now),
    )


def chart_of(
    patient: Patient, intakes: Sequence[Intake], consents: Sequence[Consent], today: date
) -> Chart:
    """The newest entries of every kind, and what stands against needling ``today``."""
    of_patient = {"patient": patient}
    treatments = (
        TreatmentSession.objects.filter(**of_patient)
        .select_related("practitioner__user")
        .annotate(needled=Count("muscles"), needles=Sum("muscles__insertions"))
        .order_by("-started_at", "-id")
    )
    newest = list(treatments[:LATEST])
    had_session = any(one.is_signed for one in newest)
    return Chart(
        alerts=alerts_from(intakes),
        precautions=precautions_from(intakes),
        red_flags=list(IntakeAlert.objects.open().filter(**of_patient)),
        open_alerts=list(Alert.objects.open().filter(**of_patient)),
        intakes=intakes[:LATEST],
        consents=consents,
        assessments=list(
            Assessment.objects.filter(**of_patient)
            .select_related("practitioner__user")
            .prefetch_related("flags")[:LATEST]
        ),
        treatments=newest,
        obstacles=obstacles_from(
            intakes, today, consent=state_of(consents), had_session=had_session
        ),
        batteries=Battery.choices,
        plans=open_plans(patient),
    )
