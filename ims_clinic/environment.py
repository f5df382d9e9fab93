"""Environment readers that refuse a bad value in words instead of guessing."""

import os
import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# Commands that only run the pure rules: they get Django's dummy database and a key that is
# forgotten when they end. Everything else refuses to start without DATABASE_URL.
DATABASE_FREE = frozenset({"screen_answers", "infer_segments"})
COMMAND_LINES = ("manage.py", "django-admin", "__main__.py")  # the last is: python -m django
NO_DATABASE: dict[str, Any] = {"default": {"ENGINE": "django.db.backends.dummy"}}

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable; any other word stops the start."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.lower() in TRUE:
        return True
    if raw.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {raw!r}.")


def words(name: str, default: str = "") -> list[str]:
    """A comma separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def text(name: str, default: str = "") -> str:
    """A text variable, stripped."""
    return os.environ.get(name, default).strip()


def number(name: str, default: int, *, most: int) -> int:
    """A whole number from 1 to ``most``; anything else stops the start."""
    raw = text(name) or f"{default}"
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw) <= most):
        raise ImproperlyConfigured(f"{name} must be a number from 1 to {most}, not {raw!r}.")
    return int(raw)


def required(name: str, why: str) -> str:
    """A variable without which the clinic must not start."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {why}")
    return value


def secret(name: str, local_file: Path, why: str) -> str:
    """A secret from the environment, else from the file that ./dev wrote."""
    if text(name):
        return text(name)
    if local_file.exists():
        return local_file.read_text(encoding="utf-8").strip()
    return required(name, why)


def is_database_free(argv: Sequence[str]) -> bool:
    """True when this process is Django's command line with a command that needs no database."""
    return len(argv) > 1 and Path(argv[0]).name in COMMAND_LINES and argv[1] in DATABASE_FREE


def databases() -> dict[str, Any]:
    """PostgreSQL as the application's role, or as the owner of the tables when asked for."""
    address = required(
        "DATABASE_URL", "the PostgreSQL address of the application, or start with ./dev run."
    )
    if text("IMS_DATABASE_AS", "app") == "owner":
        address = text("DATABASE_OWNER_URL") or address
    return {"default": dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)}


def throw_away_secret() -> str:
    """A key that nothing outside this process can know, for a command that signs nothing."""
    return secrets.token_urlsafe(64)


def pairs(name: str, default: str = "") -> dict[str, str]:
    """A comma separated list of ``name=word``."""
    found = {}
    for item in words(name, default):
        key, separator, word = (part.strip() for part in item.partition("="))
        if not (key and separator and word) or key in found:
            raise ImproperlyConfigured(f"{name} must list name=word once each, not {item!r}.")
        found[key] = word
    return found


def durations(name: str, default: str) -> dict[str, timedelta]:
    """A comma separated list of ``name=minutes``; a name that is left out keeps its default."""
    known = pairs("", default)
    chosen = pairs(name)
    if not set(chosen) <= set(known):
        raise ImproperlyConfigured(f"{name} knows only {', '.join(known)}.")
    found = known | chosen
    if not all(word.isascii() and word.isdigit() and int(word) for word in found.values()):
        raise ImproperlyConfigured(f"{name} must list name=minutes, minutes from 1.")
    return {key: timedelta(minutes=int(word)) for key, word in found.items()}
