"""What comes after the needles in an open session: the re-test."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.access import CLINICAL, staff
from sessions.after_forms import RetestForm
from sessions.answering import is_htmx, open_session, refused
from sessions.forms import sentences_of
from sessions.models import TreatmentSession
from sessions.page import core_context, rows_of
from sessions.retesting import save_retest


@staff(*CLINICAL)
@require_POST
@open_session
def retest(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Save one value before or after the needles."""
    form = RetestForm(request.POST)
    if not form.is_valid():
        return refused(request, treatment, sentences_of(form))
    try:
        save_retest(treatment=treatment, **form.cleaned_data)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    site, side = form.cleaned_data["site"], form.cleaned_data["side"]
    if not is_htmx(request):
        address = reverse("sessions:detail", args=[treatment.pk])
        return redirect(f"{address}#retest-{site}-{side}")
    context = core_context(treatment, rows_of(treatment)) | {"oob": True}
    context["place"] = context["retest"].place(site, side)
    return render(request, "sessions/retest_saved.html", context)
