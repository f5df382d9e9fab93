import io
import logging

import pytest
from django.conf import settings
from django.test import Client

from people.link_log import NoSecrets

TOKEN = "x" * 43 + "." + "y" * 43


def line(text: str, *values: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, text, values, None)
    return NoSecrets().format(record)


def test_a_token_is_hidden_and_the_rest_of_the_line_stays() -> None:
    assert line("Not Found: %s", f"/i/{TOKEN}/start/") == "Not Found: /i/[secret]/start/"
    assert line("Not Found: %s", f"/f/{TOKEN[:43]}") == "Not Found: /f/[secret]"


def test_a_plain_line_stays_as_it_is() -> None:
    assert line("Not Found: %s, 100 %%", "/patients/7/") == "Not Found: /patients/7/, 100 %"


@pytest.mark.django_db
def test_the_token_of_a_closed_link_is_not_in_the_log(client: Client) -> None:
    name = settings.LOGGING["handlers"]["console"]["formatter"]
    assert settings.LOGGING["formatters"][name]["()"] == "people.link_log.NoSecrets"
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(NoSecrets())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    client.get(f"/i/{TOKEN}/")
    logger.removeHandler(handler)
    assert written.getvalue() == "Not Found: /i/[secret]/\n"
