"""Rows for tests: each maker fills in what the test does not care about."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from assessment.models import Assessment
from intake.choices import IntakeStatus, RescreenDecision, ReviewDecision
from intake.consent_text import CONSENT_VERSION
from intake.models import (
    Consent,
    Intake,
    IntakeForm,
    IntakeReview,
    Rescreening,
    ScreeningResult,
)
from intake.rescreen import NOTHING
from people.choices import Role
from people.models import Patient, Practitioner, User
from scheduling.choices import AppointmentKind, Weekday
from scheduling.models import Appointment, AppointmentType, Availability, Location, Room
from sessions.library import save_exercise
from sessions.models import Exercise, TreatmentSession

number = itertools.count(1)


def make_user(role: Role = Role.FRONT_DESK, **fields: Any) -> User:
    n = next(number)
    values = {"full_name": f"Staff Number{n}", **fields}
    return User.objects.create_user(
        f"staff{n}@clinic.example", "pass-word-of-staff", role=role, **values
    )


def make_practitioner(**fields: Any) -> Practitioner:
    user = fields.pop("user", None) or make_user(Role.PHYSIOTHERAPIST)
    fields.setdefault("needling_until", date.today() + timedelta(days=365))  # noqa: DTZ011
    return Practitioner.objects.create(user=user, **fields)


def make_patient(**fields: Any) -> Patient:
    n = next(number)
    values: dict[str, Any] = {
        "given_name": "Robin",
        "family_name": f"Sample{n}",
        "born_on": date(1980, 5, 17),
        "phone": f"604 555 {n:04d}",
        "email": f"robin{n}@mail.example",
    }
    return Patient.objects.create(**{**values, **fields})


def make_location(**fields: Any) -> Location:
    values = {"name": "Harbour IMS Clinic", "phone": "604 555 0100"}
    return Location.objects.first() or Location.objects.create(**{**values, **fields})


def make_room(**fields: Any) -> Room:
    fields.setdefault("location", make_location())
    return Room.objects.create(**{"name": f"Room {next(number)}", **fields})


def make_type(**fields: Any) -> AppointmentType:
    values: dict[str, Any] = {
        "name": f"IMS follow-up {next(number)}",
        "kind": AppointmentKind.FOLLOW_UP,
        "duration_minutes": 30,
    }
    return AppointmentType.objects.create(**{**values, **fields})


def make_availability(practitioner: Practitioner, room: Room | None = None) -> None:
    """Working hours 8:00 to 17:00 on every day of the week."""
    room = room or make_room()
    for day in Weekday:
        Availability.objects.create(
            practitioner=practitioner, room=room, weekday=day, starts=time(8), ends=time(17)
        )


def make_appointment(**fields: Any) -> Appointment:
    """An appointment of the given ``starts_at`` (default: today 17:00 UTC), as long as its type."""
    room = fields.pop("room", None) or make_room()
    kind = fields.pop("appointment_type", None) or make_type()
    today = timezone.now().astimezone(room.location.zone).date()
    default = datetime.combine(today, time(17, 0), tzinfo=UTC)
    starts_at = fields.pop("starts_at", default)
    ends_at = starts_at + timedelta(minutes=kind.duration_minutes)
    local = starts_at.astimezone(room.location.zone)
    values: dict[str, Any] = {
        "busy_from": starts_at,
        "busy_until": ends_at + timedelta(minutes=kind.buffer_minutes),
        "wall_date": local.date(),
        "wall_time": local.time(),
        "time_zone": room.location.time_zone,
        **fields,
    }
    values.setdefault("patient", None)
    values["patient"] = values["patient"] or make_patient()
    values["practitioner"] = values.get("practitioner") or make_practitioner()
    return Appointment.objects.create(
        room=room, appointment_type=kind, starts_at=starts_at, ends_at=ends_at, **values
    )


def make_intake(patient: Patient | None = None, **fields: Any) -> Intake:
    form, _ = IntakeForm.objects.get_or_create(version="test-1")
    values: dict[str, Any] = {"status": IntakeStatus.SENT, "form": form, **fields}
    if values["status"] in (IntakeStatus.SUBMITTED, IntakeStatus.REVIEWED):
        values.setdefault("submitted_at", timezone.now())
    return Intake.objects.create(patient=patient or make_patient(), **values)


def make_screening(patient: Patient, **fields: Any) -> ScreeningResult:
    """The outcome of a submitted intake."""
    intake = fields.pop("intake", None) or make_intake(patient, status=IntakeStatus.SUBMITTED)
    values: dict[str, Any] = {
        "status": "caution",
        "urgency": "none",
        "ruleset_version": "test-1",
        "reasons": [],
        "alerts": [],
    }
    return ScreeningResult.objects.create(intake=intake, **{**values, **fields})


def make_consent(patient: Patient, intake: Intake | None = None, **fields: Any) -> Consent:
    values: dict[str, Any] = {
        "text_version": CONSENT_VERSION,
        "statements": [],
        "signed_name": patient.full_name,
        "signed_at": timezone.now(),
    }
    return Consent.objects.create(patient=patient, intake=intake, **{**values, **fields})


def make_review(
    intake: Intake, by: User | None = None, decision: ReviewDecision = ReviewDecision.SUITABLE
) -> IntakeReview:
    return IntakeReview.objects.create(
        intake=intake, decision=decision, reviewed_by=by or make_user(Role.PHYSIOTHERAPIST)
    )


def make_rescreening(intake: Intake, **fields: Any) -> Rescreening:
    """Nothing changed, asked now."""
    values: dict[str, Any] = {
        "answers": NOTHING,
        "screened": {},
        "status": "clear",
        "urgency": "none",
        "reasons": [],
        "alerts": [],
        "ruleset_version": "test-1",
        "decision": RescreenDecision.NO_CHANGE,
        "asked_by": fields.pop("asked_by", None) or make_user(Role.PHYSIOTHERAPIST),
    }
    return Rescreening.objects.create(
        intake=intake, patient_id=intake.patient_id, **{**values, **fields}
    )


def make_cleared_patient(**fields: Any) -> Patient:
    """A patient whose intake is reviewed as suitable and who has consented."""
    patient = make_patient(**fields)
    intake = make_intake(patient, status=IntakeStatus.REVIEWED)
    make_consent(patient, intake)
    make_review(intake)
    return patient


def make_assessment(patient: Patient | None = None, **fields: Any) -> Assessment:
    return Assessment.objects.create(
        patient=patient or make_patient(),
        practitioner=fields.pop("practitioner", None) or make_practitioner(),
        **fields,
    )


def make_treatment(patient: Patient | None = None, **fields: Any) -> TreatmentSession:
    patient = patient or make_cleared_patient()
    consent = Consent.objects.filter(patient=patient).first() or make_consent(patient)
    return TreatmentSession.objects.create(
        patient=patient,
        consent=consent,
        practitioner=fields.pop("practitioner", None) or make_practitioner(),
        **fields,
    )


def make_exercise(by: User | None = None, **fields: Any) -> Exercise:
    values = {
        "name": f"Exercise {next(number)}",
        "instructions": "Do it slowly.",
        "source": "own wording",
        **fields,
    }
    return save_exercise(exercise=Exercise(**values), by=by or make_user(Role.PHYSIOTHERAPIST))
