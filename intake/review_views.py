"""Staff pages of the intake: the physiotherapist's review, and sending by the desk."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.choices import Action
from audit.services import record
from intake import services
from intake.choices import IntakeStatus
from intake.models import Consent, Intake, IntakeReview
from intake.outcome import outcome_of
from intake.pain_drawing import pain_figures
from intake.patient_access import at_clinic, posted
from intake.precautions import banner_of
from intake.review import (
    ReviewedMeanwhile,
    earlier_decisions,
    reasons_to_decide,
    review_intake,
    today,
)
from intake.review_forms import ReviewForm
from intake.summary import summary_of
from people.access import CLINICAL, DESK, staff
from people.models import User
from scheduling.models import Appointment

KNOWN = Intake.objects.select_related(
    "patient", "appointment", "form", "screening", "review__reviewed_by"
)


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Outcome and reasons with their decisions, then every answer. Each reading is audited."""
    user = cast(User, request.user)
    intake = get_object_or_404(KNOWN.filter(status__in=services.FINISHED), pk=pk)
    held: IntakeReview | None = getattr(intake, "review", None)
    form = ReviewForm(posted(request), reasons=reasons_to_decide(intake), held=held)
    following = next_to_review(user, intake)
    if form.is_valid():
        try:
            _save(intake, form, user)
        except ReviewedMeanwhile as error:
            form = _with_version_of(request.POST, form, error.review)
            held = error.review
        else:
            messages.success(request, f"Your decision on {intake.patient.full_name} is saved.")
            if "next" in request.POST and following is not None:
                return redirect("intake:review", following.pk)
            return redirect("clinic:patient", intake.patient_id)
    record(Action.VIEW, intake, patient_id=intake.patient_id)
    context = _context(intake, form, held) | {"following": following}
    return render(request, "intake/review.html", context)


def next_to_review(user: User, intake: Intake) -> Intake | None:
    """The intake of the user's patients that waits longest, other than this one."""
    waiting = Intake.objects.waiting_for_review(today()).exclude(pk=intake.pk)
    mine = waiting.filter(appointment__practitioner__user=user).select_related("patient")
    return mine.order_by("submitted_at").first()


def _save(intake: Intake, form: ReviewForm, user: User) -> None:
    given = form.cleaned_data
    review_intake(
        intake=intake,
        decision=given["decision"],
        note=given["note"],
        decided=form.decided(),
        deferred_until=given["deferred_until"],
        seen=given["version"],
        by=user,
    )


def _with_version_of(data: QueryDict, form: ReviewForm, now: IntakeReview) -> ReviewForm:
    """What was typed, on top of the decision made meanwhile: saving again replaces it."""
    typed = data.copy()
    typed["version"] = f"{now.version}"
    again = ReviewForm(typed, reasons=form.reasons)
    again.add_error(
        None,
        f"{now.reviewed_by} has decided meanwhile: {now.get_decision_display()}. "
        "Read that decision, then save again to replace it.",
    )
    return again


def _context(intake: Intake, form: ReviewForm, held: IntakeReview | None) -> dict[str, Any]:
    outcome, answers = outcome_of(intake), services.answers_of(intake)
    return at_clinic(
        intake=intake,
        patient=intake.patient,
        outcome=outcome,
        **banner_of(intake.patient),
        figures=pain_figures(answers),
        sections=summary_of(intake, answers),
        consent=Consent.objects.filter(intake=intake).first(),
        form=form,
        held=held,
        earlier=earlier_decisions(held) if held else [],
        red_flags=intake.red_flags.select_related("closed_by"),
    )


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
