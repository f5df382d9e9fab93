"""Answers in words: for the patient's check page and the physiotherapist's review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from intake.form_pages import form_pages
from intake.form_record import pages_of
from intake.models import Intake, IntakeAnswer
from intake.questions import GIVEN, NO, NOT_GIVEN, TICKED, Page, Question
from intake.wording import facts_in_words, words_of
from people.models import Patient

NOT_PROVIDED = "Not provided"
HIDDEN = "•"
ENGLISH = "en"
EARLIER = Page("", "Other answers", "Asked in an earlier form", ())
PLAIN_WORDS = {"yes": "Yes", "no": "No", "not_sure": "Not sure", "maybe": "Might be"}


@dataclass(frozen=True)
class AnswerLine:
    """One question with its answer as words; ``asked_as`` is another wording it was asked in."""

    question: str
    wording: str
    words: str
    detail: str
    value: str
    asked_as: str = ""


@dataclass(frozen=True)
class AnswerBlock:
    """Answers that were asked together; a group of checks has a title, other questions none."""

    title: str
    lines: tuple[AnswerLine, ...]

    @property
    def told(self) -> list[AnswerLine]:
        """What stands on its own: every answer but the checks that were left unticked."""
        return [line for line in self.lines if not (self.title and line.value == NO)]

    @property
    def unticked(self) -> list[AnswerLine]:
        """The checks of the group that were answered with no."""
        return [line for line in self.lines if self.title and line.value == NO]


@dataclass(frozen=True)
class AnswerSection:
    """The answers of one page."""

    page: Page
    lines: tuple[AnswerLine, ...]

    @property
    def blocks(self) -> list[AnswerBlock]:
        """The lines in order, those of a group of checks together."""
        group_of = {question.id: question.group for question in self.page.questions}
        titles = {group.id: group.title for group in self.page.groups}
        together = groupby(self.lines, key=lambda line: group_of.get(line.question, ""))
        return [AnswerBlock(titles.get(key, ""), tuple(lines)) for key, lines in together]

    @property
    def telling(self) -> list[AnswerLine]:
        """The lines that say more than a plain no to a health check."""
        folded = self.denied
        return [line for line in self.lines if line not in folded]

    @property
    def denied(self) -> list[AnswerLine]:
        """Plain noes, where there is more than one of them."""
        noes = [one for one in self.lines if (one.value, one.detail, one.asked_as) == (NO, "", "")]
        return noes if len(noes) > 1 else []


def summary(answers: Mapping[str, IntakeAnswer]) -> list[AnswerSection]:
    """Every page of the current form with its answers, in the language of the page."""
    return _sections(form_pages(), answers)


def summary_of(intake: Intake, answers: Mapping[str, IntakeAnswer]) -> list[AnswerSection]:
    """A submitted intake in English, from the form it answered, whatever is asked today.

    What that form does not hold (answers to an earlier version) stands last as it was stored.
    """
    sections = _sections(pages_of(intake.form), answers, is_english=intake.language == ENGLISH)
    shown = {line.question for section in sections for line in section.lines}
    rest = [one for key, one in answers.items() if key not in shown and one.value != TICKED]
    if not rest:
        return sections
    return [*sections, AnswerSection(EARLIER, tuple(_as_stored(one) for one in rest))]


def _sections(
    pages: Iterable[Page], answers: Mapping[str, IntakeAnswer], *, is_english: bool = False
) -> list[AnswerSection]:
    return [
        AnswerSection(
            page, tuple(_line(one, answers.get(one.id), is_english) for one in page.questions)
        )
        for page in pages
    ]


def _line(question: Question, answer: IntakeAnswer | None, is_english: bool) -> AnswerLine:
    if answer is None:
        return AnswerLine(question.id, question.wording, _("Not provided"), "", "")
    words = words_of(question, answer.value, answer.facts)
    detail = "\n".join((*facts_in_words(question, answer.facts), answer.detail)).strip()
    if not words:
        words, detail = detail or _("Not provided"), ""
    differs = is_english and answer.wording != question.wording
    asked_as = answer.wording if differs else ""
    return AnswerLine(question.id, question.wording, words, detail, answer.value, asked_as)


def _as_stored(answer: IntakeAnswer) -> AnswerLine:
    """An answer by its own snapshot alone."""
    value = "" if answer.value in (GIVEN, NOT_GIVEN) else answer.value
    words = answer.words or PLAIN_WORDS.get(value) or value.replace("_", " ").replace(",", ", ")
    if not words:
        return AnswerLine(answer.question, answer.wording, answer.detail or NOT_PROVIDED, "", "")
    return AnswerLine(answer.question, answer.wording, words, answer.detail, answer.value)


def contact_on_file(patient: Patient) -> str:
    """Phone and e-mail with most characters hidden."""
    parts = []
    if patient.phone:
        digits = "".join(c for c in patient.phone if c.isdigit())
        parts.append(_("phone ending in {digits}").format(digits=digits[-4:]))
    if patient.email:
        name, at, host = patient.email.partition("@")
        parts.append(_("e-mail {address}").format(address=f"{name[:1]}{HIDDEN * 3}{at}{host}"))
    return _(" and ").join(parts)
