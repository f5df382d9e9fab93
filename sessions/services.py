"""A treatment session from its start to its signature and its addenda."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from assessment.models import Assessment
from audit.choices import Action
from audit.services import record
from intake.models import Consent
from intake.precautions import precautions_for
from intake.services import needling_obstacles
from people.models import Patient, Practitioner, User
from scheduling.choices import INACTIVE, AppointmentStatus
from scheduling.models import Appointment
from scheduling.services import ChangedMeanwhile, set_status
from sessions.care import join_only_plan
from sessions.co_signing import ask_for_co_signature
from sessions.counting import gaps_before_signing
from sessions.drafts import locked_session
from sessions.follow_up import plan_checks
from sessions.models import Addendum, Alert, TreatmentSession
from sessions.rails import drop_outlived_reasons


class NotReady(Exception):
    """Needling may not start; ``obstacles`` are the reasons as sentences."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = obstacles


class CannotSign(Exception):
    """Signing was refused; ``sentences`` name everything that is missing."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@transaction.atomic
def start_session(
    *, patient: Patient, practitioner: Practitioner, appointment: Appointment | None = None
) -> TreatmentSession:
    """Open a session, or return the open one of the appointment.

    Raises NotReady while intake, review, re-screen, consent or the authorisation to needle stand
    against it.
    Takes the newest valid consent and the newest signed assessment; brings an arrived appointment
    into the room; audits.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    held = _session_held(patient, practitioner, appointment)
    if held is not None:
        return held
    today = timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))
    had_session = TreatmentSession.objects.filter(patient=patient).exclude(signed_at=None).exists()
    obstacles = needling_obstacles(patient, today, had_session=had_session)
    obstacles += _authority_obstacles(practitioner, today)
    if obstacles:
        raise NotReady(obstacles)
    signed = Assessment.objects.filter(patient=patient).exclude(signed_at=None)
    treatment = TreatmentSession.objects.create(
        patient=patient,
        appointment=appointment,
        practitioner=practitioner,
        assessment=signed.order_by("-signed_at").first(),
        consent=Consent.objects.valid().filter(patient=patient).latest("signed_at"),
    )
    record(Action.CREATE, treatment, patient_id=patient.pk)
    join_only_plan(treatment)
    _bring(appointment, AppointmentStatus.IN_ROOM, only_from=(AppointmentStatus.ARRIVED,))
    return treatment


def _session_held(
    patient: Patient, practitioner: Practitioner, appointment: Appointment | None
) -> TreatmentSession | None:
    """The session that is already open here. Raises NotReady for a wrong or finished one."""
    if appointment is None:
        mine = TreatmentSession.objects.filter(patient=patient, practitioner=practitioner)
        held = mine.filter(appointment=None, signed_at=None).first()
        _refuse_other_day(held)
        return held
    if appointment.patient_id != patient.pk:
        raise NotReady(["The appointment belongs to another patient."])
    held = TreatmentSession.objects.filter(appointment=appointment).first()
    if held is not None and held.is_signed:
        raise NotReady(["The session of this appointment is signed. Add an addendum to it."])
    return held


def _refuse_other_day(held: TreatmentSession | None) -> None:
    """A session left open on another day is finished first: its consent and checks are of then."""
    zone = ZoneInfo(settings.CLINIC_TIME_ZONE)
    if held is None:
        return
    day = timezone.localdate(held.started_at, zone)
    if day != timezone.localdate(timezone=zone):
        raise NotReady([f"The session of {day:%-d %B %Y} is still open. Finish and sign it first."])


def _authority_obstacles(practitioner: Practitioner, on: date) -> list[str]:
    if practitioner.may_needle(on):
        return []
    return [f"No authorisation to needle is on file for {practitioner} today."]


def _bring(
    appointment: Appointment | None,
    status: AppointmentStatus,
    *,
    only_from: tuple[AppointmentStatus, ...],
) -> None:
    """Set the appointment's status when it stands at one of ``only_from`` right now."""
    if appointment is None:
        return
    now = Appointment.objects.get(pk=appointment.pk)
    if now.status in only_from:
        set_status(now, status)


@transaction.atomic
def sign_session(*, treatment: TreatmentSession, by: User) -> TreatmentSession:
    """Close the session: keep the precautions of now, sign, audit, ask the supervisor of a
    supervised signer, finish the appointment, plan the checks after it.

    Raises AlreadySigned, and CannotSign with a sentence for everything that is missing.
    """
    locked = locked_session(treatment)
    rows = list(locked.muscles.all())
    gaps = gaps_before_signing(locked, rows)
    if gaps:
        raise CannotSign([gap.sentence for gap in gaps])
    drop_outlived_reasons(locked, rows)
    locked.saved_changes.all().delete()
    locked.signed_at, locked.signed_by = timezone.now(), by
    locked.precautions = list(precautions_for(locked.patient).words)
    locked.save(update_fields=["signed_at", "signed_by", "precautions"])
    record(Action.SIGN, locked, patient_id=locked.patient_id)
    ask_for_co_signature(locked, by)
    try:
        unfinished = set(AppointmentStatus) - {AppointmentStatus.DONE, *INACTIVE}
        _bring(locked.appointment, AppointmentStatus.DONE, only_from=tuple(unfinished))
    except ChangedMeanwhile as error:
        raise CannotSign([str(error)]) from error
    if rows:
        plan_checks(locked)
    return locked


@transaction.atomic
def add_addendum(*, treatment: TreatmentSession, text: str, by: User) -> Addendum:
    """Append a dated text to a signed session; audits. Raises ValueError while it is open."""
    if not TreatmentSession.objects.exclude(signed_at=None).filter(pk=treatment.pk).exists():
        raise ValueError("An open session is changed itself; an addendum needs a signed one.")
    addendum = Addendum.objects.create(treatment=treatment, text=text.strip(), written_by=by)
    record(Action.CREATE, addendum, patient_id=treatment.patient_id)
    return addendum


@transaction.atomic
def close_alert(*, alert: Alert, by: User, action_taken: str) -> Alert:
    """Close an alert with what was done; audits. Closing it again changes nothing.

    Raises ValidationError when nothing is written.
    """
    locked = Alert.objects.select_for_update().get(pk=alert.pk)
    if locked.closed_at is not None:
        return locked
    if not action_taken.strip():
        raise ValidationError({"action_taken": "Write what was done before closing the alert."})
    locked.closed_at, locked.closed_by = timezone.now(), by
    locked.action_taken = action_taken.strip()
    locked.save(update_fields=["closed_at", "closed_by", "action_taken"])
    record(Action.CHANGE, locked, patient_id=locked.patient_id, detail="closed")
    return locked
