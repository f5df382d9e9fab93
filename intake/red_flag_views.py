"""The alert of a red-flag answer: why, whom to phone, and what was done."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from audit.choices import Action
from audit.services import record
from clinical.vocabulary import Urgency
from intake.models import IntakeAlert
from intake.outcome import URGENCY_WORDS
from intake.patient_access import posted
from intake.precautions import banner_of
from intake.questions import ANSWER_WORDS
from intake.red_flags import close_red_flags
from intake.review_forms import CloseRedFlagsForm
from people.access import CLINICAL, staff
from people.attention import attention_context, note_reading
from people.models import User


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers with what to do about each. Each reading leaves an audit line."""
    known = IntakeAlert.objects.select_related("patient", "intake__appointment", "closed_by")
    one = get_object_or_404(known, pk=pk)
    form = CloseRedFlagsForm(posted(request), label_suffix="")
    if form.is_valid():
        note = form.cleaned_data["note"]
        close_red_flags(alert=one, by=cast(User, request.user), note=note)
        messages.success(request, "The alert is closed.")
        return redirect("clinic:inbox")
    record(Action.VIEW, one, patient_id=one.patient_id)
    if one.closed_at is None:
        note_reading(one, urgency=one.urgency, by=cast(User, request.user))
    context = {
        "alert": one,
        "patient": one.patient,
        **banner_of(one.patient),
        **attention_context(one, "red-flag"),
        "flags": [_shown(held) for held in one.questions],
        "form": form,
    }
    return render(request, "intake/red_flag_alert.html", context)


def _shown(held: dict[str, str]) -> dict[str, object]:
    return {
        **held,
        "answer": ANSWER_WORDS[held["answer"]],
        "changed_to": ANSWER_WORDS.get(held["now"], held["now"])
        if held["now"] != held["answer"]
        else "",
        "urgency_words": URGENCY_WORDS[Urgency(held["urgency"])],
    }
