"""Changes that arrive twice, and changes that would replace what their page did not know."""

import json
from collections.abc import Callable, Mapping
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from sessions.drafts import locked_session
from sessions.forms import PostedOnlyForm, RowForm
from sessions.models import SavedChange, TreatmentSession

KEY = "Idempotency-Key"


def key_of(request: HttpRequest) -> UUID | None:
    """The key of the change, the same each time it is sent; None from a plain form."""
    text = request.headers.get(KEY)
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise BadRequest(f"{KEY} is not a UUID") from error


def do_once(
    *,
    treatment: TreatmentSession,
    key: UUID | None,
    act: Callable[[], HttpResponse],
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Answer with ``act()`` under the session's lock, or with ``again()`` when it was done before.

    The key is kept in the transaction of the change: both are there or neither. A refusal (4xx)
    leaves nothing. Raises AlreadySigned.
    """
    with transaction.atomic():
        locked = locked_session(treatment)
        if key is not None:
            _, is_new = SavedChange.objects.get_or_create(treatment=locked, key=key)
            if not is_new:
                return again()
        answer = act()
        if answer.status_code >= 400:
            transaction.set_rollback(True)
        return answer


def values_unseen(form: PostedOnlyForm, known: str) -> dict[str, str]:
    """What stands now in the posted fields where it is neither known to the page nor wanted.

    ``known`` is a JSON object of field and value as the page showed it. Compared before a change,
    under the session's lock.
    """
    said = _known_values(known)
    held = _held_values(form)
    return {
        name: held[name]
        for name in said.keys() & held.keys()
        if held[name] not in (_plain(said[name]), _plain(form.data.get(name)))
    }


def differs(unseen: Mapping[str, str]) -> JsonResponse:
    """Nothing was saved: somebody else was here. The page shows both values."""
    return JsonResponse({"held": unseen}, status=412)


def _known_values(text: str) -> dict[str, object]:
    if not text:
        return {}
    try:
        known = json.loads(text)
    except ValueError as error:
        raise BadRequest("known is not JSON") from error
    if not isinstance(known, dict):
        raise BadRequest("known is not an object")
    return known


def _held_values(form: PostedOnlyForm) -> dict[str, str]:
    held = {name: _plain(form.initial[name]) for name in form.fields if name in form.initial}
    if isinstance(form, RowForm) and "needle" in form.fields:
        held["needle"] = f"{form.instance.needle_gauge_mm:.2f}x{form.instance.needle_length_mm}"
    return held


def _plain(value: object) -> str:
    """As a control of the page carries it; spaces around a text do not count."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.replace("\r\n", "\n").strip()
