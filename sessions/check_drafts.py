"""What is typed in a check before Send: kept as it was typed, shown again, gone when sent.

As in the intake (``intake/drafts.py``): raw posted fields, no record, no row history. A typing that
began before the answers were last sent is refused, so that it cannot come back after them.
"""

import json
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from intake.drafts import LONGEST, DraftTooLong, Fields, SavedMeanwhile
from sessions.models import CheckDraft, SorenessFollowUp


def draft_of(follow_up: SorenessFollowUp) -> CheckDraft:
    """The draft of a check; an empty one, not stored, when nothing was typed."""
    held = CheckDraft.objects.filter(follow_up=follow_up).first()
    draft = held or CheckDraft(follow_up=follow_up)
    draft.follow_up = follow_up
    return draft


@transaction.atomic
def save_draft(
    *, follow_up: SorenessFollowUp, fields: Fields, version: int, sequence: int
) -> CheckDraft:
    """Keep what is typed and return the draft as stored; older typing leaves it as it is.

    ``version`` is the state of the answers when the typing began, ``sequence`` the time of the
    typing. Raises SavedMeanwhile or DraftTooLong. No audit line: see the module.
    """
    if len(json.dumps(fields, ensure_ascii=False).encode()) > LONGEST:
        raise DraftTooLong(follow_up.pk)
    draft = draft_of(SorenessFollowUp.objects.select_for_update().get(pk=follow_up.pk))
    if version != draft.version:
        raise SavedMeanwhile(follow_up.pk)
    if sequence > draft.sequence:
        draft.data, draft.sequence, draft.saved_at = fields, sequence, timezone.now()
        draft.save()
    return draft


def keep_refused(follow_up: SorenessFollowUp, fields: Fields) -> None:
    """Keep the words of a page that Send refused: they are the newest of all.

    What is too long, or overtaken by answers sent meanwhile, stays on that page only.
    """
    draft = draft_of(follow_up)
    sequence = max(int(timezone.now().timestamp() * 1000), draft.sequence + 1)
    with suppress(DraftTooLong, SavedMeanwhile):
        save_draft(follow_up=follow_up, fields=fields, version=draft.version, sequence=sequence)
