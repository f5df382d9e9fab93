"""The released questions, and the one place where they are translated."""

from django.utils import translation

from clinical.screening import consent_statements, patient_questions
from intake import form_pages
from intake.questions import Kind

# A released form cannot change unnoticed: other questions are a new version with a new line here.
RELEASED = {"2026.2": "ce66708ceba654121ab2e7ee6f69870f09b4ca551f1cb66e2d6000fccc3961d8"}


def test_the_released_form_is_as_it_was_released() -> None:
    assert form_pages.fingerprint() == RELEASED[form_pages.FORM_VERSION]


def test_every_screening_question_is_asked_once_in_its_own_words() -> None:
    asked = [question for page in form_pages.form_pages() for question in page.questions]
    by_id = {question.id: question for question in asked}
    assert len(by_id) == len(asked)
    worded = {row.id for row in patient_questions() if row.answer_type.startswith("yes/no")}
    assert {key: by_id[key].wording for key in worded} == {
        row.id: row.question for row in patient_questions() if row.id in worded
    }


def test_the_form_has_fourteen_pages_in_five_sections_before_the_check() -> None:
    sections = list(dict.fromkeys(page.section for page in form_pages.form_pages()))
    assert len(form_pages.form_pages()) == 14
    assert sections == [
        "About you",
        "Your problem",
        "Health checks",
        "Medicines",
        "Goals and past care",
    ]


def test_every_red_flag_has_a_line_of_its_own() -> None:
    flags = {row.id for row in patient_questions() if row.group.startswith("red_flag")}
    kinds = {key: form_pages.questions_by_id()[key].kind for key in flags}
    assert kinds == dict.fromkeys(flags, Kind.CHECK)


def test_pages_follow_each_other() -> None:
    first, second = form_pages.form_pages()[:2]
    assert form_pages.page_after(first) == second
    assert form_pages.page_before(second) == first
    assert form_pages.page_before(first) is None
    assert form_pages.page_after(form_pages.form_pages()[-1]) is None
    assert form_pages.page_at("nowhere") is None


def test_every_text_of_the_data_is_named_once_for_translation() -> None:
    texts = list(form_pages.translatable_texts())
    assert len(texts) == len(set(texts))
    assert "" not in texts
    shown = {consent_statements()[0].question, "None of these", "Neck, right", "How many weeks?"}
    assert shown <= set(texts)


def test_another_language_has_the_same_pages() -> None:
    with translation.override("en-ca"):
        english = form_pages.form_pages()
    with translation.override("fr"):
        assert [page.slug for page in form_pages.form_pages()] == [page.slug for page in english]
    assert [page.title for page in form_pages.released_pages()] == [page.title for page in english]
