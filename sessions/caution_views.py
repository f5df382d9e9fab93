"""What a session asks a person to say: why a caution was passed, what became of a needle."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from intake.patient_access import posted
from intake.precautions import banner_of
from people.access import CLINICAL, staff
from people.models import User
from sessions.answering import open_session, refused, saved, session_or_404
from sessions.count_closing import close_difference, open_difference
from sessions.forms import CloseCountForm, ReasonForm, sentences_of
from sessions.models import TreatmentSession
from sessions.rails import answer_rail


@staff(*CLINICAL)
@require_POST
@open_session
def answer_caution(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Keep the reason of one caution."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return refused(request, treatment, sentences_of(form))
    try:
        answer_rail(treatment=treatment, **form.cleaned_data)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    place = {name: form.cleaned_data[name] for name in ("muscle", "side")}
    row = treatment.muscles.filter(**place).first() if place["muscle"] else None
    return saved(request, treatment, fields=["rails"], changed=row, place="#needles")


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def close_count(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a difference of the needle count with what was done."""
    treatment = session_or_404(pk)
    found = open_difference(treatment)
    if found is None:
        messages.info(request, "No needle is missing in this session.")
        return redirect("sessions:detail", pk)
    form = CloseCountForm(posted(request), label_suffix="")
    if form.is_valid():
        close_difference(
            treatment=treatment,
            by=cast(User, request.user),
            action_taken=form.cleaned_data["action_taken"],
        )
        messages.success(request, "The needle count is closed with what was done.")
        return redirect("sessions:detail", pk)
    patient = treatment.patient
    context = {"treatment": treatment, "found": found, "form": form, "patient": patient}
    return render(request, "sessions/close_count.html", context | banner_of(patient))
