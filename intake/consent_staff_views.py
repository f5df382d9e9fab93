"""Staff pages of the consent: ask for a new one, record that it was taken back."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from intake.choices import AskedBy
from intake.consent import send_consent_link, withdraw_consent
from intake.consent_forms import WithdrawalForm
from intake.models import Consent
from intake.patient_access import posted
from people.access import DESK, staff
from people.models import Patient, User


@staff(*DESK)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the link to sign today's text, without the rest of the form."""
    patient = get_object_or_404(Patient, pk=pk)
    if send_consent_link(patient=patient):
        messages.success(request, f"The consent is on its way to {patient.full_name}.")
    else:
        messages.warning(request, "No link was sent: there is no e-mail address on file.")
    return redirect("clinic:patient", pk)


@staff(*DESK)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who took the consent back and why; it blocks the next session at once."""
    standing = Consent.objects.standing().filter(patient=pk)
    patient = get_object_or_404(Patient.objects.filter(pk__in=standing.values("patient")), pk=pk)
    form = WithdrawalForm(posted(request), label_suffix="")
    if form.is_valid():
        withdraw_consent(
            patient=patient,
            asked_by=AskedBy(form.cleaned_data["asked_by"]),
            reason=form.cleaned_data["reason"],
            by=cast(User, request.user),
        )
        messages.success(
            request, "The consent is withdrawn. No session can start without a new one."
        )
        return redirect("clinic:patient", pk)
    return render(request, "intake/consent_withdraw.html", {"patient": patient, "form": form})
