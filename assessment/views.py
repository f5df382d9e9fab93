"""Pages of the physiotherapist: choose a region, examine, read the ladder."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessment import services
from assessment.before import last_signed
from assessment.cells import Cell, rows_by_place
from assessment.drafts import AssessmentClosed
from assessment.forms import (
    AddendumForm,
    StartForm,
    plain_cells,
    plain_notes,
    posted_cells,
    posted_notes,
)
from assessment.models import Assessment
from assessment.notes import Note
from assessment.page import (
    chart_context,
    conflicts_shown,
    draft_context,
    result_context,
    signed_context,
    start_context,
    tabs_for,
)
from assessment.picture import LAYERS, chart_grades
from assessment.selections import keep_selection
from audit.choices import Action
from audit.services import record
from clinical.segments import FindingError
from intake.precautions import banner_of, precautions_for
from people.access import CLINICAL, staff
from people.models import Patient, Practitioner

KNOWN = Assessment.objects.select_related("patient", "practitioner__user", "signed_by")


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the region; an open draft of it is continued."""
    patient = get_object_or_404(Patient, pk=pk)
    form = StartForm(posted(request), patient=patient)
    if form.is_valid():
        return redirect("assessment:detail", _started(request, patient, form.cleaned_data).pk)
    context = {"patient": patient, **banner_of(patient), "form": form}
    context |= start_context(patient, request.user.pk)
    return render(request, "assessment/create.html", context)


def _started(request: HttpRequest, patient: Patient, chosen: dict[str, Any]) -> Assessment:
    """The draft; a selection with a name is kept for the next time."""
    practitioner = get_object_or_404(Practitioner, user=request.user)
    if chosen["groups"] and chosen["name"]:
        keep_selection(practitioner=practitioner, name=chosen["name"], groups=chosen["groups"])
    return services.start_assessment(
        patient=patient,
        practitioner=practitioner,
        battery=chosen["battery"],
        groups=chosen["groups"],
        appointment=chosen["appointment"],
    )


@staff(*CLINICAL)
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft, or the report of a signed assessment."""
    assessment = get_object_or_404(KNOWN, pk=pk)
    record(Action.VIEW, assessment, patient_id=assessment.patient_id)
    if assessment.is_signed:
        context = signed_context(assessment) | {"addendum_form": AddendumForm()}
        return render(request, "assessment/signed.html", context)
    layer = request.GET.get("layer", "")
    context = draft_context(assessment, layer if layer in LAYERS else "surface")
    return render(request, "assessment/detail.html", context)


@staff(*CLINICAL)
@require_GET
def chart(request: HttpRequest, pk: int, layer: str) -> HttpResponse:
    """Another layer of the body chart with the grades of now."""
    assessment = get_object_or_404(KNOWN, pk=pk)
    if layer not in LAYERS:
        raise Http404("There is no such layer.")
    record(Action.VIEW, assessment, patient_id=assessment.patient_id, detail=f"chart, {layer}")
    precautions = precautions_for(assessment.patient)
    context = chart_context(assessment, layer, chart_grades(assessment), precautions)
    return render(request, "assessment/_chart.html", {"assessment": assessment, **context})


@staff(*CLINICAL)
@require_POST
def save_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Store cells. The script gets the ladder anew, a plain form gets its page again."""
    is_script = bool(request.headers.get("HX-Request"))
    try:
        filled, cells, notes = _asked(request, pk, is_script=is_script)
        assessment, examination = services.save_and_examine(
            pk=pk, cells=cells, filled=filled, notes=notes
        )
    except Assessment.DoesNotExist as missing:
        raise Http404("No such assessment.") from missing
    except services.Conflict as conflict:
        return JsonResponse({"conflicts": conflicts_shown(conflict.held)}, status=412)
    except (FindingError, AssessmentClosed) as refusal:
        return _refused(request, pk, refusal, is_script=is_script)
    if not is_script:
        return redirect("assessment:detail", pk)
    context = result_context(assessment, examination, last_signed(assessment))
    return render(request, "assessment/_saved.html", {**context, "now": timezone.now()})


def _asked(request: HttpRequest, pk: int, *, is_script: bool) -> tuple[str, list[Cell], list[Note]]:
    """The words of a filling, and the cells and notes that were sent."""
    data = request.POST
    if is_script:
        return data.get("filled", ""), posted_cells(data), posted_notes(data)
    assessment = Assessment.objects.get(pk=pk)
    rows = rows_by_place(assessment.findings.all())
    tabs = tabs_for(assessment, rows, last_signed(assessment))
    return *plain_cells(data, rows, tabs), plain_notes(data)


def _refused(request: HttpRequest, pk: int, refusal: Exception, *, is_script: bool) -> HttpResponse:
    """A sentence: 409 when the assessment is signed, 400 when the value is not one."""
    if not is_script:
        messages.error(request, f"{refusal}")
        return redirect("assessment:detail", pk)
    status = 409 if isinstance(refusal, AssessmentClosed) else 400
    return HttpResponse(f"{refusal}", status=status, content_type="text/plain; charset=utf-8")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or None on a mere look."""
    return request.POST if request.method == "POST" else None
