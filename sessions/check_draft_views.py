"""What the page of a check sends while somebody types, answered as the intake's does."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from intake.draft_views import answers_in_numbers
from intake.drafts import (
    SEQUENCE_FIELD,
    VERSION_FIELD,
    DraftTooLong,
    SavedMeanwhile,
    number_in,
    typed_in,
)
from sessions.check_drafts import save_draft
from sessions.check_views import check_form, check_patient, with_check
from sessions.models import SorenessFollowUp


@check_patient
@require_POST
@answers_in_numbers
@with_check
def draft(request: HttpRequest, follow_up: SorenessFollowUp) -> HttpResponse:
    """Keep what is typed, unless newer words are kept already or the answers were sent since."""
    version = number_in(request.POST, VERSION_FIELD)
    sequence = number_in(request.POST, SEQUENCE_FIELD)
    if version is None or sequence is None:
        return HttpResponse(status=400)
    typed = typed_in(check_form(follow_up, {}), request.POST)
    try:
        kept = save_draft(follow_up=follow_up, fields=typed, version=version, sequence=sequence)
    except SavedMeanwhile:
        return HttpResponse(status=409)
    except DraftTooLong:
        return HttpResponse(status=413)
    return HttpResponse(status=204, headers={"Draft-Sequence": str(kept.sequence)})
