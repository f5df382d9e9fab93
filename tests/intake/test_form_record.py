"""A version of the form is kept as it was released; an old intake never follows a new form."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from intake import form_pages, form_record, services
from intake.models import Intake, IntakeAnswer, IntakeForm
from intake.questions import Page, Reply
from intake.services import answers_of, first_open_page, save_answers, send_intake
from intake.summary import AnswerSection, summary_of
from people.models import Patient
from reports.summaries import intake_summary
from tests.factories import make_appointment, make_intake
from tests.intake.conftest import stored

Submitted = Callable[..., Intake]
ChangeForm = Callable[[str, tuple[Page, ...]], None]


@pytest.fixture
def change_form(monkeypatch: pytest.MonkeyPatch) -> ChangeForm:
    """Puts other questions in the place of the released ones, as a new release would."""

    def change(version: str, pages: tuple[Page, ...]) -> None:
        for module in (form_pages, form_record, services):
            monkeypatch.setattr(module, "FORM_VERSION", version)
        monkeypatch.setattr(form_pages, "released_pages", lambda: pages)
        monkeypatch.setattr(form_pages, "_pages_in", lambda _language: pages)

    return change


def other_pages() -> tuple[Page, ...]:
    """The form with another wording, without a question, and with an option less."""
    pages = []
    for page in form_pages.released_pages():
        kept = [one for one in page.questions if one.id != "goal_2"]
        changed = [
            replace(one, wording="How bad is it?")
            if one.id == "pain_now"
            else replace(one, options=one.options[1:])
            if one.id == "handedness"
            else one
            for one in kept
        ]
        pages.append(replace(page, questions=tuple(changed)))
    return tuple(pages)


def lines(sections: list[AnswerSection]) -> dict[str, tuple[str, str, str]]:
    return {
        line.question: (line.wording, line.words, line.detail)
        for section in sections
        for line in section.lines
    }


def test_a_stored_definition_gives_back_the_same_pages(intake: Intake) -> None:
    assert form_record.pages_of(intake.form) == form_pages.released_pages()


def test_the_same_version_with_other_questions_is_refused(
    intake: Intake, patient: Patient, change_form: ChangeForm
) -> None:
    change_form(form_pages.FORM_VERSION, other_pages())
    with pytest.raises(form_record.FormChanged, match=r"Form 2026\.2 is in use with other"):
        send_intake(appointment=make_appointment(patient=patient), patient=patient)


def test_a_new_form_leaves_the_old_review_and_document_as_they_were(
    submitted: Submitted, physio_client: Client, change_form: ChangeForm
) -> None:
    intake = submitted(pregnancy=Reply("maybe", "", {"weeks": "9"}))
    before = lines(summary_of(intake, answers_of(intake)))
    document, page = intake_summary(intake).sections, review_of(intake, physio_client)
    change_form("2027.1", other_pages())
    fresh = Intake.objects.get(pk=intake.pk)
    assert lines(summary_of(fresh, answers_of(fresh))) == before
    assert intake_summary(fresh).sections == document
    assert review_of(fresh, physio_client) == page
    assert before["pain_now"][:2] == ("How strong is your pain right now?", "4 of 10")
    assert before["handedness"][1] == "Right"
    assert before["pregnancy"][1:] == ("Might be", "How many weeks? 9")
    assert "goal_2" in before


def review_of(intake: Intake, physio: Client) -> str:
    """The answers of the review page."""
    page = physio.get(f"/intakes/{intake.pk}/review/").content.decode()
    return page[page.index('class="review-answers"') : page.index("review-decision")]


def test_an_unfinished_intake_goes_on_with_the_new_form(
    intake: Intake, change_form: ChangeForm
) -> None:
    save_answers(intake, stored())
    assert first_open_page(answers_of(intake)) is None
    change_form("2027.1", other_pages())
    open_page = first_open_page(answers_of(intake))
    assert open_page is not None
    assert open_page.slug == "kind"  # the option that was chosen is gone
    save_answers(intake, {"handedness": Reply("left")})
    intake.refresh_from_db()
    assert intake.form.version == "2027.1"
    assert first_open_page(answers_of(intake)) is None
    shown = lines(summary_of(intake, answers_of(intake)))
    assert shown["pain_now"][:2] == ("How bad is it?", "4 of 10")
    assert shown["goal_2"][0] == "A second thing"
    asked = {
        line.question: line.asked_as
        for section in summary_of(intake, answers_of(intake))
        for line in section.lines
    }
    assert asked["pain_now"] == "How strong is your pain right now?"


def test_sending_again_keeps_an_intake_of_an_older_form(
    intake: Intake, patient: Patient, change_form: ChangeForm
) -> None:
    change_form("2027.1", other_pages())
    assert intake.appointment is not None
    assert send_intake(appointment=intake.appointment, patient=patient).pk == intake.pk


def test_an_intake_of_the_first_form_stays_readable(patient: Patient) -> None:
    form = IntakeForm.objects.create(version="2026.1")
    intake = make_intake(patient, form=form, submitted_at=timezone.now())
    rows: list[dict[str, Any]] = [
        {"question": "chief_area", "wording": "Where?", "value": "neckR,hand", "detail": "All day"},
        {"question": "rf_fever", "wording": "Fever?", "value": "not_sure"},
        {"question": "goal_1", "wording": "Goal?", "value": "given", "detail": "Run"},
        {"question": "goal_2", "wording": "More?", "value": "not_given"},
        {"question": "consent_risks", "wording": "I agree", "value": "ticked"},
    ]
    for row in rows:
        IntakeAnswer.objects.create(intake=intake, **row)
    assert lines(summary_of(intake, answers_of(intake))) == {
        "chief_area": ("Where?", "neckR, hand", "All day"),
        "rf_fever": ("Fever?", "Not sure", ""),
        "goal_1": ("Goal?", "Run", ""),
        "goal_2": ("More?", "Not provided", ""),
    }


def test_the_language_of_the_patient_is_kept_and_staff_read_english(intake: Intake) -> None:
    with translation.override("fr"):
        save_answers(intake, {"pain_now": Reply("4"), "goal_1": Reply("given", "Marcher")})
    intake.refresh_from_db()
    assert intake.language == "fr"
    shown = lines(summary_of(intake, answers_of(intake)))
    assert shown["pain_now"] == ("How strong is your pain right now?", "4 of 10", "")
    assert shown["goal_1"][1] == "Marcher"
    save_answers(intake, {"pain_now": Reply("5")})
    intake.refresh_from_db()
    assert intake.language == "en"
