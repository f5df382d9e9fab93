"""How the session page answers a save: a part of the page to htmx, a redirect to a plain form."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sessions.drafts import AlreadySigned
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.once import do_once, key_of
from sessions.page import core_context, needles_context, rows_of, shown_rows

SessionView = Callable[..., HttpResponse]
PAIN_FIELDS = ("pain_before", "pain_after")


def session_or_404(pk: int, *, is_signed: bool | None = None) -> TreatmentSession:
    """A session with all that its page names, optionally only a signed or an open one."""
    known = TreatmentSession.objects.select_related(
        "patient",
        "practitioner__user",
        "consent",
        "assessment",
        "signed_by",
        "appointment__room",
    )
    if is_signed is not None:
        known = known.filter(signed_at__isnull=not is_signed)
    return get_object_or_404(known, pk=pk)


def is_htmx(request: HttpRequest) -> bool:
    """True when a script of ours waits for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def open_session(view: SessionView) -> SessionView:
    """Call ``view(request, treatment, ...)`` for an open session; refuse a signed one in words."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        treatment = session_or_404(pk)
        return _change(request, treatment, lambda: view(request, treatment))

    return guarded


def open_row(view: SessionView) -> SessionView:
    """Call ``view(request, row)`` for a row of an open session; refuse a signed one in words."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        rows = NeedledMuscle.objects.select_related("treatment")
        treatment = get_object_or_404(rows, pk=pk).treatment
        return _change(request, treatment, lambda: view(request, get_object_or_404(rows, pk=pk)))

    return guarded


def _change(
    request: HttpRequest, treatment: TreatmentSession, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """Do it once under the session's lock; sent again, it is answered with what stands there."""
    try:
        return do_once(
            treatment=treatment,
            key=key_of(request),
            act=act,
            again=lambda: muscles_changed(request, session_or_404(treatment.pk)),
        )
    except AlreadySigned as error:
        return _say_and_reload(request, treatment.pk, str(error))


def _say_and_reload(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    """The queue of the page keeps what came too late, and shows it in words."""
    if key_of(request) is not None:
        return HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, sentence)
    address = reverse("sessions:detail", args=[pk])
    if is_htmx(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def refused(
    request: HttpRequest, treatment: TreatmentSession, sentences: Iterable[str]
) -> HttpResponse:
    """Nothing was saved; say why, and leave what was typed where it stands."""
    words = " ".join(sentences)
    if is_htmx(request):
        return render(request, "sessions/_state.html", {"problem": words, "oob": True}, status=422)
    messages.error(request, f"Not saved. {words}")
    return redirect("sessions:detail", treatment.pk)


def saved(
    request: HttpRequest,
    treatment: TreatmentSession,
    *,
    fields: Iterable[str] = (),
    changed: NeedledMuscle | None = None,
    place: str = "",
) -> HttpResponse:
    """Saved: the new state of what changed, and of the count that hangs on it."""
    if not is_htmx(request):
        return redirect(f"{reverse('sessions:detail', args=[treatment.pk])}{place}")
    rows = rows_of(treatment)
    core = core_context(treatment, rows)
    shown = shown_rows(rows, core["rails"])
    context = core | {
        "oob": True,
        "shown": next((one for one in shown if one.row == changed), None),
        "pains": [name for name in PAIN_FIELDS if name in fields],
        "moves": "segment" in request.POST,
        "fills": "same" in request.POST,
        "tells": "lung_signs_told" in fields,
        "rails_told": "rails" in fields,
    }
    return render(request, "sessions/saved.html", context)


def muscles_changed(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Rows came or went: sources and rows anew."""
    if not is_htmx(request):
        return redirect(f"{reverse('sessions:detail', args=[treatment.pk])}#needles")
    context = needles_context(treatment, rows_of(treatment)) | {"oob": True}
    return render(request, "sessions/muscles_changed.html", context)
