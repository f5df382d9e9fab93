"""A visit on the agenda: assessment where it is due, then needling, then the checks."""

import itertools
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from assessment.cells import Cell
from assessment.notes import Note
from assessment.services import save_cells, sign_assessment, start_assessment
from clinical.review_rules import ReasonDecision, is_weighing
from clinical.screening import YES
from ims_clinic.demo.after import look_after
from ims_clinic.demo.aftercare import send_home
from ims_clinic.demo.agenda import Act
from ims_clinic.demo.case import Case
from ims_clinic.demo.checks import follow
from ims_clinic.demo.outcomes import ask_how_it_goes
from ims_clinic.demo.stage import actor_of, minutes
from ims_clinic.demo.stories import by_hand, eased
from intake.choices import RescreenDecision
from intake.models import Intake
from intake.rescreen import NOTHING, record_rescreening, weigh_changes
from intake.review import Decided
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment
from scheduling.services import set_status
from sessions.choices import Felt, Twitch
from sessions.count_closing import close_difference
from sessions.models import TreatmentSession
from sessions.needling import add_muscle, save_details
from sessions.rails import answer_rail, rails_of
from sessions.services import sign_session, start_session

AGREED = "superficial"
CHANGES = ("", "Slept better, less tight in the morning.", "Sore for a day, then easier.")
FELT = (Felt.BOTH, Felt.ACHE, Felt.FAMILIAR, Felt.NOT_NOTED)
MISCOUNTED = "one needle not found at the count"
NOT_ONE_OF_THEM = "a nasal spray only, no tablets"
TAUT_BAND = "Taut band over 3 cm, jumps under the finger."
SOFTER_BAND = "Band softer and shorter than last time."
PLAN = "Go on while the pain before the session falls."
TWITCHES = (Twitch.STRONG, Twitch.STRONG, Twitch.WEAK, Twitch.NONE, Twitch.NOT_NOTED)
EXAMINATION, SETTLING_IN, BEFORE_THE_END = minutes(24), minutes(3), minutes(4)


def see(case: Case, number: int, appointment: Appointment) -> None:
    """In the room: assess where it is due, then treat."""
    begins = timezone.now() + SETTLING_IN
    if number in case.assessed:
        begins = timezone.now() + EXAMINATION
        set_status(Appointment.objects.get(pk=appointment.pk), AppointmentStatus.IN_ROOM)
        _assess(case, number, appointment)
    _then(case, begins, appointment, lambda: _treat(case, number, appointment))
    if number in case.unsigned:
        user = appointment.practitioner.user
        case.stage.mark(appointment.ends_at, user, appointment, AppointmentStatus.DONE)


def _then(case: Case, at: datetime, appointment: Appointment, act: Act) -> None:
    case.stage.agenda.add(at, actor_of(appointment.practitioner.user), act)


def _assess(case: Case, number: int, appointment: Appointment) -> None:
    """Examine both sides, and sign before the needles unless it is left for later."""
    practitioner = appointment.practitioner
    assessment = start_assessment(
        patient=case.patient,
        practitioner=practitioner,
        appointment=appointment,
        battery=case.story.battery,
    )
    is_again = number > 0
    cells, notes = _cells(case, is_again=is_again), _notes(case, is_again=is_again)
    save_cells(pk=assessment.pk, cells=cells, notes=notes)
    if number not in case.unsigned:
        signed_at = timezone.now() + EXAMINATION - minutes(2)
        _then(
            case,
            signed_at,
            appointment,
            lambda: sign_assessment(assessment=assessment, by=practitioner.user),
        )


def _cells(case: Case, *, is_again: bool) -> Iterator[Cell]:
    """The findings on both sides, easier ones when the patient is examined again."""
    cells = by_hand(case.story.cells) if case.is_brief else case.story.cells
    for sign, site, affected, other in eased(cells) if is_again else cells:
        yield Cell(sign, site, case.side, affected)
        yield Cell(sign, site, case.side.other, other)


def _notes(case: Case, *, is_again: bool) -> list[Note]:
    """A few words on the first tender muscle of the affected side."""
    tender = (site for sign, site, own, _ in case.story.cells if sign == "tenderness" and own)
    words = SOFTER_BAND if is_again else TAUT_BAND
    return [Note(muscle, case.side, words) for muscle in itertools.islice(tender, 1)]


def _treat(case: Case, number: int, appointment: Appointment) -> None:
    """Ask what has changed, needle the muscles, and sign unless it is left for later."""
    _ask_what_changed(case, number, appointment)
    treatment = start_session(
        patient=case.patient, practitioner=appointment.practitioner, appointment=appointment
    )
    before = case.pain_before(number)
    save_details(
        treatment=treatment,
        pain_before=before,
        changes_since=CHANGES[number % len(CHANGES)],
        site=f"{case.side.capitalize()}: {case.story.complaint}",
    )
    ask_how_it_goes(case, number, appointment.practitioner.user)
    needles = _needle(case, number, treatment)
    if number not in case.unsigned:
        ends = appointment.ends_at - BEFORE_THE_END
        _then(case, ends, appointment, lambda: _sign(case, number, treatment, needles))


def _ask_what_changed(case: Case, number: int, appointment: Appointment) -> None:
    intake = Intake.objects.filter(patient=case.patient).exclude(submitted_at=None).latest("pk")
    user = appointment.practitioner.user
    if number not in case.changed:
        record_rescreening(intake=intake, appointment=appointment, answers=NOTHING, by=user)
        return
    answers = NOTHING | {"new_medicine": YES}
    reasons = [one for one in weigh_changes(intake, answers).reasons if is_weighing(one)]
    record_rescreening(
        intake=intake,
        appointment=appointment,
        answers=answers,
        by=user,
        decision=RescreenDecision.WITH_PRECAUTIONS,
        decided=[
            Decided(one["question_id"], ReasonDecision.MITIGATED, NOT_ONE_OF_THEM)
            for one in reasons
        ],
        note="New: a nasal steroid spray since last week. Shorter needles, pressure afterwards.",
    )


def _needle(case: Case, number: int, treatment: TreatmentSession) -> int:
    """Add the muscles, fewer the first time; returns how many needles went in."""
    total = 0
    for muscle in case.story.needled[: 3 if number else 2]:
        insertions = case.stage.random.randint(1, 3)
        total += insertions
        twitch = case.stage.random.choice(TWITCHES)
        has_count = twitch in (Twitch.STRONG, Twitch.WEAK)
        add_muscle(
            treatment=treatment,
            muscle=muscle,
            side=case.side,
            segment=case.story.root,
            insertions=insertions,
            twitch=twitch,
            felt=FELT[number % len(FELT)],
            twitch_count=case.stage.random.randint(1, 5) if has_count else None,
        )
    return total


def _sign(case: Case, number: int, treatment: TreatmentSession, needles: int) -> None:
    user = treatment.practitioner.user
    for rail in rails_of(treatment, list(treatment.muscles.all())):
        place = {"rule": rail.rule, "muscle": rail.muscle, "side": rail.side}
        answer_rail(treatment=treatment, reason=AGREED, **place)
    look_after(case, number, treatment)
    save_details(
        treatment=treatment,
        pain_after=max(0, case.pain_before(number) - case.stage.random.randint(0, 2)),
        needles_out=needles - (number in case.short),
        count_reason=MISCOUNTED if number in case.short else "",
        lung_signs_told=True,
        plan=PLAN,
    )
    send_home(case, treatment)
    sign_session(treatment=treatment, by=user)
    if case.short.get(number):
        close_difference(treatment=treatment, by=user, action_taken=case.short[number])
    follow(case, number, treatment)
