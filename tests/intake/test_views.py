from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.choices import IntakeStatus
from intake.form_pages import consent_questions, form_pages, page_at
from intake.models import Consent, Intake, IntakeAnswer, ScreeningResult
from people.models import Patient, PatientLink
from tests.intake.conftest import BORN, signing, token_of_newest_message, typed


def fill_in_every_page(client: Client) -> None:
    for page in form_pages():
        answer = client.post(f"/intake/{page.slug}/", typed(page))
        assert answer.status_code == 302, answer.content.decode()


def test_the_whole_way_from_the_link_to_the_thanks(intake: Intake, client: Client) -> None:
    token = token_of_newest_message()
    assert b"Harbour IMS Clinic" in client.get(f"/i/{token}/").content
    assert client.post(f"/i/{token}/start/").headers["Location"] == "/intake/"
    assert client.get("/intake/").headers["Location"] == "/intake/birth-date/"
    assert client.post("/intake/birth-date/", BORN).headers["Location"] == "/intake/"
    assert client.get("/intake/").headers["Location"] == "/intake/contact/"
    fill_in_every_page(client)
    assert client.get("/intake/check/").status_code == 200
    assert client.post("/intake/consent/", signing()).headers["Location"] == "/intake/done/"
    assert client.get("/intake/done/").status_code == 200
    intake.refresh_from_db()
    assert intake.status == IntakeStatus.SUBMITTED
    assert len(Consent.objects.get(intake=intake).statements) == len(consent_questions())
    assert ScreeningResult.objects.filter(intake=intake).count() == 1


def test_a_page_reads_the_answers_once(
    opened: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    page = page_at("today")
    assert page is not None
    fields = typed(page)
    opened.post("/intake/today/", fields)
    # session, link, actor, intake, answers, lock, save, red flags, draft, its write, actor; three
    # transactions inside the test's
    with django_assert_num_queries(11 + 6):  # type: ignore[attr-defined]
        assert opened.post("/intake/today/", fields).status_code == 302


@pytest.mark.parametrize("slug", ["contact", "area", "today", "medicines"])
def test_a_page_is_shown_with_few_queries(
    opened: Client, slug: str, django_assert_num_queries: Callable[[int], object]
) -> None:
    # session, link, intake, answers, draft, clinic
    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        assert opened.get(f"/intake/{slug}/").status_code == 200


def test_getting_the_link_changes_nothing(intake: Intake, client: Client) -> None:
    address = f"/i/{token_of_newest_message()}/"
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
    assert client.get(address).status_code == 200


def test_the_first_page_names_no_patient(intake: Intake, client: Client, patient: Patient) -> None:
    page = client.get(f"/i/{token_of_newest_message()}/").content.decode()
    assert patient.given_name not in page
    assert patient.family_name not in page


@pytest.mark.django_db
def test_an_unknown_link_is_closed(client: Client) -> None:
    assert client.get("/i/nothing/").status_code == 404
    assert client.post("/i/nothing/start/").status_code == 404
    assert client.get("/intake/contact/").status_code == 404


def test_five_wrong_birth_dates_close_the_link(intake: Intake, client: Client) -> None:
    token = token_of_newest_message()
    client.post(f"/i/{token}/start/")
    wrong = {**BORN, "year": "1981"}
    statuses = [client.post("/intake/birth-date/", wrong).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 404]
    assert client.post("/intake/birth-date/", BORN).status_code == 404
    assert client.get(f"/i/{token}/").status_code == 404


def test_without_the_birth_date_no_page_opens(intake: Intake, client: Client) -> None:
    client.post(f"/i/{token_of_newest_message()}/start/")
    assert client.get("/intake/contact/").headers["Location"] == "/intake/birth-date/"
    assert client.get("/intake/check/").headers["Location"] == "/intake/birth-date/"


def test_an_empty_page_is_refused_with_links_to_the_questions(opened: Client) -> None:
    answer = opened.post("/intake/today/", {})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in page
    assert 'href="#id_none-right-now"' in page
    assert IntakeAnswer.objects.count() == 0


def test_typed_values_stay_when_a_page_is_refused(opened: Client) -> None:
    page = opened.post("/intake/story/", {"problem_worse": "Stairs & hills"}).content.decode()
    assert "Stairs &amp; hills" in page


def test_coming_back_opens_the_first_page_without_answers(opened: Client) -> None:
    first, second = form_pages()[:2]
    opened.post(f"/intake/{first.slug}/", typed(first))
    assert opened.get("/intake/").headers["Location"] == f"/intake/{second.slug}/"


def test_an_emergency_answer_says_at_once_what_to_do(opened: Client) -> None:
    page = next(page for page in form_pages() if page.slug == "today")
    answer = opened.post("/intake/today/", typed(page, medical_emergency_now="yes"))
    assert answer.headers["Location"] == "/intake/today/now/"
    shown = opened.get(answer.headers["Location"]).content.decode()
    assert "911" in shown
    assert f"/intake/{form_pages()[form_pages().index(page) + 1].slug}/" in shown


def test_every_page_shows_what_was_saved(opened: Client) -> None:
    fill_in_every_page(opened)
    for page in form_pages():
        assert opened.get(f"/intake/{page.slug}/").status_code == 200
    assert "checked" in opened.get("/intake/level/").content.decode()


def test_consent_without_every_tick_is_refused(opened: Client, intake: Intake) -> None:
    fill_in_every_page(opened)
    assert opened.post("/intake/consent/", signing(consent_stop=None)).status_code == 200
    intake.refresh_from_db()
    assert intake.status == IntakeStatus.STARTED


def test_after_submitting_no_answer_can_be_read(
    opened: Client, submitted: Callable[..., Intake]
) -> None:
    submitted()
    assert opened.get("/intake/check/").headers["Location"] == "/intake/done/"
    assert opened.get("/intake/contact/").headers["Location"] == "/intake/done/"
    assert opened.get(f"/i/{token_of_newest_message()}/").status_code == 404


def test_a_new_link_closes_the_old_one_and_keeps_the_answers(
    opened: Client, intake: Intake, desk_client: Client
) -> None:
    old = token_of_newest_message()
    opened.post("/intake/contact/", typed(form_pages()[0]))
    assert desk_client.post(f"/intakes/{intake.pk}/resend/").status_code == 302
    assert opened.get(f"/i/{old}/").status_code == 404
    assert opened.get(f"/i/{token_of_newest_message()}/").status_code == 200
    assert IntakeAnswer.objects.filter(intake=intake).count() == len(form_pages()[0].questions)
    assert PatientLink.objects.filter(revoked_at=None).count() == 1
