"""How the parts after the needles answer: themselves anew to htmx, a redirect to a plain form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sessions.answering import is_htmx
from sessions.models import PrescribedExercise, TreatmentSession
from sessions.page import core_context, rows_of
from sessions.plan_page import advice_part, care_part, exercises_part, next_part, text_part

PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "advice": advice_part,
    "advice_text": text_part,
    "exercises": exercises_part,
    "exercises_text": text_part,
    "course": care_part,
    "care": care_part,
    "next": next_part,
}


def parts_saved(
    request: HttpRequest, treatment: TreatmentSession, *parts: str, said: str = ""
) -> HttpResponse:
    """Saved: these parts of the page as they are now; ``said`` is what else there is to know."""
    if not is_htmx(request):
        if said:
            messages.warning(request, said)
        return redirect(f"{reverse('sessions:detail', args=[treatment.pk])}#session-{parts[0]}")
    rows = rows_of(treatment)
    context = core_context(treatment, rows) | {
        "oob": True,
        "said": said,
        "parts": [f"sessions/_{part}.html" for part in parts],
    }
    for part in parts:
        context |= PARTS[part](treatment, rows)
    return render(request, "sessions/parts_saved.html", context)


def posted_key(request: HttpRequest, name: str) -> int:
    """The number of a row in the form; anything else is a 404."""
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise Http404
    return int(text)


def posted_row(request: HttpRequest, treatment: TreatmentSession) -> PrescribedExercise:
    """The prescribed exercise that the form names."""
    known = treatment.home_exercises.select_related("treatment")
    return get_object_or_404(known, pk=posted_key(request, "row"))
