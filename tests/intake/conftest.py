"""A sent intake, its link, and helpers that fill it in as a patient would."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake.form_pages import consent_questions, form_pages
from intake.models import Intake
from intake.questions import TICKED, Kind, Page
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


def token_of_newest_message() -> str:
    message = Message.objects.first()
    assert message is not None
    found = re.search(r"/i/([^/]+)/$", message.secret_link)
    assert found is not None
    return found.group(1)


@pytest.fixture
def opened(intake: Intake, client: Client) -> Client:
    """A browser that followed the link and gave the right date of birth."""
    client.post(f"/i/{token_of_newest_message()}/start/")
    client.post("/intake/birth-date/", BORN)
    return client


def typed(page: Page, **changes: object) -> dict[str, object]:
    """A harmless answer for every question of a page."""
    values: dict[str, object] = {}
    for question in page.questions:
        match question.kind:
            case Kind.YES_NO:
                values[question.id] = "no"
            case Kind.ONE:
                values[question.id] = question.options[0].value
            case Kind.NPRS:
                values[question.id] = "4"
            case Kind.MANY:
                values[question.id] = [question.options[0].value]
            case Kind.ZONES:
                values[question.id] = ["neckR"]
            case _:
                values[question.id] = "Something" if question.is_needed else ""
    return {**values, **{key: value for key, value in changes.items() if key in values}}


def stored(**changes: str) -> dict[str, tuple[str, str]]:
    """The same as ``save_answers`` takes it, for the whole form."""
    found: dict[str, tuple[str, str]] = {}
    for page in form_pages():
        for key, value in typed(page).items():
            question = next(q for q in page.questions if q.id == key)
            if question.is_open:
                found[key] = ("given", "Something") if value else ("not_given", "")
            else:
                found[key] = (",".join(value) if isinstance(value, list) else str(value), "")
    return found | {key: (value, "") for key, value in changes.items()}


@pytest.fixture
def submitted(intake: Intake) -> Callable[..., Intake]:
    """Fill in everything, with changes, and submit."""

    def fill_and_submit(**changes: str) -> Intake:
        save_answers(intake, stored(**changes))
        save_answers(intake, {q.id: (TICKED, "") for q in consent_questions()})
        return submit_intake(intake, "Robin Sample")

    return fill_and_submit
