"""Answers in words: for the patient's check page and the physiotherapist's review."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.form_pages import form_pages
from intake.models import IntakeAnswer
from intake.questions import GIVEN, Kind, Page, Question
from people.models import Patient

NOT_PROVIDED = "Not provided"
HIDDEN = "•"


@dataclass(frozen=True)
class AnswerLine:
    """One question with its answer as words."""

    question: str
    wording: str
    words: str
    detail: str
    value: str


@dataclass(frozen=True)
class AnswerSection:
    """The answers of one page."""

    page: Page
    lines: tuple[AnswerLine, ...]


def summary(answers: Mapping[str, IntakeAnswer]) -> list[AnswerSection]:
    """Every page with its answers, in the clinic's order."""
    return [
        AnswerSection(page, tuple(_line(question, answers) for question in page.questions))
        for page in form_pages()
    ]


def _line(question: Question, answers: Mapping[str, IntakeAnswer]) -> AnswerLine:
    answer = answers.get(question.id)
    if answer is None:
        return AnswerLine(question.id, question.wording, NOT_PROVIDED, "", "")
    shows_text = question.is_open or answer.value == GIVEN
    words = answer.detail or NOT_PROVIDED if shows_text else _words(question, answer.value)
    detail = "" if shows_text else answer.detail
    return AnswerLine(question.id, answer.wording, words, detail, answer.value)


def _words(question: Question, value: str) -> str:
    words = question.label_of(value) or NOT_PROVIDED
    return f"{words} of 10" if question.kind is Kind.NPRS and value.isdigit() else words


def contact_on_file(patient: Patient) -> str:
    """Phone and e-mail with most characters hidden."""
    parts = []
    if patient.phone:
        digits = "".join(c for c in patient.phone if c.isdigit())
        parts.append(f"phone ending in {digits[-4:]}")
    if patient.email:
        name, _at, host = patient.email.partition("@")
        parts.append(f"e-mail {name[:1]}{HIDDEN * 3}@{host}")
    return " and ".join(parts)
