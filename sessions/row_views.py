"""The needled muscles of an open session: found, added, changed, removed, put back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from intake.precautions import precautions_for
from people.access import CLINICAL, staff
from scheduling.undo import say_with_undo
from sessions import needling
from sessions.answering import (
    muscles_changed,
    open_row,
    open_session,
    refused,
    saved,
    session_or_404,
)
from sessions.counting import in_words
from sessions.forms import AddForm, RestoreForm, RowForm, sentences_of
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.once import differs, values_unseen
from sessions.page import rows_of
from sessions.repeating import leave_twitches_not_noted, repeat_last_session
from sessions.sources import blocked_in, find_muscles


@staff(*CLINICAL)
@require_GET
def find_muscle(request: HttpRequest, pk: int) -> HttpResponse:
    """Muscles by typing, with a button for each side."""
    treatment = session_or_404(pk, is_signed=False)
    words = request.GET.get("q", "").strip()
    blocked = blocked_in(treatment, precautions_for(treatment.patient))
    found = find_muscles(words, rows_of(treatment), blocked)
    context = {"treatment": treatment, "words": words, "found": found}
    return render(request, "sessions/_found.html", context)


@staff(*CLINICAL)
@require_POST
@open_session
def add_muscle(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Add one muscle or all of a source; all or none."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return refused(request, treatment, sentences_of(form))
    try:
        with transaction.atomic():
            for muscle, side, segment in form.cleaned_data["pick"]:
                needling.add_muscle(treatment=treatment, muscle=muscle, side=side, segment=segment)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    return muscles_changed(request, treatment)


@staff(*CLINICAL)
@require_POST
@open_session
def restore_muscle(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """Undo of a removal: the row comes back with all its values."""
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return refused(request, treatment, sentences_of(form))
    try:
        needling.add_muscle(treatment=treatment, **form.cleaned_data)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    return muscles_changed(request, treatment)


@staff(*CLINICAL)
@require_POST
@open_row
def change_muscle(request: HttpRequest, row: NeedledMuscle) -> HttpResponse:
    """Save the posted control of a row."""
    form = RowForm(request.POST, instance=NeedledMuscle.objects.get(pk=row.pk))
    if not form.is_valid():
        return refused(request, row.treatment, form.sentences())
    unseen = values_unseen(form, request.POST.get("known", ""))
    if unseen:
        return differs(unseen)
    changes = form.changes()
    try:
        changed = _changed(row, changes, form.cleaned_data)
    except ValidationError as error:
        return refused(request, row.treatment, error.messages)
    is_note = set(changes) == {"note"}
    if "side" in form.cleaned_data:  # the rows, the sources and what is said of both sides change
        return muscles_changed(request, session_or_404(row.treatment_id))
    return saved(
        request, row.treatment, changed=None if is_note else changed, place=f"#row-{row.pk}"
    )


@transaction.atomic
def _changed(row: NeedledMuscle, changes: dict[str, Any], posted: dict[str, Any]) -> NeedledMuscle:
    """The row with the posted values, one insertion more or fewer, or on its other side."""
    changed = needling.change_muscle(row=row, **changes)
    if "step" in posted:
        changed = needling.step_insertions(row=row, by=posted["step"])
    if "side" in posted:
        changed = needling.move_to_side(row=row, side=posted["side"])
    return changed


@staff(*CLINICAL)
@require_POST
@open_session
def repeat_session(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """All rows of the last session with one tap."""
    try:
        repeat_last_session(treatment=treatment)
    except ValidationError as error:
        return refused(request, treatment, error.messages)
    return muscles_changed(request, treatment)


@staff(*CLINICAL)
@require_POST
@open_session
def leave_twitches(request: HttpRequest, treatment: TreatmentSession) -> HttpResponse:
    """The twitches that are not answered: not noted."""
    leave_twitches_not_noted(treatment=treatment)
    return muscles_changed(request, treatment)


@staff(*CLINICAL)
@require_POST
@open_row
def remove_muscle(request: HttpRequest, row: NeedledMuscle) -> HttpResponse:
    """Take a row out, with an Undo."""
    words = f"{in_words(row)}, removed."
    values = needling.remove_muscle(row=row)
    address = reverse("sessions:restore-muscle", args=[row.treatment_id])
    as_text = {name: "" if value is None else str(value) for name, value in values.items()}
    say_with_undo(request, words, address, as_text)
    return redirect(f"{reverse('sessions:detail', args=[row.treatment_id])}#needles")
