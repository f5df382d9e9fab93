"""Fixtures: a real PostgreSQL, used as the application's role, and clients of every role."""

import os
from collections.abc import Iterator
from typing import Any

import dj_database_url
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, TransactionTestCase

from people.choices import Role
from people.models import User
from tests import factories

KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")


def owner_settings() -> dict[str, Any]:
    """Connection settings of the owner of the tables (same server, may create databases)."""
    return dict(dj_database_url.parse(os.environ["DATABASE_OWNER_URL"]))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Create the test database as the owner; each process of a run has one of its own."""
    database = connections.databases["default"]
    database.update(USER=owner_settings()["USER"], PASSWORD=owner_settings()["PASSWORD"])
    name = os.environ.get("IMS_TEST_DB") or f"test_{database['NAME']}"
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    database["TEST"] = {**database.get("TEST", {}), "NAME": f"{name}{process}"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the migrations every test works as the role that cannot change the audit table."""
    connection = connections["default"]
    with django_db_blocker.unblock():
        connection.close()
    owner = connection.settings_dict["USER"]
    connection.settings_dict["USER"] = settings.DATABASE_APP_ROLE
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    connection.settings_dict["USER"] = owner


def empty_tables() -> None:
    """Empty every table as the owner, past the triggers that refuse it to the application."""
    connections.close_all()
    owner = owner_settings()
    with psycopg.connect(
        host=owner["HOST"] or owner.get("OPTIONS", {}).get("host"),
        port=owner["PORT"] or None,
        dbname=connections["default"].settings_dict["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
    ) as owner_connection:
        owner_connection.execute("SET session_replication_role = replica")
        rows = owner_connection.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' "
            "AND NOT tablename = ANY(%s)",
            [list(KEPT_TABLES)],
        )
        names = ", ".join(name for (name,) in rows)
        owner_connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")  # type: ignore[arg-type]


@pytest.fixture(scope="session", autouse=True)
def empty_after_transactional_tests() -> Iterator[None]:
    """Django's flush would need rights that the application's role must not have."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty_tables())
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def plain_settings(settings: Any) -> None:
    """Fast passwords; no second factor unless a test asks for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.REQUIRE_TWO_FACTOR = False


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user  # type: ignore[attr-defined]
    return client


@pytest.fixture
def desk_client(db: None) -> Client:
    return client_of(factories.make_user(Role.FRONT_DESK))


@pytest.fixture
def physio_client(db: None) -> Client:
    return client_of(factories.make_practitioner().user)


@pytest.fixture
def admin_client_(db: None) -> Client:
    return client_of(factories.make_user(Role.CLINIC_ADMIN))
