"""The patient's own page of the consent, by a link: what was signed, sign again, take it back."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from intake.choices import AskedBy, ConsentState
from intake.consent import consents_of, second_signer, sign_again, state_of, withdraw_consent
from intake.consent_forms import ConsentForm
from intake.consent_text import introduction_shown
from intake.patient_access import ask_birth_date, at_clinic, link_of, posted, with_link
from people import links
from people.access import patient, public
from people.choices import LinkPurpose
from people.language import keep_at_start
from people.models import Patient, PatientLink

ConsentView = Callable[[HttpRequest, Patient], HttpResponse]

consent_patient = patient(LinkPurpose.CONSENT)
form_view = require_http_methods(["GET", "POST"])


def with_patient(view: ConsentView) -> Callable[[HttpRequest], HttpResponse]:
    """Call ``view(request, patient)`` once the date of birth is confirmed."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        link = link_of(request)
        if not links.is_confirmed(request.session, link):
            return redirect("intake:consent-birth-date")
        return view(request, link.patient)

    return guarded


def find_link(token: str) -> PatientLink | None:
    """The usable link behind a token."""
    return links.find_link(token, LinkPurpose.CONSENT)


@public
@require_safe
@with_link(find_link)
def start(request: HttpRequest, link: PatientLink, token: str) -> HttpResponse:
    """First page of a link. Reads only, so a mail scanner that follows it uses nothing up."""
    return render(request, "intake/consent_start.html", at_clinic(token=token))


@public
@csrf_exempt  # a page without referrer sends no origin; the token in the address is the proof
@require_POST
@with_link(find_link)
def open_link(request: HttpRequest, link: PatientLink, token: str) -> HttpResponse:
    """Exchange the link for this browser's cookie and leave the token behind."""
    links.open_in(request.session, link)
    keep_at_start(request, link.patient)
    return redirect("intake:consent-mine")


@consent_patient
@form_view
def birth_date(request: HttpRequest) -> HttpResponse:
    """Ask for the date of birth; five wrong ones close the link.

    Nothing that was answered is shown here, so every device is as good as the first.
    """
    return ask_birth_date(request, onward="intake:consent-mine", other_device="intake:consent-mine")


@consent_patient
@require_GET
@with_patient
def mine(request: HttpRequest, patient: Patient) -> HttpResponse:
    """When and what was signed, and what can be done about it."""
    consents = consents_of(patient)
    context = at_clinic(consent=next(iter(consents), None), state=state_of(consents))
    return render(request, "intake/consent_mine.html", context)


@consent_patient
@form_view
@with_patient
def sign(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Today's text, while no valid consent stands."""
    if state_of(consents_of(patient)) == ConsentState.ON_FILE:
        return redirect("intake:consent-mine")
    form = ConsentForm(posted(request), second=second_signer(patient, timezone.now()))
    if form.is_valid():
        name = form.cleaned_data["signed_name"]
        sign_again(patient=patient, signed_name=name, marks=form.marks())
        return redirect("intake:consent-mine")
    back = reverse("intake:consent-mine")
    context = at_clinic(form=form, introduction=introduction_shown(), where="", back=back)
    return render(request, "intake/consent.html", context)


@consent_patient
@form_view
@with_patient
def withdraw(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Ask once more, then take it back at once."""
    if request.method == "POST":
        withdraw_consent(patient=patient, asked_by=AskedBy.LINK)
        return redirect("intake:consent-mine")
    return render(request, "intake/consent_take_back.html", at_clinic())
