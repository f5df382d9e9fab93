"""Everything that writes an intake: sent, started, answered, submitted."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audit.choices import Action
from audit.services import record
from intake.choices import IntakeStatus
from intake.consent import TYPED_ONLY, Marks, missing_to_sign, send_consent_link, sign_consent
from intake.drafts import Fields, IntakeClosed, clear_draft, clear_drafts
from intake.form_pages import FORM_VERSION, consent_questions, form_pages, questions_by_id
from intake.form_record import current_form
from intake.fresh_link import intake_for, renew_link
from intake.models import Intake, IntakeAnswer
from intake.outcome import alerts_for, store_screening
from intake.questions import GIVEN, NOT_GIVEN, TICKED, Page, Reply
from intake.red_flags import note_red_flags
from intake.status import IntakeBadge, needling_obstacles, status_badges
from intake.wording import words_of
from notifications.services import enqueue
from people.language import address_for, speaking_to
from people.models import Patient
from scheduling.models import Appointment

__all__ = [
    "IncompleteIntake",
    "IntakeBadge",
    "alerts_for",
    "continue_page",
    "first_open_page",
    "needling_obstacles",
    "save_answers",
    "send_intake",
    "sign_and_submit",
    "start_intake",
    "status_badges",
    "submit_intake",
]

Saved = dict[str, IntakeAnswer]

FINISHED = (IntakeStatus.SUBMITTED, IntakeStatus.REVIEWED)
SUBJECT = _("Before your appointment at {clinic}")
BODY = _(
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

    An unfinished intake of this appointment keeps its answers, also those to an older version of
    the form; a complete one is returned as it is. Without an e-mail address the intake is created
    and no link is made. Stores, queues the message, audits.
    Raises FormChanged when the questions were changed without a new version.
    """
    intake = intake_for(appointment)
    if intake.status in FINISHED or not patient.email:
        return intake
    return send_link(intake, appointment=appointment, patient=patient)


@transaction.atomic
def send_link(
    intake: Intake, *, appointment: Appointment, patient: Patient, subject: Promise = SUBJECT
) -> Intake:
    """Make the unfinished intake a new link, close the one before, queue the message, audit."""
    token = renew_link(intake, appointment)
    _tell(appointment, patient, token, subject)
    record(Action.SEND, intake, patient_id=patient.pk)
    return intake


def _tell(appointment: Appointment, patient: Patient, token: str, subject: Promise) -> None:
    clinic = appointment.room.location
    with speaking_to(patient):
        enqueue(
            address=patient.email,
            recipient=patient.full_name,
            subject=str(subject).format(clinic=clinic.name),
            body=BODY.format(name=patient.given_name, clinic=clinic.name, phone=clinic.phone),
            secret_link=address_for(patient, reverse("intake:start", args=[token])),
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
def save_answers(
    intake: Intake, answers: Mapping[str, Reply | tuple[str, str]]
) -> dict[str, IntakeAnswer]:
    """Store or replace answers, each with the wording it answered and its words as shown.

    An intake that was begun with an older version goes on with the current one. Returns the stored
    answers by question.
    Raises KeyError for a question the form does not have and IntakeClosed once submitted. Row
    history keeps what was answered before.
    """
    if locked_intake(intake).status in FINISHED:
        raise IntakeClosed("The intake is submitted; its answers are closed.")
    start_intake(intake)
    _follow_the_form(intake)
    rows = [_answer(intake, question, Reply(*reply)) for question, reply in answers.items()]
    IntakeAnswer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["intake", "question"],
        update_fields=["wording", "value", "words", "detail", "facts", "answered_at"],
    )
    return {row.question: row for row in rows}


@transaction.atomic
def continue_page(
    *,
    intake: Intake,
    page: Page,
    answers: Mapping[str, Reply],
    fields: Fields,
    version: int | None,
) -> Saved:
    """Save the answers of a page and forget its draft; returns the stored answers by question.

    A red flag among them opens the physiotherapist's alert in the same transaction.

    Raises IntakeClosed once submitted, and SavedMeanwhile when other words were saved after the
    page was opened at ``version``; then nothing is written.
    """
    saved = save_answers(intake, answers)
    note_red_flags(intake, page, saved)
    clear_draft(intake=intake, page=page.slug, fields=fields, version=version)
    return saved


def _answer(intake: Intake, key: str, reply: Reply) -> IntakeAnswer:
    question = questions_by_id()[key]
    return IntakeAnswer(
        intake=intake,
        question=key,
        wording=question.wording,
        value=reply.value,
        words=words_of(question, reply.value, reply.facts),
        detail=reply.detail,
        facts=dict(reply.facts),
    )


def _follow_the_form(intake: Intake) -> None:
    """Keep the version that is answered, and the language it is answered in."""
    language = (get_language() or "en").partition("-")[0]
    if intake.form.version != FORM_VERSION:
        intake.form = current_form()
    elif intake.language == language:
        return
    intake.language = language
    intake.save(update_fields=["form", "language"])


def locked_intake(intake: Intake) -> Intake:
    """The same row, held until the end of the transaction."""
    return Intake.objects.select_for_update().get(pk=intake.pk)


def missing_on(page: Page, answers: Mapping[str, IntakeAnswer]) -> list[str]:
    """Questions of the page without an answer; an optional one must have been seen.

    A choice the form no longer offers counts as no answer.
    """
    return [
        question.id
        for question in page.questions
        if question.id not in answers
        or (question.is_needed and answers[question.id].value in ("", NOT_GIVEN))
        or not question.takes(answers[question.id].value)
    ]


def first_open_page(answers: Mapping[str, IntakeAnswer]) -> Page | None:
    """The first page that is not finished, or None when all are."""
    return next((page for page in form_pages() if missing_on(page, answers)), None)


def answers_of(intake: Intake) -> dict[str, IntakeAnswer]:
    """The saved answers by question."""
    return {answer.question: answer for answer in intake.answers.all()}


@transaction.atomic
def sign_and_submit(intake: Intake, signed_name: str, *, marks: Marks) -> Intake:
    """Store the ticks of the consent page and submit. A second submit changes nothing.

    Raises IncompleteIntake.
    """
    if locked_intake(intake).status not in FINISHED:
        save_answers(intake, {question.id: (TICKED, "") for question in consent_questions()})
    return submit_intake(intake, signed_name, marks=marks)


@transaction.atomic
def submit_intake(intake: Intake, signed_name: str, *, marks: Marks = TYPED_ONLY) -> Intake:
    """Close the intake: consent, screening, status, audit. A second submit changes nothing.

    Then sends the link by which the consent can be taken back. Raises IncompleteIntake while an
    answer, a tick, the typed name or, under age, the guardian is missing.
    """
    locked = locked_intake(intake)
    if locked.status in FINISHED:
        return locked
    answers = answers_of(locked)
    missing = [key for page in form_pages() for key in missing_on(page, answers)]
    missing += [
        q.id for q in consent_questions() if q.id not in answers or answers[q.id].value != TICKED
    ]
    now = timezone.now()
    missing += missing_to_sign(locked.patient, signed_name, marks, now)
    if missing:
        raise IncompleteIntake(missing)
    clear_drafts(locked)
    sign_consent(
        patient=locked.patient, intake=locked, signed_name=signed_name, at=now, marks=marks
    )
    store_screening(locked, answers)
    _take_over_contact(locked.patient, answers)
    locked.status, locked.submitted_at = IntakeStatus.SUBMITTED, now
    locked.save(update_fields=["status", "submitted_at"])
    record(Action.SUBMIT, locked, patient_id=locked.patient_id)
    send_consent_link(patient=locked.patient)
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
