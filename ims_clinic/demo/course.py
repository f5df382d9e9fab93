"""A patient's way on the agenda: booked, form sent, visits attended or missed."""

from datetime import timedelta

from django.utils import timezone

from ims_clinic.demo.case import Case
from ims_clinic.demo.paperwork import plan_intake
from ims_clinic.demo.stage import actor_of, minutes
from ims_clinic.demo.visits import see
from intake.services import send_intake
from people.services import register_patient
from scheduling.models import Appointment


def begin(case: Case) -> None:
    """Put the booking of the first visit on the agenda; everything follows from it."""
    stage = case.stage
    known_by = min(stage.instant(case.slots[0]), stage.agenda.until)
    days = stage.random.randint(4, 10) if case.intake.decision else stage.random.randint(2, 3)
    called_at = stage.desk_hour(known_by - timedelta(days=days))
    stage.agenda.add(
        called_at,
        actor_of(stage.premises.desk[0]),
        lambda: register_patient(patient=case.patient),
    )
    stage.book(
        called_at + minutes(2),
        case.patient,
        case.slots[0],
        stage.premises.initial,
        lambda appointment: _first_booked(case, appointment),
    )


def _first_booked(case: Case, appointment: Appointment) -> None:
    """The desk sends the form with the booking, and books the rest of the series."""
    intake = send_intake(appointment=appointment, patient=case.patient)
    plan_intake(case, intake, appointment)
    _plan_visit(case, 0, appointment)
    for number in range(1, len(case.slots)):
        _book_later(case, number)


def _book_later(case: Case, number: int) -> None:
    case.stage.book(
        timezone.now() + minutes(number),
        case.patient,
        case.slots[number],
        case.stage.premises.follow_up,
        lambda appointment: _plan_visit(case, number, appointment),
    )


def _plan_visit(case: Case, number: int, appointment: Appointment) -> None:
    if number in case.missed:
        case.stage.stay_away(appointment, case.missed[number])
    else:
        case.stage.attend(appointment, lambda: see(case, number, appointment))
