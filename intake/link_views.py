"""The patient's way in: the first page of a link, its exchange for a cookie, the date of birth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.device_page import ask_code
from intake.patient_access import ask_birth_date, at_clinic, open_intake, with_link
from people import links
from people.access import patient, public
from people.choices import LinkPurpose
from people.language import keep_at_start
from people.models import PatientLink

form_view = require_http_methods(["GET", "POST"])
intake_patient = patient(LinkPurpose.INTAKE)


def find_open_link(token: str) -> PatientLink | None:
    """The link behind a token while its intake may be answered; a submitted one used it up."""
    link = links.find_link(token, LinkPurpose.INTAKE)
    return link if link is not None and open_intake(link) is not None else None


@public
@require_safe
@with_link(find_open_link)
def start(request: HttpRequest, link: PatientLink, token: str) -> HttpResponse:
    """First page of a link. Reads only, so a mail scanner that follows it uses nothing up."""
    return render(request, "intake/start.html", at_clinic(token=token))


@public
@csrf_exempt  # a page without referrer sends no origin; the token in the address is the proof
@require_POST
@with_link(find_open_link)
def open_link(request: HttpRequest, link: PatientLink, token: str) -> HttpResponse:
    """Exchange the link for this browser's cookie and leave the token behind."""
    links.open_in(request.session, link)
    keep_at_start(request, link.patient)
    return redirect("intake:resume")


@intake_patient
@form_view
def birth_date(request: HttpRequest) -> HttpResponse:
    """Ask for the date of birth; five wrong ones close the link."""
    return ask_birth_date(request, onward="intake:resume", other_device="intake:device")


@intake_patient
@form_view
def device(request: HttpRequest) -> HttpResponse:
    """On another device than the one that started: a code by e-mail, or go on without."""
    return ask_code(request, onward="intake:resume", birth_date="intake:birth-date")
