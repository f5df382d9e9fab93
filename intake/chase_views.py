"""The desk's one click: remind a patient of the form now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from intake.chasing import NotReminded, remind_by_hand
from intake.models import Intake
from people.access import DESK, staff
from people.models import User
from people.way_back import safe_next


@staff(*DESK)
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a reminder and return to where the button was."""
    intake = get_object_or_404(Intake.objects.select_related("patient"), pk=pk)
    user: User = request.user  # type: ignore[assignment]  # the middleware let staff through only
    try:
        remind_by_hand(intake=intake, by=user)
    except NotReminded as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"A reminder is on its way to {intake.patient.full_name}.")
    return redirect(safe_next(request, reverse("clinic:patient", args=[intake.patient_id])))
