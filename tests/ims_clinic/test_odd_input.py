"""Input that no page of ours makes is answered, never with a crash."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Practitioner
from tests import factories
from tests.conftest import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/patients/?q=%00ab", 200),
        ("/patients/find/?q=ab%00", 200),
        ("/book/?q=ab%00", 200),
        ("/calendar/9999-12-31/", 404),
        ("/calendar/0001-01-01/", 404),
    ],
)
def test_odd_words_in_an_address(desk_client: Client, address: str, status: int) -> None:
    factories.make_location()
    assert desk_client.get(address).status_code == status


def test_a_day_that_has_no_next_day_is_refused(desk_client: Client) -> None:
    one = factories.make_appointment()
    address = f"{reverse('clinic:book')}?patient={one.patient_id}"
    assert desk_client.get(f"{address}&day=9999-12-31").status_code == 200
    sent = {
        "practitioner": one.practitioner_id,
        "room": one.room_id,
        "appointment_type": one.appointment_type_id,
        "day": "9999-12-31",
        "at": "23:00",
    }
    page = desk_client.post(address, sent).content.decode()
    assert "Choose a day within the next 5 years." in page


def test_a_way_back_that_is_no_path_is_left_alone(client: Client) -> None:
    assert client.post(reverse("people:theme"), {"next": "foo"}).url == "/"


def test_a_broken_address_of_the_browser_leads_to_the_start(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://["}
    assert client.get("/patients/", headers=headers).status_code == 401


@pytest.mark.parametrize("number", ["²", "9" * 5000, "x"])
def test_an_appointment_that_is_no_number_is_not_found(number: str) -> None:
    one: Practitioner = factories.make_practitioner()
    address = reverse("sessions:create", args=[factories.make_patient().pk])
    answer = client_of(one.user).post(address, {"appointment": number})
    assert answer.status_code == 404
