"""The intake on the agenda: answered by the patient, submitted, reviewed."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from clinical.review_rules import ReasonDecision
from ims_clinic.demo.answers import begun, filled_in
from ims_clinic.demo.case import Case, IntakePlan
from ims_clinic.demo.stage import actor_of, minutes
from intake.chasing import NotReminded, remind_by_hand
from intake.choices import AskedBy, Chaperone, GuardianRelation
from intake.consent import Marks, withdraw_consent
from intake.form_pages import form_pages
from intake.models import Intake
from intake.red_flags import note_red_flags
from intake.review import Decided, reasons_to_decide, review_intake, today
from intake.services import save_answers, start_intake, submit_intake
from people.language import speaking_to
from people.models import User
from scheduling.models import Appointment

FILLING_IN, LATER, PARENT = minutes(8), timedelta(hours=3), "Helena"
DRAWN = (
    [[60, 150], [70, 60], [95, 40], [110, 70], [95, 120], [130, 130], [160, 90], [175, 130]],
    [[175, 130], [200, 95], [220, 130], [250, 90], [280, 130], [330, 100], [420, 120]],
    [[90, 165], [220, 158], [400, 160]],
)
DEFERRED_FOR = timedelta(days=14)


def plan_intake(case: Case, intake: Intake, appointment: Appointment) -> None:
    """Put on the agenda what the case's plan says happens to the form."""
    plan, stage = case.intake, case.stage
    if not plan.is_started:
        return
    patient = f"link:{intake.link_id}"
    if plan.is_chased:
        at = stage.desk_hour(timezone.now() + timedelta(days=1))
        stage.agenda.add(at, actor_of(stage.premises.desk[0]), lambda: _remind(case, intake))
    answered_at = timezone.now() + timedelta(hours=stage.random.randint(3, 30))
    stage.agenda.add(answered_at, patient, lambda: _answer(case, intake))
    if plan.pages is not None:
        return
    stage.agenda.add(answered_at + FILLING_IN, patient, lambda: _sign(case, intake))
    if plan.decision is not None:
        user = appointment.practitioner.user
        reviewed_at = stage.desk_hour(answered_at + timedelta(days=1))
        stage.agenda.add(reviewed_at, actor_of(user), lambda: _review(case, intake, user))
        if plan.is_withdrawn:
            stage.agenda.add(reviewed_at + LATER, patient, lambda: _take_back(case))


def _answer(case: Case, intake: Intake) -> None:
    """The patient opens the link and answers: the first pages or all of them."""
    start_intake(intake)
    plan, random = case.intake, case.stage.random
    answers = filled_in(random, case.person, case.story, case.side, case.pain, plan.yes)
    with speaking_to(case.patient):
        kept = answers if plan.pages is None else begun(answers, plan.pages)
        saved = save_answers(intake, kept)
        for page in form_pages():
            if set(plan.yes) & {question.id for question in page.questions}:
                note_red_flags(intake, page, saved)


def _sign(case: Case, intake: Intake) -> None:
    plan, marks = case.intake, Marks(chaperone=Chaperone.NOT_WANTED)
    if plan.is_drawn:
        marks = replace(marks, signature=DRAWN)
    if plan.is_minor:
        parent = f"{PARENT} {case.person.family_name}"
        marks = replace(marks, guardian_name=parent, guardian_relation=GuardianRelation.PARENT)
    with speaking_to(case.patient):
        submit_intake(intake, case.patient.full_name, marks=marks)


def _remind(case: Case, intake: Intake) -> None:
    """The desk asks again by hand, unless the patient is at it."""
    with suppress(NotReminded):
        remind_by_hand(intake=intake, by=case.stage.premises.desk[0])


def _take_back(case: Case) -> None:
    withdraw_consent(patient=case.patient, asked_by=AskedBy.LINK)


def _review(case: Case, intake: Intake, user: User) -> None:
    plan = case.intake
    if plan.decision is not None:
        review_intake(
            intake=intake,
            decision=plan.decision,
            note=plan.note,
            decided=[
                Decided(reason["question_id"], _decision_on(plan)) for reason in _reasons(intake)
            ],
            deferred_until=today() + DEFERRED_FOR,
            by=user,
        )


def _reasons(intake: Intake) -> list[dict[str, Any]]:
    return reasons_to_decide(Intake.objects.select_related("screening").get(pk=intake.pk))


def _decision_on(plan: IntakePlan) -> ReasonDecision:
    """Noted where needling may go on; the note says how."""
    return ReasonDecision.ACKNOWLEDGED if plan.is_cleared else ReasonDecision.NOT_SUITABLE
