"""What is typed on a page before Continue: kept as it was typed, shown again, cleared when saved.

A draft is the raw posted fields of one page. It is no record: it leaves no row history, counts for
no screening, and is gone with Continue or with the submit.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from intake.models import Intake, IntakeDraft

Fields = dict[str, list[str]]

VERSION_FIELD, SEQUENCE_FIELD = "draft-version", "draft-sequence"
LONGEST = 64 * 1024  # bytes; the table refuses more as well
GREATEST = 2**53  # of a whole number in a browser
NUL = "\0"  # which PostgreSQL refuses


class DraftTooLong(Exception):
    """More was typed than a draft holds; nothing was kept."""


class IntakeClosed(ValueError):
    """The intake was submitted meanwhile; nothing can be written any more."""


class SavedMeanwhile(Exception):
    """The page was saved by Continue after this typing began; the newer answers stay."""


def draft_of(intake: Intake, page: str) -> IntakeDraft:
    """The draft of a page; an empty one, not stored, when nothing was typed or saved yet."""
    return intake.drafts.filter(page=page).first() or IntakeDraft(intake=intake, page=page)


def first_page_with_draft(intake: Intake) -> str:
    """The slug of a page with words that were never saved by Continue, or an empty text."""
    kept = intake.drafts.exclude(data={}).order_by("pk")
    return kept.values_list("page", flat=True).first() or ""


def typed_in(form: forms.Form, posted: QueryDict) -> Fields:
    """The posted values of the fields the form knows; anything else is left behind."""
    known = set(_field_names(form))
    return {
        name: [value.replace(NUL, "") for value in posted.getlist(name)]
        for name in posted
        if name in known
    }


def number_in(posted: QueryDict, name: str) -> int | None:
    """A whole number as the page sends it, or None for anything else."""
    text = posted.get(name, "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 17
    return int(text) if is_number and int(text) <= GREATEST else None


def show_draft(form: forms.Form, draft: IntakeDraft) -> None:
    """Let an unbound form start with what was typed, without an error."""
    show_typed(form, draft.data)


def show_typed(form: forms.Form, fields: Fields) -> None:
    """Let an unbound form start with these posted fields, without an error."""
    if form.is_bound or not fields:
        return
    posted = QueryDict(mutable=True)
    for name, values in fields.items():
        posted.setlist(name, values)
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        form.initial[name] = field.widget.value_from_datadict(posted, {}, key)


@transaction.atomic
def save_draft(
    *, intake: Intake, page: str, fields: Fields, version: int, sequence: int
) -> IntakeDraft:
    """Keep what is typed and return the draft as stored; older typing leaves it as it is.

    ``version`` is how often the page was saved when the typing began, ``sequence`` the time of the
    typing. Raises SavedMeanwhile, IntakeClosed or DraftTooLong. No audit line: see the module.
    """
    if len(_text_of(fields).encode()) > LONGEST:
        raise DraftTooLong(page)
    if Intake.objects.select_for_update().get(pk=intake.pk).submitted_at:
        raise IntakeClosed("The intake is submitted; nothing more can be typed.")
    draft = draft_of(intake, page)
    if version != draft.version:
        raise SavedMeanwhile(page)
    if sequence > draft.sequence:
        draft.data, draft.sequence, draft.saved_at = fields, sequence, timezone.now()
        draft.save()
    return draft


def keep_refused(*, intake: Intake, page: str, fields: Fields, version: int | None) -> None:
    """Keep the words of a page that Continue refused; what is too long stays on that page only.

    They are the newest of all. Raises SavedMeanwhile and IntakeClosed.
    """
    draft = draft_of(intake, page)
    with suppress(DraftTooLong):
        save_draft(
            intake=intake,
            page=page,
            fields=fields,
            version=draft.version if version is None else version,
            sequence=max(int(timezone.now().timestamp() * 1000), draft.sequence + 1),
        )


def clear_draft(*, intake: Intake, page: str, fields: Fields, version: int | None) -> None:
    """Forget what was typed, since Continue saves it as ``fields``; counts the saving.

    The same words sent twice count once. Raises SavedMeanwhile when other words were saved after
    the page was opened at ``version``; None is a page that does not say. The caller holds the lock.
    """
    draft = draft_of(intake, page)
    if version is not None and version != draft.version:
        if draft.saved_as != _digest(fields):
            raise SavedMeanwhile(page)
        return
    draft.data, draft.saved_as, draft.saved_at = {}, _digest(fields), timezone.now()
    draft.version += 1
    draft.save()


def clear_drafts(intake: Intake) -> None:
    """Forget everything that was typed, before the submit closes the intake."""
    intake.drafts.all().delete()


def _field_names(form: forms.Form) -> Iterator[str]:
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        yield key
        if isinstance(field.widget, forms.MultiWidget):
            # the stubs do not know the attribute
            yield from (key + part for part in field.widget.widgets_names)  # type: ignore[attr-defined]


def _text_of(fields: Fields) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def _digest(fields: Fields) -> str:
    return hashlib.sha256(_text_of(fields).encode()).hexdigest()
