"""The plan of care in a session, its closing on the patient page, and the next appointment."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.access import CLINICAL, staff
from people.models import User
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment
from scheduling.services import TimeTaken
from scheduling.undo import say_with_undo
from sessions import care
from sessions.answering import open_session, refused, session_or_404
from sessions.forms import sentences_of
from sessions.models import CarePlan, TreatmentSession
from sessions.next_visit import book_next, offered
from sessions.plan_answering import parts_saved, posted_key
from sessions.plan_forms import CourseForm, NextForm, ProblemForm
from sessions.plan_page import planned_of


@staff(*CLINICAL)
@require_POST
@open_session
def set_plan(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Begin a plan for ``problem``, join the open one of ``plan``, or leave it with ``leave``."""
    try:
        if "plan" in request.POST:
            mine = CarePlan.objects.open().filter(patient=treatment.patient_id)
            plan = get_object_or_404(mine, pk=posted_key(request, "plan"))
            care.join_plan(treatment=treatment, plan=plan)
        elif "leave" in request.POST:
            care.leave_plan(treatment=treatment)
        else:
            form = ProblemForm(request.POST)
            if not form.is_valid():
                return refused(request, treatment, sentences_of(form))
            problem = form.cleaned_data["problem"]
            care.start_plan(treatment=treatment, problem=problem, by=cast(User, request.user))
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    return parts_saved(request, treatment, "care", "course", "next")


@staff(*CLINICAL)
@require_POST
@open_session
def change_plan(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Save the posted numbers of the plan; the fields themselves are left as typed."""
    planned, edited = planned_of(treatment), planned_of(treatment)
    if planned is None:
        return refused(request, treatment, ["This session is in no plan."])
    form = CourseForm(request.POST, instance=edited)
    if not form.is_valid():
        return refused(request, treatment, form.sentences())
    care.change_plan(planned=planned, **form.changes())
    return parts_saved(request, treatment, "course", "next")


@staff(*CLINICAL)
@require_POST
def end_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a plan on the patient page, or open it again, with an Undo."""
    plan = get_object_or_404(CarePlan, pk=pk)
    try:
        if "is_undo" in request.POST:
            care.reopen_plan(plan=plan)
            messages.success(request, f"Undone. {plan.problem} is open again.")
        else:
            care.close_plan(plan=plan)
            address = reverse("sessions:end-plan", args=[pk])
            say_with_undo(request, f"{plan.problem}: the plan is closed.", address, {})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("clinic:patient", plan.patient_id)


@staff(*CLINICAL)
@require_POST
def book_next_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Book the chosen time with this practitioner; a taken one is answered with the nearest."""
    treatment = session_or_404(pk)
    form = NextForm(request.POST)
    way_back = redirect(f"{reverse('sessions:detail', args=[pk])}#session-next")
    if not form.is_valid():
        messages.error(request, " ".join(sentences_of(form)))
        return way_back
    try:
        booked = book_next(
            treatment=treatment, start=form.cleaned_data["start"], by=cast(User, request.user)
        )
    except TimeTaken as taken:
        free = "; ".join(one.words for one in offered(treatment))
        messages.error(request, f"{taken} Next free: {free or 'none in the coming two weeks'}.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        _say_booked(request, booked)
    return way_back


def _say_booked(request: HttpRequest, booked: Appointment) -> None:
    words = (
        f"Booked: {booked.wall_date:%A %-d %B}, {booked.wall_time:%H:%M}, "
        f"{booked.practitioner}, {booked.room}."
    )
    values = {"status": str(AppointmentStatus.CANCELLED), "version": f"{booked.version}"}
    address = reverse("scheduling:status", args=[booked.pk])
    say_with_undo(request, words, address, values)
