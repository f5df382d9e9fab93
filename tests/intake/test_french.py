"""The intake of a patient who chose French, on the pages of the way in and the way out."""

from collections.abc import Callable

import pytest
from django.test import Client

from intake.form_pages import page_at
from intake.models import Intake
from people.models import Patient
from tests.intake.conftest import BORN, token_of_newest_message, typed


@pytest.fixture
def french(intake: Intake, client: Client) -> Client:
    """A browser that started in French and gave the right date of birth."""
    client.post(f"/i/{token_of_newest_message()}/start/", {"language": "fr"})
    client.post("/intake/birth-date/", BORN)
    return client


def test_the_way_in_is_french(intake: Intake, client: Client) -> None:
    first = client.get(f"/i/{token_of_newest_message()}/?language=fr").content.decode()
    assert "Avant votre rendez-vous chez Harbour IMS Clinic" in first
    assert '<input type="hidden" name="language" value="fr">' in first
    client.post(f"/i/{token_of_newest_message()}/start/", {"language": "fr"})
    asked = client.get("/intake/birth-date/").content.decode()
    assert "Quelle est votre date de naissance?" in asked
    assert ">Jour</label>" in asked


def test_a_wrong_date_of_birth_is_answered_in_french(intake: Intake, client: Client) -> None:
    client.post(f"/i/{token_of_newest_message()}/start/", {"language": "fr"})
    empty = client.post("/intake/birth-date/", {}).content.decode()
    assert "Erreur\N{NO-BREAK SPACE}: " in empty
    assert "Entrez votre date de naissance en chiffres, par exemple 27 3 1980" in empty
    wrong = [client.post("/intake/birth-date/", {**BORN, "day": "1"}) for _ in range(5)]
    first, fourth, last = (wrong[n].content.decode() for n in (0, 3, 4))
    assert "Il vous reste 4 essais" in first
    assert "Il vous reste 1 essai<" in fourth
    assert "Ce lien est fermé" in last


def test_an_emergency_is_told_in_french(french: Client) -> None:
    page = page_at("today")
    assert page is not None
    answers = typed(page, rf_saddle="yes")
    answer = french.post("/intake/today/", answers)
    told = french.get(answer.headers["Location"]).content.decode()
    assert "Lisez ceci maintenant" in told
    assert "Allez maintenant à l’urgence" in told
    assert "emergency" not in told.replace("intake-emergency", "")


def test_the_thanks_are_french(
    french: Client, submitted: Callable[..., Intake], patient: Patient
) -> None:
    submitted()
    page = french.get("/intake/done/").content.decode()
    assert "Merci. Votre formulaire est envoyé." in page
    assert "En cas d’urgence, appelez le" in page


def test_a_form_of_a_french_patient_is_reviewed_in_english(
    french: Client, submitted: Callable[..., Intake], physio_client: Client
) -> None:
    intake = submitted()
    french.get("/intake/done/")
    page = physio_client.get(f"/intakes/{intake.pk}/review/").content.decode()
    assert '<html lang="en"' in page
    assert "Do you have epilepsy or have you had a fit?" in page
