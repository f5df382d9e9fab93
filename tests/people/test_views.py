from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.choices import Action
from audit.models import AuditEvent
from people.models import Patient
from tests.factories import make_patient

pytestmark = pytest.mark.django_db
FIND, CREATE = reverse("people:patient-find"), reverse("people:patient-create")
NEW = {
    "given_name": "Dana",
    "family_name": "Whitlock",
    "born_on": "1980-05-17",
    "sex_recorded": "unknown",
    "phone": "604 555 0188",
}


def test_the_theme_is_kept_in_a_cookie_and_leads_back(client: Client) -> None:
    answer = client.post(reverse("people:theme"), {"theme": "dark", "next": "/patients/?q=a"})
    cookie = answer.cookies["theme"]
    assert (answer.status_code, answer.url) == (302, "/patients/?q=a")
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("dark", True, "Lax")


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", ""])
def test_the_theme_never_leads_to_another_site(client: Client, wanted: str) -> None:
    answer = client.post(reverse("people:theme"), {"theme": "dark", "next": wanted})
    assert answer.url == "/"


def test_an_unknown_theme_is_not_kept_and_a_link_changes_nothing(client: Client) -> None:
    assert "theme" not in client.post(reverse("people:theme"), {"theme": "pink"}).cookies
    assert client.get(reverse("people:theme")).status_code == 405


def test_found_patients_show_the_date_of_birth_and_lead_to_their_page(
    desk_client: Client,
) -> None:
    patient = make_patient(family_name="Whitlock", born_on=date(1980, 5, 17))
    page = desk_client.get(FIND, {"q": "whit"}).content.decode()
    assert "born 17 May 1980" in page
    assert f'href="{reverse("clinic:patient", args=[patient.pk])}"' in page


def test_while_booking_a_found_patient_leads_on_with_the_time_kept(desk_client: Client) -> None:
    patient = make_patient(family_name="Whitlock")
    asked = {"q": "whit", "book": "1", "practitioner": "3", "at": "2026-11-26T10:45"}
    page = desk_client.get(FIND, asked).content.decode()
    assert f"practitioner=3&amp;at=2026-11-26T10%3A45&amp;patient={patient.pk}" in page


def test_nobody_found_offers_to_create_the_patient(desk_client: Client) -> None:
    page = desk_client.get(FIND, {"q": "zzz"}).content.decode()
    assert "Add “zzz” as a new patient" in page
    assert f"{CREATE}?q=zzz" in page


def test_an_empty_box_finds_nothing_and_says_nothing(desk_client: Client) -> None:
    make_patient()
    page = desk_client.get(FIND, {"q": ""}).content.decode()
    assert "<li>" not in page
    assert "No patient" not in page


def test_the_list_costs_the_same_for_one_and_for_three(
    desk_client: Client, django_assert_num_queries: Any
) -> None:
    make_patient()
    for _ in range(2):
        with django_assert_num_queries(3):  # session, user, patients
            desk_client.get(FIND, {"q": "sample"})
        make_patient()
        make_patient()


def test_a_patient_is_added(desk_client: Client) -> None:
    answer = desk_client.post(CREATE, NEW)
    patient = Patient.objects.get()
    assert answer.url == reverse("clinic:patient", args=[patient.pk])
    assert patient.born_on == date(1980, 5, 17)


def test_the_form_starts_with_the_name_that_was_searched(desk_client: Client) -> None:
    page = desk_client.get(CREATE, {"q": "Dana Whitlock"}).content.decode()
    assert 'value="Dana"' in page
    assert 'value="Whitlock"' in page


def test_a_likely_duplicate_is_shown_and_can_be_overruled(desk_client: Client) -> None:
    make_patient(given_name="Dana", family_name="Whitlok", born_on=date(1980, 5, 17))
    answer = desk_client.post(CREATE, NEW)
    page = answer.content.decode()
    assert "Error: New patient" in page
    assert "Is it one of these?" in page
    assert "same date of birth, similar name" in page
    assert Patient.objects.count() == 1
    desk_client.post(CREATE, {**NEW, "is_new": "1"})
    assert Patient.objects.count() == 2


def test_details_are_changed(desk_client: Client) -> None:
    patient = make_patient(given_name="Dana", family_name="Before")
    address = reverse("people:patient-edit", args=[patient.pk])
    assert "Details of Dana Before" in desk_client.get(address).content.decode()
    assert AuditEvent.objects.filter(action=Action.VIEW, patient_number=patient.pk).exists()
    answer = desk_client.post(address, NEW)
    patient.refresh_from_db()
    assert answer.url == reverse("clinic:patient", args=[patient.pk])
    assert (patient.family_name, patient.email) == ("Whitlock", "")


def test_a_refused_change_keeps_what_was_typed_and_the_name_on_file(desk_client: Client) -> None:
    patient = make_patient(given_name="Dana", family_name="Before")
    address = reverse("people:patient-edit", args=[patient.pk])
    page = desk_client.post(address, {**NEW, "born_on": "17.05.80"}).content.decode()
    assert "Error: Details of Dana Before" in page
    assert 'value="17.05.80"' in page
    patient.refresh_from_db()
    assert patient.family_name == "Before"


def test_an_older_page_never_takes_back_what_was_changed_meanwhile(desk_client: Client) -> None:
    patient = make_patient(email="before@example.com")
    address = reverse("people:patient-edit", args=[patient.pk])
    seen = desk_client.get(address).context["form"].fingerprint
    Patient.objects.filter(pk=patient.pk).update(email="after@example.com")
    sent = {**NEW, "email": "before@example.com", "seen": seen}
    answer = desk_client.post(address, sent)
    assert "E-mail: after@example.com" in answer.content.decode()
    patient.refresh_from_db()
    assert patient.email == "after@example.com"
    desk_client.post(address, {**sent, "seen": answer.context["form"].fingerprint})
    patient.refresh_from_db()
    assert patient.email == "before@example.com"


def test_a_fragment_is_never_filled_with_the_sign_in_page(client: Client) -> None:
    page = "http://testserver/calendar/2026-11-26/"
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = client.get(FIND, {"q": "x"}, headers=headers)
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next=/calendar/2026-11-26/"
