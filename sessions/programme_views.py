"""Advice and home programme of an open session: ticked, found, prescribed, changed, put back."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from people.access import CLINICAL, staff
from scheduling.undo import say_with_undo
from sessions import advice, programme
from sessions.answering import open_session, refused, saved, session_or_404
from sessions.models import Exercise, TreatmentSession
from sessions.plan_answering import parts_saved, posted_key, posted_row
from sessions.plan_forms import DoseForm
from sessions.plan_page import find_exercises


@staff(*CLINICAL)
@require_POST
@open_session
def tell(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Tick a piece of advice or take it back; ``all`` ticks all, ``last`` what was told then."""
    told, not_told = request.POST.get("told", ""), request.POST.get("not_told", "")
    try:
        if told == "all":
            advice.tick_all_advice(treatment=treatment)
        elif told == "last":
            advice.repeat_advice(treatment=treatment)
            treatment.refresh_from_db()
            return parts_saved(request, treatment, "advice", "advice_text")
        else:
            key, is_told = told or not_told, bool(told)
            advice.tick_advice(treatment=treatment, advice=key, is_told=is_told)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    return parts_saved(request, treatment, "advice")


@staff(*CLINICAL)
@require_GET
def find_exercise(request: HttpRequest, pk: int) -> HttpResponse:
    """Exercises of the library by typing."""
    treatment = session_or_404(pk, is_signed=False)
    words = request.GET.get("e", "").strip()
    context = {
        "treatment": treatment,
        "exercise_words": words,
        "exercises_found": list(find_exercises(treatment, words)) if words else [],
    }
    return render(request, "sessions/_exercises_found.html", context)


@staff(*CLINICAL)
@require_POST
@open_session
def add_exercise(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Prescribe one exercise of the library."""
    exercise = get_object_or_404(Exercise, pk=posted_key(request, "exercise"))
    try:
        programme.prescribe(treatment=treatment, exercise=exercise)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    return parts_saved(request, treatment, "exercises")


@staff(*CLINICAL)
@require_POST
@open_session
def repeat_exercises(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """The programme of the last session once more; says which of it is retired."""
    retired = programme.repeat_last(treatment=treatment)
    treatment.refresh_from_db()
    said = f"Left out, retired since: {', '.join(retired)}." if retired else ""
    return parts_saved(request, treatment, "exercises", "exercises_text", said=said)


@staff(*CLINICAL)
@require_POST
@open_session
def change_exercise(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Save the posted parts of a dose, or move the exercise up."""
    row = posted_row(request, treatment)
    if "up" in request.POST:
        programme.move_up(row=row)
        return parts_saved(request, treatment, "exercises")
    form = DoseForm(request.POST, instance=posted_row(request, treatment))
    if not form.is_valid():
        return refused(request, treatment, form.sentences())
    programme.change_dose(row=row, **form.changes())
    return saved(request, treatment, place="#session-exercises")


@staff(*CLINICAL)
@require_POST
@open_session
def remove_exercise(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Take an exercise out, with an Undo."""
    row = posted_row(request, treatment)
    values = programme.take_out(row=row)
    values["exercise"] = values.pop("exercise_id")
    address = reverse("sessions:restore-exercise", args=[treatment.pk])
    as_text = {name: str(value) for name, value in values.items()}
    say_with_undo(request, f"{row.name}, removed.", address, as_text)
    return redirect(f"{reverse('sessions:detail', args=[treatment.pk])}#session-exercises")


@staff(*CLINICAL)
@require_POST
@open_session
def restore_exercise(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Undo of a removal: the exercise comes back with its dose, at its place."""
    exercise = get_object_or_404(Exercise, pk=posted_key(request, "exercise"))
    dose = {name: posted_key(request, name) for name in (*programme.DOSE, "position")}
    try:
        programme.prescribe(treatment=treatment, exercise=exercise, **dose)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    return parts_saved(request, treatment, "exercises")
