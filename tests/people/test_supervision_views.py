import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def test_the_admin_chooses_supervisor_and_cover(admin_client_: Client) -> None:
    one, other = factories.make_practitioner(), factories.make_practitioner()
    address = reverse("people:supervision")
    data = {f"p{one.pk}-supervisor": other.pk, f"p{other.pk}-cover": one.pk}
    assert admin_client_.post(address, data).status_code == 302
    for row in (one, other):
        row.refresh_from_db()
    assert (one.supervisor, one.cover, other.supervisor, other.cover) == (other, None, None, one)
    admin_client_.post(address, {})
    one.refresh_from_db()
    assert one.supervisor is None


@pytest.mark.parametrize("chosen", ["own", "x", "999999"])
def test_nobody_is_chosen_who_is_not_another_physiotherapist(
    admin_client_: Client, chosen: str
) -> None:
    one = factories.make_practitioner()
    value = str(one.pk) if chosen == "own" else chosen
    data = {f"p{one.pk}-supervisor": value}
    page = admin_client_.post(reverse("people:supervision"), data).content.decode()
    assert "Select a valid choice" in page
    one.refresh_from_db()
    assert one.supervisor is None


def test_only_the_admin_finds_the_page(physio_client: Client, desk_client: Client) -> None:
    for client in (physio_client, desk_client):
        assert client.get(reverse("people:supervision")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(admin_client_: Client, number: int) -> None:
    people = [factories.make_practitioner() for _ in range(number)]
    for one in people[1:]:
        one.supervisor = people[0]
        one.save()
    with CaptureQueriesContext(connection) as queries:
        assert admin_client_.get(reverse("people:supervision")).status_code == 200
    assert len(queries) == 3
