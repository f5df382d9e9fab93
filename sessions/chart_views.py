"""The body chart as a source of muscles: a tap adds the muscle on the side it was drawn on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.access import CLINICAL, staff
from sessions.answering import session_or_404
from sessions.body_chart import LAYERS, chart_context
from sessions.page import rows_of


@staff(*CLINICAL)
@require_GET
def chart(request: HttpRequest, pk: int, layer: str) -> HttpResponse:
    """One layer of the chart, front and back, with the needled muscles marked."""
    treatment = session_or_404(pk, is_signed=False)
    if layer not in LAYERS:
        raise Http404
    context = {"treatment": treatment, **chart_context(layer, rows_of(treatment))}
    return render(request, "sessions/_chart.html", context)
