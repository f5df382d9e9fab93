"""A second device: what it is not shown, and how a code by e-mail opens the rest."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake.form_pages import form_pages
from intake.models import Intake, IntakeAnswer
from intake.services import save_answers
from notifications.models import Message
from people.models import Patient
from tests.intake.conftest import BORN, stored, token_of_newest_message, typed

SECRET = "My left knee since the fall"
EMERGENCY = "/intake/today/now/"


@pytest.fixture
def first(opened: Client, intake: Intake) -> Client:
    """The device that started, with every page answered."""
    save_answers(intake, {**stored(), "problem_worse": ("given", SECRET)})
    return opened


@pytest.fixture
def token(intake: Intake) -> str:
    return token_of_newest_message()


@pytest.fixture
def second(first: Client, token: str) -> Client:
    """Another device that gave the right date of birth too."""
    browser = Client()
    browser.post(f"/i/{token}/start/")
    answer = browser.post("/intake/birth-date/", BORN)
    assert answer.headers["Location"] == "/intake/device/"
    return browser


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def send_and_read_code(browser: Client) -> str:
    assert browser.post("/intake/device/", {"send": "1"}).status_code == 302
    return Message.objects.latest("pk").secret_link


def test_the_device_that_started_sees_every_answer(first: Client) -> None:
    assert SECRET in text(first, "/intake/check/")
    assert SECRET in text(first, "/intake/story/")


def test_the_device_that_started_knows_itself_after_its_session_ended(
    first: Client, token: str
) -> None:
    first.cookies.pop("sessionid")
    first.post(f"/i/{token}/start/")
    assert first.post("/intake/birth-date/", BORN).headers["Location"] == "/intake/"
    assert SECRET in text(first, "/intake/check/")


def test_another_device_is_shown_no_answer_on_any_page(second: Client) -> None:
    for page in form_pages():
        shown = text(second, f"/intake/{page.slug}/")
        assert "Answered" in shown
        assert "<input type" not in shown.replace('<input type="hidden"', "")
        assert SECRET not in shown
    check = text(second, "/intake/check/")
    assert SECRET not in check
    assert check.count('<p class="intake-answered">Answered</p>') == len(form_pages())


def test_answering_again_starts_from_an_empty_page(second: Client, intake: Intake) -> None:
    shown = text(second, "/intake/story/?change=1&anew=1")
    assert SECRET not in shown
    assert "checked" not in text(second, "/intake/level/?anew=1")
    page = next(page for page in form_pages() if page.slug == "story")
    answer = second.post("/intake/story/?change=1&anew=1", typed(page, problem_worse="Stairs"))
    assert answer.headers["Location"] == "/intake/check/"
    assert IntakeAnswer.objects.get(intake=intake, question="problem_worse").detail == "Stairs"
    assert "Stairs" not in text(second, "/intake/check/")


def test_a_page_refused_on_another_device_shows_what_was_typed_there(second: Client) -> None:
    shown = second.post("/intake/story/?anew=1", {"problem_better": "Rest"}).content.decode()
    assert "Rest" in shown
    assert SECRET not in shown


def test_a_page_that_is_not_finished_is_asked_as_usual(second: Client, intake: Intake) -> None:
    IntakeAnswer.objects.filter(intake=intake, question="problem_worse").delete()
    assert 'name="problem_worse"' in text(second, "/intake/story/")


def test_advice_shows_where_it_was_called_for_and_not_on_another_device(
    first: Client, second: Client
) -> None:
    page = next(page for page in form_pages() if page.slug == "today")
    yes = typed(page, medical_emergency_now="yes")
    first.post("/intake/today/", yes)
    assert second.get(EMERGENCY).status_code == 302
    assert "911" in text(first, EMERGENCY)
    assert second.post("/intake/today/?anew=1", yes).headers["Location"] == EMERGENCY
    assert "911" in text(second, EMERGENCY)


def test_the_right_code_opens_all_answers(second: Client, patient: Patient) -> None:
    code = send_and_read_code(second)
    page = text(second, "/intake/device/?sent=1")
    assert f"{patient.email[0]}•••@mail.example" in page
    assert patient.email not in page
    answer = second.post("/intake/device/?sent=1", {"code": f"{code[:3]} {code[3:]}"})
    assert answer.headers["Location"] == "/intake/"
    assert SECRET in text(second, "/intake/check/")
    assert second.get("/intake/device/").headers["Location"] == "/intake/"


@pytest.mark.parametrize("typed_code", ["", "12345", "1234567", "abcdef", "²²²²²²", "000000"])
def test_a_wrong_code_is_said_and_opens_nothing(second: Client, typed_code: str) -> None:
    code = send_and_read_code(second)
    wrong = "000001" if code == typed_code else typed_code
    page = second.post("/intake/device/?sent=1", {"code": wrong}).content.decode()
    assert "There is a problem" in page
    assert SECRET not in text(second, "/intake/check/")


def test_a_fourth_code_in_an_hour_is_refused_in_words(second: Client) -> None:
    for _ in range(3):
        send_and_read_code(second)
    page = second.post("/intake/device/", {"send": "1"}).content.decode()
    assert "We sent 3 codes in this hour" in page


def test_without_an_address_only_going_on_is_offered(second: Client, patient: Patient) -> None:
    Patient.objects.filter(pk=patient.pk).update(email="")
    page = second.post("/intake/device/", {"send": "1"}).content.decode()
    assert "we cannot send a code" in page
    assert "Go on without a code" in page
    assert 'name="send"' not in page


def test_before_the_date_of_birth_no_code_can_be_asked_for(first: Client, token: str) -> None:
    browser, before = Client(), Message.objects.count()
    browser.post(f"/i/{token}/start/")
    answer = browser.post("/intake/device/", {"send": "1"})
    assert answer.headers["Location"] == "/intake/birth-date/"
    assert Message.objects.count() == before


def test_a_new_link_does_not_open_the_answers_to_another_device(
    first: Client, intake: Intake, desk_client: Client
) -> None:
    desk_client.post(f"/intakes/{intake.pk}/resend/")
    browser = Client()
    for one in (browser, first):
        one.post(f"/i/{token_of_newest_message()}/start/")
        one.post("/intake/birth-date/", BORN)
    assert SECRET not in text(browser, "/intake/check/")
    assert SECRET in text(first, "/intake/check/")


def test_the_code_message_names_nothing_clinical(second: Client) -> None:
    send_and_read_code(second)
    message = Message.objects.latest("pk")
    words = f"{message.subject} {message.body}".casefold()
    assert [w for w in ("needl", "intake", "health", "pain", "form") if w in words] == []
    assert message.created_at > timezone.now() - timedelta(minutes=1)
