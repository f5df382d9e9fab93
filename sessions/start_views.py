"""Before a session: what is there, what is missing, and the act that brings it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from people.access import CLINICAL, staff
from people.models import Patient, Practitioner
from scheduling.models import Appointment
from sessions.readiness import ready_context


@staff(*CLINICAL)
@require_GET
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a session needs; when nothing is missing, the button that starts it."""
    patient = get_object_or_404(Patient, pk=pk)
    practitioner = get_object_or_404(Practitioner, user=request.user)
    number = request.GET.get("appointment", "")
    appointment = None
    if number:
        known = Appointment.objects.active().filter(patient=patient)
        is_key = number.isascii() and number.isdigit() and len(number) <= 18
        appointment = get_object_or_404(known, pk=number if is_key else 0)
    context = ready_context(patient, practitioner, appointment)
    return render(request, "sessions/not_ready.html", context)
