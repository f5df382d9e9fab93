"""Red answers that somebody ticked and did not send: the physiotherapist hears of them too."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict

from clinical.soreness import CheckReason, assess_check
from clinical.soreness_questions import questions
from clinical.vocabulary import Urgency
from sessions.check_form import CheckForm
from sessions.check_places import places_asked
from sessions.follow_up import open_alert, treated_of
from sessions.models import Alert, CheckDraft

# The page says at once what to do, and many leave it then.
LEFT_ALONE = timedelta(minutes=5)
LOOKS_BACK = timedelta(days=1)


def alert_unsent(now: datetime) -> list[Alert]:
    """Open an alert for what was ticked in a check, needs somebody today and was never sent.

    Once for each state of the page: closing the alert does not bring it back.
    """
    left = CheckDraft.objects.filter(
        saved_at__lte=now - LEFT_ALONE, saved_at__gt=now - LOOKS_BACK
    ).order_by("pk")
    return [alert for draft in left for alert in _alert(draft)]


@transaction.atomic
def _alert(draft: CheckDraft) -> list[Alert]:
    held = CheckDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None or held.follow_up.alerts.filter(opened_at__gte=held.saved_at).exists():
        return []
    return open_alert(held.follow_up, _grave_reasons(held), remark="Ticked, not sent.")


def _grave_reasons(draft: CheckDraft) -> tuple[CheckReason, ...]:
    check, session = draft.follow_up, treated_of(draft.follow_up)
    typed = QueryDict(mutable=True)
    for name, values in draft.data.items():
        typed.setlist(name, values)
    form = CheckForm(
        questions(check.hours, session),
        {},
        typed,
        hours=check.hours,
        session=session,
        places=places_asked(check),
    )
    form.full_clean()
    outcome = assess_check(form.answers(), hours=check.hours, session=session)
    return tuple(one for one in outcome.reasons if one.urgency >= Urgency.SAME_DAY)
