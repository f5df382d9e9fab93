"""Staff pages of the intake: the physiotherapist's review, and sending by the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.choices import Action
from audit.services import record
from intake import services
from intake.choices import IntakeStatus
from intake.forms import ReviewForm
from intake.models import Consent, Intake
from intake.outcome import outcome_of
from intake.patient_access import at_clinic, posted
from intake.review import review_intake
from intake.summary import summary
from people.access import CLINICAL, DESK, staff
from scheduling.models import Appointment


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Outcome first, then every answer, then the decision. Each reading leaves an audit line."""
    known = Intake.objects.select_related("patient", "appointment", "form", "screening")
    intake = get_object_or_404(known.filter(status__in=services.FINISHED), pk=pk)
    outcome = outcome_of(intake)
    form = ReviewForm(
        posted(request),
        instance=getattr(intake, "review", None),
        has_warnings=outcome.has_warnings,
    )
    if form.is_valid():
        review_intake(
            intake=intake,
            decision=form.cleaned_data["decision"],
            note=form.cleaned_data["note"],
            by=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, "Your decision is saved.")
        return redirect("clinic:patient", intake.patient_id)
    record(Action.VIEW, intake, patient_id=intake.patient_id)
    context = at_clinic(
        intake=intake,
        patient=intake.patient,
        outcome=outcome,
        alerts=outcome.alerts,
        sections=summary(services.answers_of(intake)),
        consent=Consent.objects.filter(intake=intake).first(),
        form=form,
    )
    return render(request, "intake/review.html", context)


@staff(*DESK)
@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a new link for an unfinished intake; the old link closes."""
    open_now = (IntakeStatus.SENT, IntakeStatus.STARTED)
    known = Appointment.objects.select_related("patient", "room__location")
    appointment = get_object_or_404(known, intakes__pk=pk, intakes__status__in=open_now)
    return _send_and_return(request, appointment)


@staff(*DESK)
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the intake of an appointment for the first time, or again."""
    known = Appointment.objects.active().select_related("patient", "room__location")
    return _send_and_return(request, get_object_or_404(known, pk=pk))


def _send_and_return(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    patient = appointment.patient
    intake = services.send_intake(appointment=appointment, patient=patient)
    if intake.status in services.FINISHED:
        messages.info(request, "The intake is complete already.")
    elif intake.link is None:
        messages.warning(request, "No link was sent: there is no e-mail address on file.")
    else:
        messages.success(request, f"A new intake link is on its way to {patient.full_name}.")
    return redirect("clinic:patient", patient.pk)
