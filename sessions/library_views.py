"""The clinic's exercises: list and search, new, edit, retire, the starters."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinical.exercises import starter_exercises
from intake.patient_access import posted
from people.access import CLINICAL, staff
from people.models import User
from scheduling.undo import say_with_undo
from sessions import library
from sessions.models import Exercise
from sessions.plan_forms import ExerciseForm


@staff(*CLINICAL)
@require_GET
def exercises(request: HttpRequest) -> HttpResponse:
    """All exercises by any word of theirs; the retired ones at the end."""
    words = request.GET.get("q", "").strip()
    everything = list(Exercise.objects.all())
    found = library.matching(words, everything)
    context = {
        "words": words,
        "active": [one for one in found if one.retired_at is None],
        "retired": [one for one in found if one.retired_at is not None],
        "missing_starters": len(starter_exercises()) - sum(bool(e.starter) for e in everything),
    }
    return render(request, "sessions/exercises.html", context)


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def exercise_create(request: HttpRequest) -> HttpResponse:
    """Write a new exercise."""
    return _edit(request, ExerciseForm(posted(request)))


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def exercise_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an exercise; programmes that have it keep their words."""
    one = get_object_or_404(Exercise, pk=pk)
    return _edit(request, ExerciseForm(posted(request), instance=one))


def _edit(request: HttpRequest, form: ExerciseForm) -> HttpResponse:
    if form.is_valid():
        try:
            saved = library.save_exercise(
                exercise=form.save(commit=False), by=cast(User, request.user)
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{saved.name} is saved.")
            return redirect("sessions:exercises")
    return render(request, "sessions/exercise_edit.html", {"form": form})


@staff(*CLINICAL)
@require_POST
def exercise_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire an exercise with an Undo, or bring it back."""
    one, user = get_object_or_404(Exercise, pk=pk), cast(User, request.user)
    if "is_undo" not in request.POST:
        library.retire_exercise(exercise=one, by=user)
        address = reverse("sessions:exercise-retire", args=[pk])
        say_with_undo(request, f"{one.name} is retired.", address, {})
        return redirect("sessions:exercises")
    try:
        library.bring_back_exercise(exercise=one, by=user)
        messages.success(request, f"{one.name} is offered again.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("sessions:exercises")


@staff(*CLINICAL)
@require_POST
def add_starters(request: HttpRequest) -> HttpResponse:
    """Add the starter exercises that are not in the library yet."""
    added = library.add_starters(by=cast(User, request.user))
    messages.success(request, f"{len(added)} exercises added. Read each before you prescribe it.")
    return redirect("sessions:exercises")
