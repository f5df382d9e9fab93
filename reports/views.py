from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from assessment.inference import report_of
from assessment.models import Assessment
from audit.choices import Action
from audit.services import record
from intake.models import Consent, Intake
from people.access import CLINICAL, staff
from people.models import Patient
from reports import documents, summaries
from reports.progress import progress
from reports.progress_charts import plots
from reports.rendering import CannotRender
from reports.signed_documents import Damaged, document_of, verified
from sessions.choices import NeedledSide
from sessions.models import TreatmentSession


@staff(*CLINICAL)
def intake_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    submitted = Intake.objects.select_related("patient").exclude(submitted_at=None)
    intake = get_object_or_404(submitted, pk=pk)
    return _answer(
        request,
        intake,
        intake.patient,
        lambda: documents.intake_document(summaries.intake_summary(intake)),
    )


@staff(*CLINICAL)
def consent_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes kept at signing; a document whose job still waits is made and kept first."""
    known = Consent.objects.select_related("patient", "recorded_by")
    consent = get_object_or_404(known, pk=pk)
    return _answer(request, consent, consent.patient, lambda: verified(document_of(consent)))


@staff(*CLINICAL)
def assessment_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Assessment.objects.select_related("patient", "signed_by", "practitioner__user")
    one = get_object_or_404(rows, pk=pk)
    report = one.report or report_of(one).to_json()
    return _answer(
        request,
        one,
        one.patient,
        lambda: documents.assessment_document(summaries.assessment_summary(one, report)),
    )


@staff(*CLINICAL)
def session_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    rows = TreatmentSession.objects.select_related("patient", "signed_by", "practitioner__user")
    treatment = get_object_or_404(rows, pk=pk)
    return _answer(
        request,
        treatment,
        treatment.patient,
        lambda: documents.session_document(summaries.session_summary(treatment)),
    )


@staff(*CLINICAL)
def progress_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(Patient, pk=pk)
    return _answer(
        request,
        patient,
        patient,
        lambda: documents.progress_document(progress(patient, **_narrowed(request))),
    )


@staff(*CLINICAL)
def progress_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The course of the sessions as charts with their tables, all or one side or site."""
    patient = get_object_or_404(Patient, pk=pk)
    record(Action.VIEW, patient, patient_id=patient.pk, detail="progress")
    summary = progress(patient, **_narrowed(request))
    context = {
        "patient": patient,
        "summary": summary,
        "plots": plots(summary),
        "sides": NeedledSide.choices,
    }
    return render(request, "reports/progress.html", context)


def _narrowed(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ("plan", "side", "site")}


def _answer(
    request: HttpRequest, subject: models.Model, patient: Patient, make: documents.Maker
) -> HttpResponse:
    """Render, audit and hand out a document whose file name says nothing about the patient."""
    try:
        pdf = make()
    except (CannotRender, Damaged) as error:
        return render(request, "reports/cannot_render.html", {"error": error}, status=503)
    record(Action.PRINT, subject, patient_id=patient.pk)
    name = f"{subject._meta.model_name}-{subject.pk}-{patient.record_number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
