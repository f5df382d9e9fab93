"""A sent intake, its link, and helpers that fill it in as a patient would."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from intake.consent_forms import text_shown
from intake.consent_text import statements_shown
from intake.form_pages import consent_questions, form_pages
from intake.models import Intake
from intake.page_form import PageForm
from intake.questions import TICKED, Kind, Page, Question, Reply
from intake.services import save_answers, send_intake, submit_intake
from notifications.models import Message
from people.models import Patient
from tests.factories import make_appointment, make_patient

BORN = {"day": "17", "month": "5", "year": "1980"}


@pytest.fixture
def patient(db: None) -> Patient:
    return make_patient()


@pytest.fixture
def intake(patient: Patient) -> Intake:
    appointment = make_appointment(patient=patient, starts_at=timezone.now() + timedelta(days=2))
    return send_intake(appointment=appointment, patient=patient)


def token_of_newest_message(letter: str = "i") -> str:
    """The token of the newest link of its kind: i for the intake, c for the consent."""
    message = Message.objects.filter(secret_link__contains=f"/{letter}/").first()
    assert message is not None
    found = re.search(rf"/{letter}/([^/]+)/$", message.secret_link)
    assert found is not None
    return found.group(1)


@pytest.fixture
def opened(intake: Intake, client: Client) -> Client:
    """A browser that followed the link and gave the right date of birth."""
    client.post(f"/i/{token_of_newest_message()}/start/")
    client.post("/intake/birth-date/", BORN)
    return client


def signing(**changes: object) -> dict[str, object]:
    """The consent page filled in by typing; a change to None takes a field away."""
    ticks = {one["id"]: "on" for one in statements_shown()}
    values = {
        **ticks,
        "shown": text_shown(),
        "chaperone": "not_wanted",
        "signed_name": "Robin Sample",
    }
    return {key: value for key, value in {**values, **changes}.items() if value is not None}


HARMLESS: Mapping[Kind, object] = {
    Kind.YES_NO: "no",
    Kind.NPRS: "4",
    Kind.MANY: ["aching"],
    Kind.ZONES: ["neckR"],
}


def harmless(question: Question) -> object:
    """An answer that no rule minds."""
    if question.kind is Kind.ONE:
        return question.options[0].value
    return HARMLESS.get(question.kind) or ("Something" if question.is_needed else "")


def typed(page: Page, **changes: object) -> dict[str, object]:
    """A harmless answer for every question of a page, as a browser posts it.

    A check is changed by its answer: ``typed(page, pregnancy="maybe")``. Any other change, also of
    a field beside a question, goes in by its name: ``typed(page, **{"pregnancy-weeks": "9"})``.
    """
    values: dict[str, object] = {}
    for question in page.questions:
        if question.kind is not Kind.CHECK:
            values[question.id] = harmless(question)
        elif (said := changes.pop(question.id, "no")) != "no":
            values |= {question.id: "on", f"{question.id}-sure": said}
    for group in page.groups:
        if not any(one.id in values for one in page.questions if one.group == group.id):
            values[f"none-{group.id}"] = "on"
    return {**values, **changes}


def stored(**changes: str | Reply) -> dict[str, Reply]:
    """The same as ``save_answers`` takes it, for the whole form."""
    found = {
        key: reply
        for page in form_pages()
        for key, reply in saved_by(PageForm(page, {}, query(typed(page)))).items()
    }
    return found | {
        key: value if isinstance(value, Reply) else Reply(value) for key, value in changes.items()
    }


def query(values: Mapping[str, object]) -> QueryDict:
    """Typed values as the view gets them."""
    data = QueryDict(mutable=True)
    for key, value in values.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


def saved_by(form: PageForm) -> dict[str, Reply]:
    assert form.is_valid(), form.errors
    return form.to_save()


@pytest.fixture
def submitted(intake: Intake) -> Callable[..., Intake]:
    """Fill in everything, with changes, and submit."""

    def fill_and_submit(**changes: str | Reply) -> Intake:
        save_answers(intake, stored(**changes))
        save_answers(intake, {q.id: (TICKED, "") for q in consent_questions()})
        return submit_intake(intake, "Robin Sample")

    return fill_and_submit
