"""The treatment session: started, filled in control by control, signed, added to."""

import re
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.choices import Action
from audit.services import record
from intake.patient_access import posted
from intake.precautions import banner_of
from intake.status import ASK_WHAT_CHANGED
from people.access import CLINICAL, staff
from people.models import Patient, Practitioner, User
from scheduling.models import Appointment
from sessions import services
from sessions.adverse import answer_none
from sessions.answering import open_session, refused, saved, session_or_404
from sessions.drafts import AlreadySigned
from sessions.forms import AddendumForm, DetailsForm
from sessions.inbox import co_signatures_held_by
from sessions.models import TreatmentSession
from sessions.needling import save_details
from sessions.once import differs, values_unseen
from sessions.page import open_context, rows_of, signed_context
from sessions.plan_page import plan_context
from sessions.readiness import ready_context
from sessions.review import review_context
from sessions.sources import find_muscles

KEY = re.compile(r"\d{1,18}", re.ASCII)


@staff(*CLINICAL)
@require_POST
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a session for this patient, or say why it cannot start."""
    patient = get_object_or_404(Patient, pk=pk)
    practitioner = get_object_or_404(Practitioner, user=request.user)
    number = request.POST.get("appointment", "")
    appointment = None
    if number:
        known = Appointment.objects.active().filter(patient=patient)
        appointment = get_object_or_404(known, pk=number if KEY.fullmatch(number) else 0)
    try:
        treatment = services.start_session(
            patient=patient, practitioner=practitioner, appointment=appointment
        )
    except services.NotReady as error:
        if error.obstacles == [ASK_WHAT_CHANGED]:
            visit = f"?appointment={appointment.pk}" if appointment else ""
            return redirect(f"{reverse('intake:rescreen', args=[pk])}{visit}")
        context = ready_context(patient, practitioner, appointment, error.obstacles)
        return render(request, "sessions/not_ready.html", context, status=409)
    return redirect("sessions:detail", treatment.pk)


@staff(*CLINICAL)
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The session page; a signed one is read only. Each reading leaves an audit line."""
    treatment = session_or_404(pk)
    record(Action.VIEW, treatment, patient_id=treatment.patient_id)
    rows = rows_of(treatment)
    banner = {"patient": treatment.patient, **banner_of(treatment.patient)}
    if treatment.is_signed:
        mine = co_signatures_held_by(cast(User, request.user)).filter(treatment=pk)
        context = {**signed_context(treatment, rows), **banner, "form": AddendumForm()}
        context["may_co_sign"] = mine.exists()
        return render(request, "sessions/signed.html", context)
    words = request.GET.get("q", "").strip()
    context = {**open_context(treatment, rows), **banner, "words": words}
    context["found"] = find_muscles(words, rows, context["blocked"])
    context |= plan_context(treatment, rows, request.GET.get("e", "").strip())
    return render(request, "sessions/detail.html", context)


@staff(*CLINICAL)
@require_POST
@open_session
def save(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Save the posted controls of Before, After and the count."""
    form = DetailsForm(request.POST, instance=session_or_404(treatment.pk))
    if not form.is_valid():
        return refused(request, treatment, form.sentences())
    unseen = values_unseen(form, request.POST.get("known", ""))
    if unseen:
        return differs(unseen)
    changes = form.changes()
    try:
        changed = save_details(treatment=treatment, **changes)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    return saved(request, changed, fields=changes)


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything once more as text, then sign; that nothing untoward happened may be said here."""
    treatment = session_or_404(pk)
    if treatment.is_signed:
        return redirect("sessions:detail", pk)
    refusal: list[str] = []
    if request.method == "POST":
        try:
            if "no_adverse_event" in request.POST:
                answer_none(treatment=treatment)
            services.sign_session(treatment=treatment, by=cast(User, request.user))
        except services.CannotSign as error:
            refusal = error.sentences
        except AlreadySigned:  # a double click: the first one signed
            return redirect("sessions:detail", pk)
        else:
            messages.success(request, "The session is signed.")
            return redirect("sessions:detail", pk)
    record(Action.VIEW, treatment, patient_id=treatment.patient_id, detail="before signing")
    review = review_context(treatment, rows_of(treatment))
    context = review | {
        "patient": treatment.patient,
        **banner_of(treatment.patient),
        "refusal": refusal,
        "asks_only_adverse": [gap.place for gap in review["gaps"]] == ["adverse"],
    }
    return render(request, "sessions/sign.html", context)


@staff(*CLINICAL)
@require_POST
def add_addendum(request: HttpRequest, pk: int) -> HttpResponse:
    """Append to a signed session."""
    treatment = session_or_404(pk, is_signed=True)
    form = AddendumForm(posted(request))
    if form.is_valid():
        services.add_addendum(
            treatment=treatment, text=form.cleaned_data["text"], by=cast(User, request.user)
        )
        messages.success(request, "The addendum is added.")
        return redirect("sessions:detail", pk)
    context = signed_context(treatment, rows_of(treatment)) | {
        "patient": treatment.patient,
        **banner_of(treatment.patient),
        "form": form,
    }
    return render(request, "sessions/signed.html", context)
