from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.choices import Action
from audit.services import record
from people.access import DESK, public, staff
from people.forms import PatientForm
from people.language import choose, known
from people.models import Patient, User
from people.outbox import outbox_key as key_of
from people.search import find_patients, names_in
from people.services import change_patient, register_patient
from people.way_back import safe_next

THEMES = ("light", "dark")
A_YEAR = 365 * 24 * 60 * 60


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light or dark colours in this browser for a year."""
    response = redirect(safe_next(request, "/"))
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie(
            "theme",
            chosen,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show a patient's pages in the chosen language from now on, and return to the same page."""
    chosen = known(request.POST.get("language"))
    if chosen is not None:
        choose(request.session, chosen)
    return redirect(safe_next(request, "/"))


@staff()
@require_GET
def outbox_key(request: HttpRequest) -> HttpResponse:
    """The key for what this user's browser keeps; a script holds it in memory only."""
    key = key_of(cast(User, request.user))
    return HttpResponse(
        key, content_type="application/octet-stream", headers={"Cache-Control": "no-store"}
    )


@staff(*DESK)
@require_GET
def patient_find(request: HttpRequest) -> HttpResponse:
    """The best matches of what is typed, as a list; ``book`` in the address leads to booking."""
    words = request.GET.get("q", "").strip()
    context = {
        "words": words,
        "found": find_patients(words),
        "is_booking": "book" in request.GET,
        "is_fragment": True,
    }
    return render(request, "people/patient_find.html", context)


@staff(*DESK)
@require_http_methods(["GET", "POST"])
def patient_create(request: HttpRequest) -> HttpResponse:
    """Add a patient; likely duplicates are shown before."""
    form = PatientForm(_posted(request), initial=names_in(request.GET.get("q", "")))
    if form.is_valid():
        patient = register_patient(patient=form.save(commit=False))
        messages.success(request, f"{patient.full_name} is added.")
        return redirect("clinic:patient", patient.pk)
    return render(request, "people/patient_create.html", {"form": form})


@staff(*DESK)
@require_http_methods(["GET", "POST"])
def patient_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a patient's details."""
    patient = get_object_or_404(Patient, pk=pk)
    name = patient.full_name
    form = PatientForm(_posted(request), instance=patient)
    if form.is_valid():
        changed = [field for field in form.changed_data if field in form.Meta.fields]
        change_patient(patient=form.save(commit=False), changed=changed)
        messages.success(request, f"The details of {patient.full_name} are saved.")
        return redirect("clinic:patient", patient.pk)
    record(Action.VIEW, patient, patient_id=pk, detail="contact details")
    context = {"form": form, "patient": patient, "name": name}
    return render(request, "people/patient_edit.html", context)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
