"""What the patient's page sends while somebody types: kept, or refused in a number the page reads.

204 kept (the header says which typing is kept), 401 the link must be opened again, 404 the link is
closed, 409 the page was saved meanwhile, 410 the form was sent, 413 too long, 400 not understood.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from intake import drafts
from intake.models import Intake
from intake.page_form import PageForm
from intake.patient_access import with_open_intake
from intake.views import intake_patient, page_or_404


def answers_in_numbers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say by a status what a page says by leading elsewhere: a script follows nobody."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code != 302:
            return answer
        is_sent = answer.headers["Location"] == reverse("intake:done")
        return HttpResponse(status=410 if is_sent else 401)

    return told


@intake_patient
@require_POST
@answers_in_numbers
@with_open_intake
def draft(request: HttpRequest, intake: Intake, slug: str) -> HttpResponse:
    """Keep what is typed on a page, unless newer words of it are kept already."""
    asked = page_or_404(slug)
    version = drafts.number_in(request.POST, drafts.VERSION_FIELD)
    sequence = drafts.number_in(request.POST, drafts.SEQUENCE_FIELD)
    if version is None or sequence is None:
        return HttpResponse(status=400)
    typed = drafts.typed_in(PageForm(asked, {}), request.POST)
    try:
        kept = drafts.save_draft(
            intake=intake, page=slug, fields=typed, version=version, sequence=sequence
        )
    except drafts.SavedMeanwhile:
        return HttpResponse(status=409)
    except drafts.IntakeClosed:
        return HttpResponse(status=410)
    except drafts.DraftTooLong:
        return HttpResponse(status=413)
    return HttpResponse(status=204, headers={"Draft-Sequence": str(kept.sequence)})
