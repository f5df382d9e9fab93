import pytest
from django.test import Client

from people.link_devices import CLINIC_DEVICE_KEY

pytestmark = pytest.mark.django_db


def test_handing_back_forgets_the_patient_and_leads_to_the_sign_in(client: Client) -> None:
    session = client.session
    session[CLINIC_DEVICE_KEY] = True
    session.save()
    answer = client.post("/hand-back/")
    assert answer.headers["Location"] == "/account/sign-in/"
    assert dict(client.session) == {}
    assert answer.cookies["device-intake"]["max-age"] == 0


def test_on_ones_own_device_there_is_nothing_to_hand_back(desk_client: Client) -> None:
    before = dict(desk_client.session)
    desk_client.post("/hand-back/")
    assert dict(desk_client.session) == before
