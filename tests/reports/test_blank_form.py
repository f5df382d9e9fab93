"""The form on paper: what is printed, in which order, in which language."""

import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from audit.choices import Action
from audit.models import AuditEvent
from intake.choices import Chaperone
from intake.consent_text import introduction_shown, statements_shown
from intake.form_pages import form_pages
from intake.paper import consent_numbers
from intake.questions import Kind
from reports.blank_form import blank_form_document, printed_pages
from tests import factories
from tests.reports.conftest import text_of

pytestmark = pytest.mark.django_db

MOST_PAGES = 10


def squeezed(text: str) -> str:
    """The text without any space, since lines break anywhere."""
    return "".join(text.split())


def test_every_question_is_printed_once_in_the_order_of_the_form_with_its_number() -> None:
    factories.make_location()
    text = squeezed(text_of(blank_form_document(None, "en")))
    printed = [one for page in printed_pages() for block in page.blocks for one in block.questions]
    asked = [question for page in form_pages() for question in page.questions]
    assert [one.number for one in printed] == [*range(1, len(asked) + 1)]
    said = [f"{one.number}{'☐' if one.look == 'check' else ''}{one.wording}" for one in printed]
    numbers = consent_numbers()
    said += [f"{numbers[one['id']]}☐{one['text']}" for one in statements_shown()]
    said += [f"{numbers['chaperone']}Would you like another person, a chaperone, in the room?"]
    places, at = [], 0
    for words in said:
        at = text.index(squeezed(words), at)
        places.append(at)
    assert places == sorted(places)
    sections = list(dict.fromkeys(page.section for page in form_pages()))
    assert [page.section for page in printed_pages() if page.section] == sections


def test_each_group_begins_with_none_of_these_and_each_check_has_its_not_sure() -> None:
    text = text_of(blank_form_document(None, "en"))
    pages = form_pages()
    for title in (group.title for page in pages for group in page.groups):
        assert squeezed(f"{title} ☐ None of these") in squeezed(text)
    checks = [one for page in pages for one in page.questions if one.kind is Kind.CHECK]
    others = [one for page in pages for one in page.questions if one.kind is not Kind.CHECK]
    unsure = [one for one in others if any(o.value == "not_sure" for o in one.options)]
    facts = [fact for one in checks for fact in one.facts if fact.options]
    assert text.count("☐ I’m not sure") == len(checks) + len(unsure) + len(facts)
    assert "☐ Might be ☐ I’m not sure" in text


def test_what_is_asked_beside_a_yes_has_its_line_date_or_boxes() -> None:
    text = squeezed(text_of(blank_form_document(None, "en")))
    for question in (one for page in form_pages() for one in page.questions):
        for words in (question.detail, *(fact.label for fact in question.facts)):
            assert squeezed(words) in text
    looks = {
        fact.label: fact.look
        for page in printed_pages()
        for block in page.blocks
        for question in block.questions
        for fact in question.facts
    }
    assert looks == {
        "On which day?": "date",
        "Is it well controlled?": "boxes",
        "When was it?": "date",
        "How many weeks?": "line",
        "Which medicine?": "line",
        "Your last INR, if you take warfarin": "line",
        "When was this INR measured?": "date",
    }
    assert "Isitwellcontrolled?☐Yes☐No☐I’mnotsure" in text


def test_it_has_boxes_scales_a_drawing_and_lines_to_sign_on() -> None:
    factories.make_location(address="12 Wharf Street")
    text = text_of(blank_form_document(None, "en"))
    assert "☐ Yes ☐ No ☐ I’m not sure" in text
    assert "☐ 0 ☐ 1 ☐ 2 ☐ 3 ☐ 4 ☐ 5 ☐ 6 ☐ 7 ☐ 8 ☐ 9 ☐ 10" in text
    assert (text.count("Your right"), text.count("Your left")) == (2, 2)
    assert "how it feels: aching, sharp, burning, pins and needles, numb." in text
    assert "Signature of the patient" in text
    assert "Signature of the parent, guardian or" in text
    assert "☐ Parent ☐ Legal guardian ☐ Legal decision-maker" in text
    assert "Harbour IMS Clinic" in text


def test_the_consent_has_its_introduction_and_the_choice_of_a_chaperone() -> None:
    for language in ("en", "fr"):
        text = squeezed(text_of(blank_form_document(None, language)))
        with translation.override(language):
            said = [*introduction_shown(), *(f"☐{one.label}" for one in Chaperone)]
        assert [squeezed(words) in text for words in said] == [True] * len(said)


def test_every_page_names_clinic_version_and_page_number_and_the_pdf_is_tagged() -> None:
    factories.make_location()
    pdf = blank_form_document(None, "en")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
        assert count <= MOST_PAGES
        assert document.Root.MarkInfo.Marked
        assert f"{document.Root.Lang}" == "en"
    text = text_of(pdf)
    assert text.count("Form 2026.2 · Confidential health record") == count
    assert [f"Page {n} / {count}" in text for n in range(1, count + 1)] == [True] * count


def test_the_form_of_one_patient_has_name_date_of_birth_and_record_number() -> None:
    patient = factories.make_patient(given_name="Jonas", family_name="Eklund" * 9)
    text = text_of(blank_form_document(patient, "en"))
    assert f"Born 17 May 1980 · Record {patient.record_number}" in text
    assert "Name Jonas" in text
    assert patient.phone in text


def test_data_and_frame_are_said_in_the_language_asked_for() -> None:
    english = printed_pages()[4].blocks[0].questions[0]
    with translation.override("fr"):
        first = printed_pages()[4].blocks[0].questions[0]
    pdf = blank_form_document(factories.make_patient(), "fr")
    assert (first.number, first.wording == english.wording) == (11, False)
    assert squeezed(f"11 {first.wording}") in squeezed(text_of(pdf))
    assert "17 mai 1980" in text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert f"{document.Root.Lang}" == "fr"


@pytest.mark.parametrize("fixture", ["desk_client", "physio_client", "admin_client_"])
def test_everybody_on_staff_prints_it(fixture: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(fixture)
    answer = client.get(reverse("reports:blank-form"), {"language": "nonsense"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert not AuditEvent.objects.filter(action=Action.PRINT).exists()


def test_printing_for_a_patient_is_an_audit_line_and_the_file_name_has_no_name(
    desk_client: Client,
) -> None:
    patient = factories.make_patient(family_name="Eklund", language="fr")
    answer = desk_client.get(reverse("reports:blank-form-for", args=[patient.pk]))
    assert "17 mai 1980" in text_of(answer.content)
    assert "Eklund" not in answer["Content-Disposition"]
    assert AuditEvent.objects.get(action=Action.PRINT).patient_number == patient.pk
