"""The intake on the agenda: answered by the patient, submitted, reviewed."""

from datetime import timedelta

from django.utils import timezone

from ims_clinic.demo.answers import begun, filled_in
from ims_clinic.demo.case import Case
from ims_clinic.demo.stage import actor_of, minutes
from intake.models import Intake
from intake.review import review_intake
from intake.services import save_answers, start_intake, submit_intake
from people.models import User
from scheduling.models import Appointment

FILLING_IN = minutes(8)


def plan_intake(case: Case, intake: Intake, appointment: Appointment) -> None:
    """Put on the agenda what the case's plan says happens to the form."""
    plan, stage = case.intake, case.stage
    if not plan.is_started:
        return
    patient = f"link:{intake.link_id}"
    answered_at = timezone.now() + timedelta(hours=stage.random.randint(3, 30))
    stage.agenda.add(answered_at, patient, lambda: _answer(case, intake))
    if plan.pages is not None:
        return
    stage.agenda.add(
        answered_at + FILLING_IN, patient, lambda: submit_intake(intake, case.patient.full_name)
    )
    if plan.decision is not None:
        user = appointment.practitioner.user
        reviewed_at = stage.desk_hour(answered_at + timedelta(days=1))
        stage.agenda.add(reviewed_at, actor_of(user), lambda: _review(case, intake, user))


def _answer(case: Case, intake: Intake) -> None:
    """The patient opens the link and answers: the first pages or all of them."""
    start_intake(intake)
    plan, random = case.intake, case.stage.random
    answers = filled_in(random, case.person, case.story, case.side, case.pain, plan.yes)
    save_answers(intake, answers if plan.pages is None else begun(answers, plan.pages))


def _review(case: Case, intake: Intake, user: User) -> None:
    plan = case.intake
    if plan.decision is not None:
        review_intake(intake=intake, decision=plan.decision, note=plan.note, by=user)
