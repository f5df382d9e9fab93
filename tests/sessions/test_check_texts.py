"""The check after a session in French; what staff read of it stays English."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from clinical.soreness import assess_check
from clinical.soreness_questions import CheckKind, CheckQuestion, treated
from notifications.models import Message
from sessions.check_texts import advice, course, spoken, translatable_texts
from sessions.follow_up import questions_of, send_check
from sessions.models import Alert, FollowUpAnswer, SorenessFollowUp, TreatmentSession
from tests.checks import page_filled_in

BORN = {"day": "17", "month": "5", "year": "1980"}


@pytest.fixture
def check(signed: TreatmentSession) -> SorenessFollowUp:
    """The 24 hour check, sent to a patient who speaks French."""
    signed.patient.language = "fr"
    signed.patient.save(update_fields=["language"])
    return send_check(SorenessFollowUp.objects.get(treatment=signed, hours=24))


def first_page() -> str:
    message = Message.objects.filter(secret_link__contains="/f/").get()
    found = re.search(r"/f/[^/]+/", message.secret_link)
    assert found is not None
    return found.group()


@pytest.fixture
def french(check: SorenessFollowUp, client: Client) -> Client:
    """A browser that followed the link and gave the right date of birth."""
    client.post(f"{first_page()}start/")
    client.post("/check/birth-date/", BORN)
    return client


def typed(check: SorenessFollowUp, *ticked: str) -> dict[str, object]:
    return page_filled_in(questions_of(check), *ticked)


def test_the_message_is_french_and_opens_a_french_page(
    check: SorenessFollowUp, client: Client
) -> None:
    message = Message.objects.filter(secret_link__contains="/f/").get()
    assert message.subject == "Quelques courtes questions de la part de Harbour IMS Clinic"
    assert "Cela prend moins d’une minute." in message.body
    page = client.get(message.secret_link).content.decode()
    assert '<html lang="fr"' in page
    assert "Comment allez-vous après votre séance?" in page


def test_the_questions_are_french(french: Client) -> None:
    page = french.get("/check/").content.decode()
    assert "À quel point les muscles piqués sont-ils sensibles en ce moment?" in page
    assert "Poitrine et respiration" in page
    assert "Je ne sais pas" in page
    assert "chest" not in re.sub(r"<[^>]+>", "", page)


def test_the_errors_are_french(french: Client) -> None:
    page = french.post("/check/", {}).content.decode()
    assert "Il y a un problème" in page
    assert "Cochez tout ce qui convient, ou «\N{NO-BREAK SPACE}Rien de tout cela" in page


def test_the_thanks_are_french_and_a_later_look_has_a_french_time(
    french: Client, check: SorenessFollowUp
) -> None:
    french.post("/check/", typed(check))
    assert "Bouger doucement aide." in french.get("/check/done/").content.decode()
    again = french.get("/check/").content.decode()
    assert re.search(r"Vous avez répondu le \d+ [a-zéû]+ à \d+\N{NO-BREAK SPACE}h", again)


def test_the_advice_is_french_and_the_alert_that_staff_read_is_english(
    french: Client, check: SorenessFollowUp
) -> None:
    french.post("/check/", typed(check, "chest_pain"))
    told = french.get("/check/done/").content.decode()
    assert "Cela peut être un poumon affaissé." in told
    assert "[date]" not in told
    reason = Alert.objects.get().reasons[0]
    assert reason["text"].startswith("This may be a collapsed lung.")
    assert reason["wording"].startswith("New pain in the chest")
    assert FollowUpAnswer.objects.filter(question="chest_pain").get().wording == reason["wording"]
    to_staff = Message.objects.latest("id")
    assert to_staff.subject == "An answer waits in your inbox"


def test_the_day_of_the_session_is_written_as_the_language_does() -> None:
    session = treated([("m", "left")], on="24 November 2026")
    reasons = assess_check({"chest_pain": "yes"}, hours=24, session=session).reasons
    day = date(2026, 11, 24)
    with translation.override("fr"):
        assert "le 24 novembre 2026, près du poumon" in advice(reasons, day)[0]
    with translation.override("en"):
        assert "on 24 November 2026, near the lung" in advice(reasons, day)[0]


def test_the_same_advice_is_given_once() -> None:
    session = treated([("m", "left")], on="")
    answers = {"soreness_now": "9", "chest_pain": "yes"}
    reasons = assess_check(answers, hours=24, session=session).reasons
    assert len(advice(reasons * 2, date(2026, 11, 24))) == 2


def test_a_question_without_a_group_gets_none() -> None:
    with translation.override("fr"):
        question = spoken(CheckQuestion("sleep", "No", CheckKind.ONE), date(2026, 11, 24))
    assert (question.wording, question.group) == ("Non", "")


def test_english_shows_the_clinical_words_unchanged() -> None:
    with translation.override("en"):
        (sentence,) = course(24)
    assert sentence == "Heat or ice are both fine - use what feels good. Gentle movement helps."


def test_every_clinical_text_is_offered_for_translation() -> None:
    texts = set(translatable_texts())
    assert texts > {"Chest and breathing", "Call emergency services now."}
    assert "A new headache, a stiff neck, nausea or vomiting" in texts
    assert texts > {"Started later, still there", "Gentle movement", "Your plans"}
