"""What the desk does with an intake link, besides sending it by e-mail."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from intake.fresh_link import give_link
from intake.models import Intake
from intake.qr_code import qr_code
from intake.services import FINISHED
from people import links
from people.access import DESK, staff
from people.link_devices import CLINIC_DEVICE_KEY
from people.links import public_address
from people.models import PatientLink
from people.way_back import safe_next
from scheduling.models import Appointment


@staff(*DESK)
@require_POST
def fill_in_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand this device over to the patient: the staff session ends, the form is at its start."""
    token = give_link(appointment=_appointment_or_404(pk), how="filled in at the clinic")
    logout(request)
    request.session[CLINIC_DEVICE_KEY] = True
    return redirect("intake:start", token)


@staff(*DESK)
@require_POST
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link as a QR code for the patient's own phone; it is shown this once."""
    appointment = _appointment_or_404(pk)
    token = give_link(appointment=appointment, how="shown as QR code")
    address = public_address(reverse("intake:start", args=[token]))
    context = {"appointment": appointment, "code": qr_code(address)}
    return render(request, "intake/qr.html", context)


@staff(*DESK)
@require_POST
def close_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the link of an unfinished intake at once."""
    link = _link_or_404(pk)
    links.close_link(link=link)
    messages.success(request, "The intake link is closed.")
    return _back(request, link)


@staff(*DESK)
@require_POST
def allow_tries(request: HttpRequest, pk: int) -> HttpResponse:
    """Allow five more tries of the date of birth."""
    link = _link_or_404(pk)
    links.allow_more_tries(link=link)
    messages.success(request, "The patient has 5 more tries.")
    return _back(request, link)


def _appointment_or_404(pk: int) -> Appointment:
    """An appointment whose intake can still be answered."""
    known = Appointment.objects.active().select_related("patient", "room__location")
    appointment = get_object_or_404(known, pk=pk)
    if Intake.objects.filter(appointment=appointment, status__in=FINISHED).exists():
        raise Http404("The intake is complete.")
    return appointment


def _link_or_404(intake: int) -> PatientLink:
    """The link of an unfinished intake."""
    known = PatientLink.objects.exclude(intake__status__in=FINISHED)
    return get_object_or_404(known, intake__pk=intake)


def _back(request: HttpRequest, link: PatientLink) -> HttpResponse:
    return redirect(safe_next(request, reverse("clinic:patient", args=[link.patient_id])))
