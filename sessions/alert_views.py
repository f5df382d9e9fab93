from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from audit.choices import Action
from audit.services import record
from intake.patient_access import posted
from intake.precautions import banner_of
from people.access import CLINICAL, staff
from people.attention import attention_context, note_reading
from people.models import User
from sessions import services
from sessions.check_words import in_words
from sessions.forms import CloseAlertForm
from sessions.models import Alert


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a patient's answer asks for a person, whom to phone, and what was done."""
    known = Alert.objects.select_related(
        "patient", "practitioner__user", "closed_by", "follow_up__treatment"
    )
    one = get_object_or_404(known, pk=pk)
    form = CloseAlertForm(posted(request))
    if form.is_valid():
        services.close_alert(
            alert=one, by=cast(User, request.user), action_taken=form.cleaned_data["action_taken"]
        )
        messages.success(request, "The alert is closed.")
        return redirect("clinic:inbox")
    record(Action.VIEW, one, patient_id=one.patient_id)
    if one.closed_at is None:
        note_reading(one, urgency=one.urgency, by=cast(User, request.user))
    context = {
        "alert": one,
        "patient": one.patient,
        **banner_of(one.patient),
        **attention_context(one, "alert"),
        "answers": in_words(one.follow_up.answers.all()),
        "form": form,
    }
    return render(request, "sessions/alert.html", context)
