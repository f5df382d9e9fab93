"""Who acts: known to the audit lines of Python and to the row-history trigger of PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

_actor: ContextVar[str] = ContextVar("actor", default="system")


def current_actor() -> str:
    """The actor of this request, job or command, such as ``user:3`` or ``link:12``."""
    return _actor.get()


@contextmanager
def acting_as(actor: str, *, tell_database: bool = True) -> Iterator[None]:
    """Name the actor for the block. One statement tells PostgreSQL, so reads may leave it out."""
    token = _actor.set(actor)
    if tell_database:
        _tell_database(actor)
    try:
        yield
    finally:
        _actor.reset(token)
        if tell_database and not connection.needs_rollback:
            _tell_database(_actor.get())


def _tell_database(actor: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', %s, false)", [actor])
