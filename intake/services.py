"""Everything that writes an intake: sent, started, answered, submitted."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from intake.choices import IntakeStatus
from intake.consent import sign_consent
from intake.form_pages import FORM_VERSION, consent_questions, form_pages, questions_by_id
from intake.models import Intake, IntakeAnswer, IntakeForm
from intake.outcome import alerts_for, store_screening
from intake.questions import GIVEN, NOT_GIVEN, TICKED, Page
from intake.status import IntakeBadge, needling_obstacles, status_badges
from notifications.services import enqueue
from people.choices import LinkPurpose
from people.links import make_link, public_address
from people.models import Patient
from scheduling.models import Appointment

__all__ = [
    "IncompleteIntake",
    "IntakeBadge",
    "alerts_for",
    "first_open_page",
    "needling_obstacles",
    "save_answers",
    "send_intake",
    "start_intake",
    "status_badges",
    "submit_intake",
]

FINISHED = (IntakeStatus.SUBMITTED, IntakeStatus.REVIEWED)
OPEN_AFTER_START = timedelta(hours=24)
LONGEST = timedelta(days=30)
BODY = (
    "Hello {name},\n\n"
    "please answer some questions before your appointment at {clinic}. It takes about 8 minutes. "
    "You can stop and come back.\n\n"
    "Questions? Call us: {phone}"
)


class IncompleteIntake(Exception):
    """Submitting was refused; ``missing`` holds the ids of what is still to be answered."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"Still to answer: {', '.join(missing)}")
        self.missing = missing


@transaction.atomic
def send_intake(*, appointment: Appointment, patient: Patient) -> Intake:
    """Send the form by a new link, which closes the one sent before.

    An unfinished intake of this appointment keeps its answers; a complete one is returned as it
    is. Without an e-mail address the intake is created and no link is made. Stores, queues the
    message, audits.
    """
    form, _created = IntakeForm.objects.get_or_create(version=FORM_VERSION)
    intake = Intake.objects.filter(appointment=appointment, patient=patient, form=form).first()
    if intake is None:
        intake = Intake.objects.create(patient=patient, appointment=appointment, form=form)
    if intake.status in FINISHED or not patient.email:
        return intake
    ends = min(appointment.starts_at + OPEN_AFTER_START, timezone.now() + LONGEST)
    link, token = make_link(patient, LinkPurpose.INTAKE, expires_at=ends, replaces=intake.link)
    intake.link = link
    intake.save(update_fields=["link"])
    _tell(appointment, patient, token)
    record(Action.SEND, intake, patient_id=patient.pk)
    return intake


def _tell(appointment: Appointment, patient: Patient, token: str) -> None:
    clinic = appointment.room.location
    enqueue(
        address=patient.email,
        recipient=patient.full_name,
        subject=f"Before your appointment at {clinic.name}",
        body=BODY.format(name=patient.given_name, clinic=clinic.name, phone=clinic.phone),
        secret_link=public_address(reverse("intake:start", args=[token])),
    )


@transaction.atomic
def start_intake(intake: Intake) -> Intake:
    """Note that the patient began; harmless later. One audit line the first time."""
    if intake.status == IntakeStatus.SENT:
        intake.status, intake.started_at = IntakeStatus.STARTED, timezone.now()
        intake.save(update_fields=["status", "started_at"])
        record(Action.CHANGE, intake, patient_id=intake.patient_id, detail="started")
    return intake


@transaction.atomic
def save_answers(intake: Intake, answers: Mapping[str, tuple[str, str]]) -> dict[str, IntakeAnswer]:
    """Store or replace answers as (value, detail), each with the wording it answered.

    Returns the stored answers by question.
    Raises KeyError for a question the form does not have and ValueError once submitted. Row
    history keeps what was answered before.
    """
    if locked_intake(intake).status in FINISHED:
        raise ValueError("The intake is submitted; its answers are closed.")
    start_intake(intake)
    questions, now = questions_by_id(), timezone.now()
    rows = [
        IntakeAnswer(
            intake=intake,
            question=question,
            wording=questions[question].wording,
            value=value,
            detail=detail,
            answered_at=now,
        )
        for question, (value, detail) in answers.items()
    ]
    IntakeAnswer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["intake", "question"],
        update_fields=["wording", "value", "detail", "answered_at"],
    )
    return {row.question: row for row in rows}


def locked_intake(intake: Intake) -> Intake:
    """The same row, held until the end of the transaction."""
    return Intake.objects.select_for_update().get(pk=intake.pk)


def missing_on(page: Page, answers: Mapping[str, IntakeAnswer]) -> list[str]:
    """Questions of the page without an answer; an optional one must have been seen."""
    return [
        question.id
        for question in page.questions
        if question.id not in answers
        or (question.is_needed and answers[question.id].value in ("", NOT_GIVEN))
    ]


def first_open_page(answers: Mapping[str, IntakeAnswer]) -> Page | None:
    """The first page that is not finished, or None when all are."""
    return next((page for page in form_pages() if missing_on(page, answers)), None)


def answers_of(intake: Intake) -> dict[str, IntakeAnswer]:
    """The saved answers by question."""
    return {answer.question: answer for answer in intake.answers.all()}


@transaction.atomic
def submit_intake(intake: Intake, signed_name: str) -> Intake:
    """Close the intake: consent, screening, status, audit. A second submit changes nothing.

    Raises IncompleteIntake while an answer, a tick or the typed name is missing.
    """
    locked = locked_intake(intake)
    if locked.status in FINISHED:
        return locked
    answers = answers_of(locked)
    missing = [key for page in form_pages() for key in missing_on(page, answers)]
    missing += [
        q.id for q in consent_questions() if q.id not in answers or answers[q.id].value != TICKED
    ]
    if not signed_name.strip():
        missing.append("signed_name")
    if missing:
        raise IncompleteIntake(missing)
    now = timezone.now()
    sign_consent(locked, answers, signed_name=signed_name, at=now)
    store_screening(locked, answers)
    _take_over_contact(locked.patient, answers)
    locked.status, locked.submitted_at = IntakeStatus.SUBMITTED, now
    locked.save(update_fields=["status", "submitted_at"])
    record(Action.SUBMIT, locked, patient_id=locked.patient_id)
    return locked


def _take_over_contact(patient: Patient, answers: Mapping[str, IntakeAnswer]) -> None:
    """Bring what the patient wrote about contact into the patient's row; never empties a field."""
    fields = {"emergency_contact": "emergency_contact", "physician": "physician"}
    if answers["contact_right"].value == "no":
        fields |= {"new_phone": "phone", "new_email": "email"}
    changed = []
    for question, field in fields.items():
        if answers[question].value == GIVEN and getattr(patient, field) != answers[question].detail:
            setattr(patient, field, answers[question].detail)
            changed.append(field)
    if changed:
        patient.save(update_fields=changed)
        record(Action.CHANGE, patient, patient_id=patient.pk, detail=", ".join(changed))
