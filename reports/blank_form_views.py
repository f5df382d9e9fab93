"""The form to print. Nothing clinical is in it, so the front desk prints it too."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from audit.choices import Action
from audit.services import record
from people.access import DESK, staff
from people.models import Patient
from reports.blank_form import blank_form_document
from reports.rendering import CannotRender

ENGLISH = "en"


@staff(*DESK)
@require_GET
def blank_form(request: HttpRequest) -> HttpResponse:
    """The form for anybody, in the language asked for."""
    return _answer(request, None, ENGLISH)


@staff(*DESK)
@require_GET
def blank_form_for(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with a patient's name, date of birth and record number, in their language."""
    patient = get_object_or_404(Patient, pk=pk)
    return _answer(request, patient, patient.language)


def _answer(request: HttpRequest, patient: Patient | None, usual: str) -> HttpResponse:
    """Render and hand out; an unknown language is the usual one, an unknown usual one English."""
    known, wanted = dict(settings.LANGUAGES), request.GET.get("language", "")
    language = next((one for one in (wanted, usual) if one in known), ENGLISH)
    try:
        pdf = blank_form_document(patient, language)
    except CannotRender as error:
        return render(request, "reports/cannot_render.html", {"error": error}, status=503)
    if patient is not None:
        record(Action.PRINT, patient, patient_id=patient.pk, detail="blank intake form")
    number = f"-{patient.record_number}" if patient else ""
    headers = {"Content-Disposition": f'inline; filename="intake-form{number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
