"""Calls the WSGI application in this process, as a browser with fixed cookies would."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from importlib import import_module
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from people.models import User

CSRF = "a" * 32
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Caller:
    """One browser. Requests pass the same middleware as in production."""

    def __init__(self, handler: WSGIHandler, cookies: Mapping[str, str] | None = None) -> None:
        self._handler = handler
        jar = SimpleCookie({settings.CSRF_COOKIE_NAME: CSRF, **(cookies or {})})
        self.cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())

    def get(self, address: str, **headers: str) -> Answer:
        return self._call("GET", address, b"", headers)

    def post(self, address: str, fields: Fields, **headers: str) -> Answer:
        return self._call("POST", address, urlencode(fields).encode(), headers)

    def _call(self, method: str, address: str, body: bytes, headers: Fields) -> Answer:
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": self.cookie,
            "HTTP_X_CSRFTOKEN": CSRF,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        got: dict[str, Any] = {}

        def start(
            status: str, sent: list[tuple[str, str]], _error: object = None, /
        ) -> Callable[[bytes], object]:
            got.update(status=int(status.split()[0]), headers=dict(sent))
            return lambda _text: None

        answer: Iterable[bytes] = self._handler(environ, start)
        content = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        return Answer(got["status"], content, got["headers"])


def signed_in(handler: WSGIHandler, user: User) -> Caller:
    """A browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return Caller(handler, {settings.SESSION_COOKIE_NAME: client.session.session_key or ""})


def with_session(handler: WSGIHandler, values: Mapping[str, Any]) -> Caller:
    """A browser whose session holds ``values``: a patient past the link and the birth date."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(values)
    session.save()
    return Caller(handler, {settings.SESSION_COOKIE_NAME: session.session_key})


class FloorRequest(WSGIRequest):
    urlconf = "benchmarks.floor"


class FloorHandler(WSGIHandler):
    """Serves the bare views: no middleware, their own addresses."""

    request_class = FloorRequest


def floor_caller() -> Caller:
    with override_settings(MIDDLEWARE=[]):
        return Caller(FloorHandler())


def statements(act: Any) -> int:
    """How many SQL statements one call takes; transaction control is not counted."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return sum(not query["sql"].startswith(CONTROL) for query in seen.captured_queries)


def wanted(answer: Answer, status: int) -> Answer:
    """Stop the run when a job did not do its work: a fast error is no result."""
    if answer.status != status:
        raise AssertionError(f"{answer.status} instead of {status}: {answer.body[:400]!r}")
    return answer
