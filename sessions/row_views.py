"""The needled muscles of an open session: found, added, changed, removed, put back."""

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
from sessions.page import rows_of
from sessions.sources import blocked_in, find_muscles


@staff(*CLINICAL)
@require_GET
def find_muscle(request: HttpRequest, pk: int) -> HttpResponse:
    """Muscles by typing, with a button for each side."""
    treatment = session_or_404(pk, is_signed=False)
    words = request.GET.get("q", "").strip()
    blocked = blocked_in(treatment, precautions_for(treatment.patient).block)
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
    changes = form.changes()
    changed = needling.change_muscle(row=row, **changes)
    if "step" in form.cleaned_data:
        changed = needling.step_insertions(row=row, by=form.cleaned_data["step"])
    is_note = set(changes) == {"note"}
    return saved(
        request, row.treatment, changed=None if is_note else changed, place=f"#row-{row.pk}"
    )


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
