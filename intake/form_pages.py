"""The pages of the intake form in the patient's language, from the file of the current version.

The file is English. This is the one place where its texts, the wording of the health checks and
the statements of the consent are translated, at the time they are shown.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext

from clinical.emergency_advice import STEPS, UNSURE_STEPS, WHY
from clinical.screening import consent_statements
from intake.form_file import read_form
from intake.questions import Fact, Group, Kind, Option, Page, Question

FORM_VERSION = "2026.2"
CHECK_SECTION = "Check answers and consent"


@cache
def released_pages() -> tuple[Page, ...]:
    """Every page with questions in English, in order; raises ``BadForm`` for a damaged file."""
    return read_form(FORM_VERSION)


def definition() -> dict[str, Any]:
    """The whole form in English as it is kept with the intakes that answer it."""
    pages = [asdict(page) for page in released_pages()]
    kept: dict[str, Any] = json.loads(json.dumps({"version": FORM_VERSION, "pages": pages}))
    return kept


def fingerprint() -> str:
    """Changes with any wording, option or order of the current version."""
    written = json.dumps(definition(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def form_pages() -> tuple[Page, ...]:
    """Every page with questions; check, consent and done are not among them."""
    return _pages_in(get_language() or "")


@cache
def _pages_in(_language: str) -> tuple[Page, ...]:
    return tuple(_translated(page) for page in released_pages())


def questions_by_id() -> dict[str, Question]:
    """Every question of the form, with the consent statements."""
    found = {question.id: question for page in form_pages() for question in page.questions}
    return found | {question.id: question for question in consent_questions()}


def consent_questions() -> tuple[Question, ...]:
    """The statements the patient ticks, as questions."""
    return tuple(Question(row.id, _said(row.question), Kind.TICK) for row in consent_statements())


def page_at(slug: str) -> Page | None:
    """The page of this address, or None."""
    return next((page for page in form_pages() if page.slug == slug), None)


def page_after(page: Page) -> Page | None:
    """The page that follows, or None after the last."""
    following = form_pages()[form_pages().index(page) + 1 :]
    return following[0] if following else None


def page_before(page: Page) -> Page | None:
    """The page before, or None before the first."""
    earlier = form_pages()[: form_pages().index(page)]
    return earlier[-1] if earlier else None


def translatable_texts() -> Iterator[str]:
    """Every text from data that a patient is shown, once, for the check of the catalogues."""
    seen: set[str] = set()
    for text in _texts():
        if text and not text.isdigit() and text not in seen:
            seen.add(text)
            yield text


def _texts() -> Iterator[str]:
    for page in released_pages():
        yield from (page.section, page.title, page.hint)
        yield from (group.title for group in page.groups)
        for question in page.questions:
            yield from (question.wording, question.hint, question.detail)
            yield from (one.label for one in (*question.options, *question.qualities))
            for fact in question.facts:
                yield from (fact.label, fact.hint, *(one.label for one in fact.options))
    yield CHECK_SECTION
    yield from (row.question for row in consent_statements())
    for advice in (STEPS, UNSURE_STEPS, WHY):
        yield from advice.values()


def _said(text: str) -> str:
    """The text in the language of the page; an empty one stays empty."""
    return gettext(text) if text else ""


def _translated(page: Page) -> Page:
    return replace(
        page,
        section=_said(page.section),
        title=_said(page.title),
        hint=_said(page.hint),
        questions=tuple(_question(question) for question in page.questions),
        groups=tuple(Group(group.id, _said(group.title)) for group in page.groups),
    )


def _question(question: Question) -> Question:
    return replace(
        question,
        wording=_said(question.wording),
        hint=_said(question.hint),
        detail=_said(question.detail),
        options=_options(question.options),
        qualities=_options(question.qualities),
        facts=tuple(_fact(fact) for fact in question.facts),
    )


def _fact(fact: Fact) -> Fact:
    return replace(
        fact, label=_said(fact.label), hint=_said(fact.hint), options=_options(fact.options)
    )


def _options(options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(Option(one.value, _said(one.label)) for one in options)
