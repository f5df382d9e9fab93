"""Environment readers that refuse a bad value in words instead of guessing."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

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
