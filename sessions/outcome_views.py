"""Outcome measures of a patient: chosen, recorded in few taps, corrected by a newer version."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.choices import Action
from audit.services import record
from clinical.outcome_measures import Measure, measures
from intake.patient_access import posted
from people.access import CLINICAL, staff
from people.models import Patient, User
from sessions.models import OutcomeScore
from sessions.outcome_forms import FORMS, OutcomeForm, ReasonForm, activities_initial, initial_of
from sessions.outcome_page import measure_groups, shown_scores
from sessions.outcomes import (
    AlreadyCorrected,
    activities_for,
    correct_score,
    record_score,
    scores_of,
)


@staff(*CLINICAL)
@require_GET
def outcomes(request: HttpRequest, pk: int) -> HttpResponse:
    """The measures to choose from, those in use first, and every score so far."""
    patient = get_object_or_404(Patient, pk=pk)
    record(Action.VIEW, patient, patient_id=patient.pk, detail="outcome scores")
    scores = scores_of(patient)
    context = {
        "patient": patient,
        "groups": measure_groups(scores, settings.LICENSED_MEASURES),
        "scores": shown_scores(scores),
    }
    return render(request, "sessions/outcomes.html", context)


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def record_outcome(request: HttpRequest, pk: int, measure: str) -> HttpResponse:
    """Ask one measure and store its score."""
    patient, chosen = get_object_or_404(Patient, pk=pk), _measure_or_404(measure)
    kind = FORMS[chosen.form(settings.LICENSED_MEASURES)]
    initial = activities_initial(activities_for(patient, chosen))
    form = kind(chosen, posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        by = cast(User, request.user)
        record_score(patient=patient, measure=chosen, taken=form.taken(), by=by)
        messages.success(request, f"{chosen.scoring.short}: {form.score.normalize():f}, saved.")
        return redirect("sessions:outcomes", pk)
    context = {"patient": patient, "measure": chosen, "form": form}
    return render(request, "sessions/outcome.html", context)


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def correct_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """A newer version over a score, or none."""
    known = OutcomeScore.objects.current().select_related("patient")
    score = get_object_or_404(known, pk=pk)
    measure = _measure_or_404(score.measure)
    asked = measure.form(settings.LICENSED_MEASURES if score.answers else ())
    form = FORMS[asked](measure, posted(request), initial=initial_of(measure, score, asked))
    reason = ReasonForm(posted(request))
    has_reason = request.method == "POST" and reason.is_valid()
    if has_reason and (reason.cleaned_data["take_out"] or form.is_valid()):
        return _corrected(request, score, form, reason)
    context = {
        "patient": score.patient,
        "measure": measure,
        "score": score,
        "form": form,
        "reason": reason,
    }
    return render(request, "sessions/outcome.html", context)


def _corrected(
    request: HttpRequest, score: OutcomeScore, form: OutcomeForm, reason: ReasonForm
) -> HttpResponse:
    words = reason.cleaned_data
    taken = None if words["take_out"] else form.taken()
    try:
        correct_score(score=score, taken=taken, reason=words["reason"], by=cast(User, request.user))
    except AlreadyCorrected as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The score is corrected; the older version is kept.")
    return redirect("sessions:outcomes", score.patient_id)


def _measure_or_404(name: str) -> Measure:
    if name not in measures():
        raise Http404
    return measures()[name]
