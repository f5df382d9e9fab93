"""The patient's way in: the first page of a link, its exchange for a cookie, the date of birth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.patient_access import ask_birth_date, at_clinic, link_closed, open_intake
from people import links
from people.access import patient, public
from people.choices import LinkPurpose


@public
@require_GET
def start(request: HttpRequest, token: str) -> HttpResponse:
    """First page of a link. Reads only, so a mail scanner that follows it uses nothing up."""
    link = links.find_link(token, LinkPurpose.INTAKE)
    if link is None or open_intake(link) is None:
        return link_closed(request)
    return render(request, "intake/start.html", at_clinic(token=token))


@public
@require_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link for this browser's cookie and leave the token behind."""
    link = links.find_link(token, LinkPurpose.INTAKE)
    if link is None or open_intake(link) is None:
        return link_closed(request)
    links.open_in(request.session, link)
    return redirect("intake:resume")


@patient(LinkPurpose.INTAKE)
@require_http_methods(["GET", "POST"])
def birth_date(request: HttpRequest) -> HttpResponse:
    """Ask for the date of birth; five wrong ones close the link."""
    return ask_birth_date(request, onward="intake:resume")
