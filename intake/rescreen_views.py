"""Anything changed since last time? Asked of the patient in the room, before the session starts."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from audit.choices import Action
from audit.services import record
from clinical.screening import NO
from intake.models import Intake
from intake.patient_access import posted
from intake.precautions import banner_of
from intake.rescreen import NOTHING, record_rescreening, weigh_changes
from intake.review_forms import ChangesForm, RescreenForm
from intake.status import newest_submitted
from people.access import CLINICAL, staff
from people.models import Patient, User
from scheduling.models import Appointment


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def rescreen(request: HttpRequest, pk: int) -> HttpResponse:
    """Six questions; a change asks for a decision on the same page before anything is kept."""
    patient = get_object_or_404(Patient, pk=pk)
    intake = newest_submitted(Intake.objects.for_patient(patient))
    if intake is None:
        return redirect("clinic:patient", pk)
    appointment = _appointment(request, patient)
    asked = ChangesForm(_answers(request))
    form: RescreenForm | None = None
    if asked.is_valid():
        form = _decisions(request.POST, intake, asked)
        if form is None or form.is_valid():
            return _kept(request, intake, appointment, asked, form)
    record(Action.VIEW, intake, patient_id=pk, detail="re-screen")
    context = {"patient": patient, **banner_of(patient), "asked": asked, "form": form}
    return render(
        request, "intake/rescreen.html", context | {"appointment": appointment, "intake": intake}
    )


def _answers(request: HttpRequest) -> Mapping[str, Any] | None:
    """What was posted. "Nothing changed" is six times no, unless an answer says otherwise."""
    data = posted(request)
    if data is None or "nothing" not in data:
        return data
    is_other = any(data.get(name, NO) != NO for name in NOTHING)
    return data if is_other else NOTHING


def _appointment(request: HttpRequest, patient: Patient) -> Appointment | None:
    """The visit it is asked at; another patient's is 404."""
    number = request.POST.get("appointment") or request.GET.get("appointment") or ""
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise BadRequest("No such appointment.")
    return get_object_or_404(Appointment.objects.active(), patient=patient, pk=number)


def _decisions(data: QueryDict, intake: Intake, asked: ChangesForm) -> RescreenForm | None:
    """The form of what the answers trigger, or None when nothing has changed."""
    found = weigh_changes(intake, asked.cleaned_data)
    if not found.reasons:
        return None
    return RescreenForm(data if "decide" in data else None, reasons=found.reasons)


def _kept(
    request: HttpRequest,
    intake: Intake,
    appointment: Appointment | None,
    asked: ChangesForm,
    form: RescreenForm | None,
) -> HttpResponse:
    """Keep it. The session starts at once unless it was decided against."""
    given: dict[str, Any] = {}
    if form is not None:
        names = ("decision", "note", "deferred_until")
        given = {name: form.cleaned_data[name] for name in names} | {"decided": form.decided()}
    kept = record_rescreening(
        intake=intake,
        appointment=appointment,
        answers=asked.cleaned_data,
        by=cast(User, request.user),
        **given,
    )
    if not kept.goes_on:
        return redirect("clinic:patient", intake.patient_id)
    # The method and what was posted are kept, so that one tap saves and starts the session.
    return redirect("sessions:create", intake.patient_id, preserve_request=True)
