"""Adverse events: none with one tap, recorded on a page, closed from the inbox."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from audit.choices import Action
from audit.services import record
from clinical.adverse_events import adverse_kinds, emergency_steps, grade_sources
from intake.patient_access import posted
from intake.precautions import banner_of
from people.access import CLINICAL, staff
from people.models import User
from sessions import adverse
from sessions.adverse_forms import AdverseForm, CloseAdverseForm
from sessions.adverse_page import EventShown
from sessions.answering import is_htmx, open_session, refused, session_or_404
from sessions.drafts import AlreadySigned
from sessions.models import AdverseEvent, Alert, TreatmentSession
from sessions.page import core_context, rows_of


@staff(*CLINICAL)
@require_POST
@open_session
def answer(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """None, or that answer taken back."""
    is_none = request.POST.get("adverse") == "none"
    try:
        changed = adverse.answer_none(treatment=treatment, is_none=is_none)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    if not is_htmx(request):
        return redirect(f"{reverse('sessions:detail', args=[treatment.pk])}#adverse")
    context = core_context(changed, rows_of(changed)) | {"oob": True}
    return render(request, "sessions/adverse_saved.html", context)


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an event of an open session, or later one of a signed session."""
    treatment, alert = session_or_404(pk), _alert_of(request, pk)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    form = AdverseForm(posted(request), treatment=treatment, kind=kind)
    if form.is_valid():
        event = adverse.record_event(
            treatment=treatment, by=cast(User, request.user), alert=alert, **form.values()
        )
        messages.success(request, "The adverse event is recorded. It stays in the inbox.")
        if event.is_serious or treatment.is_signed:
            return redirect("sessions:adverse", event.pk)
        return redirect(f"{reverse('sessions:detail', args=[pk])}#adverse")
    known = adverse_kinds().get(kind)
    context = {
        "treatment": treatment,
        "patient": treatment.patient,
        **banner_of(treatment.patient),
        "form": form,
        "kind": known,
        "steps": emergency_steps(kind) if known and known.least_grade == "serious" else (),
        "grade_sources": grade_sources(),
    }
    return render(request, "sessions/adverse_create.html", context)


def _alert_of(request: HttpRequest, treatment: int) -> Alert | None:
    """The alert that the event was recorded from; 404 for one of another session."""
    number = request.GET.get("alert", "")
    if not number:
        return None
    known = Alert.objects.filter(follow_up__treatment=treatment)
    return get_object_or_404(known, pk=number if number.isdecimal() and len(number) < 19 else 0)


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps of a serious event first, then what was recorded, and its closing."""
    one = _event_or_404(pk)
    form = CloseAdverseForm(posted(request), event=one)
    if form.is_valid():
        adverse.close_event(event=one, by=cast(User, request.user), **form.cleaned_data)
        messages.success(request, "The adverse event is closed.")
        return redirect("clinic:inbox")
    record(Action.VIEW, one, patient_id=one.treatment.patient_id)
    context = {
        "shown": EventShown(one),
        "treatment": one.treatment,
        "patient": one.treatment.patient,
        **banner_of(one.treatment.patient),
        "form": form,
    }
    return render(request, "sessions/adverse.html", context)


@staff(*CLINICAL)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mistaken event out of an open session."""
    one = _event_or_404(pk)
    try:
        adverse.remove_event(event=one)
    except (AlreadySigned, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    else:
        messages.success(request, "The adverse event is removed.")
    return redirect(f"{reverse('sessions:detail', args=[one.treatment_id])}#adverse")


def _event_or_404(pk: int) -> AdverseEvent:
    known = AdverseEvent.objects.select_related(
        "treatment__patient", "treatment__practitioner__user", "recorded_by", "closing__closed_by"
    )
    return get_object_or_404(known, pk=pk)
