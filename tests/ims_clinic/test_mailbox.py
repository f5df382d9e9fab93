from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import Message

pytestmark = pytest.mark.django_db


def make_message(**fields: Any) -> Message:
    values = {"address": "robin@mail.example", "recipient": "Robin Sample", "subject": "Hello"}
    return Message.objects.create(**{**values, "body": "Text", **fields})


def test_the_mailbox_exists_in_the_demo_only(desk_client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert desk_client.get(reverse("clinic:messages")).status_code == 404


def test_the_demo_shows_each_message_with_its_link(desk_client: Client, settings: Any) -> None:
    settings.DEMO = True
    make_message(secret_link="https://c.example/i/token/")
    page = desk_client.get(reverse("clinic:messages")).content.decode()
    assert "https://c.example/i/token/" in page


def test_messages_are_found_by_recipient_and_come_in_pages(
    desk_client: Client, settings: Any
) -> None:
    settings.DEMO = True
    make_message(recipient="Dana Whitlock")
    for _ in range(26):
        make_message()
    address = reverse("clinic:messages")
    assert len(desk_client.get(address).context["page"]) == 25
    found = desk_client.get(address, {"q": "dana"}).context["page"]
    assert [message.recipient for message in found] == ["Dana Whitlock"]
    assert b"No message to this recipient" in desk_client.get(address, {"q": "nobody"}).content
