"""The form on paper: the numbers of its questions, and a signed paper entered by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import translation

from audit.choices import Action
from audit.services import record
from intake.choices import IntakeSource
from intake.consent import Marks
from intake.drafts import IntakeClosed
from intake.form_pages import consent_questions, form_pages
from intake.fresh_link import intake_for
from intake.models import Intake, IntakeAnswer
from intake.questions import TICKED, Page
from intake.services import (
    FINISHED,
    locked_intake,
    missing_on,
    save_answers,
    submit_intake,
)
from people.models import User
from scheduling.models import Appointment

CHAPERONE = "chaperone"


@dataclass(frozen=True)
class PaperPage:
    """One page of the form as it is printed and typed in: its questions carry numbers."""

    page: Page
    first: int

    @property
    def numbers(self) -> dict[str, int]:
        """Question to the number beside it on paper."""
        return {question.id: n for n, question in enumerate(self.page.questions, self.first)}

    @property
    def last(self) -> int:
        return self.first + len(self.page.questions) - 1

    @property
    def span(self) -> str:
        """Its numbers in words: "7 to 10", or "6" alone."""
        return f"{self.first} to {self.last}" if self.last > self.first else f"{self.first}"


def paper_pages() -> tuple[PaperPage, ...]:
    """Every page in the order of the form, its questions numbered through from 1."""
    pages, first = [], 1
    for page in form_pages():
        pages.append(PaperPage(page, first))
        first += len(page.questions)
    return tuple(pages)


def consent_numbers() -> dict[str, int]:
    """The statements of the consent carry on where the questions end, then the chaperone."""
    asked = [*(one.id for one in consent_questions()), CHAPERONE]
    return {key: n for n, key in enumerate(asked, paper_pages()[-1].last + 1)}


def pages_to_do(answers: Mapping[str, IntakeAnswer]) -> list[PaperPage]:
    """Pages that are not finished yet."""
    return [one for one in paper_pages() if missing_on(one.page, answers)]


@transaction.atomic
def begin_paper(*, appointment: Appointment, by: User) -> Intake:
    """The intake into which the paper of this appointment is entered; sends nothing.

    An unfinished one keeps what the patient answered online; a complete one is returned as it is.
    From now on nobody is reminded of it by itself. One audit line.
    """
    newest = appointment.intakes.order_by("-pk").first()
    intake = locked_intake(newest or intake_for(appointment))
    if intake.status in FINISHED:
        return intake
    intake.entered_by = by
    intake.save(update_fields=["entered_by"])
    record(Action.CHANGE, intake, patient_id=intake.patient_id, detail="paper form begun")
    return intake


@transaction.atomic
def submit_paper(
    *, intake: Intake, signed_name: str, signed_on: date, language: str, marks: Marks
) -> Intake:
    """Close an intake that was signed on paper: who entered it, ticks, then the usual submit.

    ``language`` is that of the paper: the consent keeps its text. ``marks`` says who entered it,
    the chaperone, and who signed beside the patient. A second submit changes nothing.
    Raises IncompleteIntake while an answer or, under age, the guardian is missing, and
    IntakeClosed when it was submitted online meanwhile.
    """
    locked = locked_intake(intake)
    if locked.status in FINISHED:
        if locked.source != IntakeSource.PAPER:
            raise IntakeClosed("The intake was submitted online; the paper adds nothing to it.")
        return locked
    locked.source, locked.entered_by = IntakeSource.PAPER, marks.recorded_by
    locked.paper_signed_on = signed_on
    locked.save(update_fields=["source", "entered_by", "paper_signed_on"])
    save_answers(locked, {question.id: (TICKED, "") for question in consent_questions()})
    with translation.override(language):
        return submit_intake(locked, signed_name, marks=marks)
