"""The way in for a patient: link, date of birth, an intake that is still open.

The pages of other links (the check after a session) use the same first steps.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from intake.forms import BirthDateForm
from intake.models import Intake
from intake.services import FINISHED
from people.language import keep_on_file
from people.link_devices import claim_link, is_clinic_device, may_read_back
from people.link_limits import minutes_to_wait, note_miss
from people.links import confirm_birth_date, is_confirmed
from people.models import PatientLink
from scheduling.models import Location

IntakeView = Callable[..., HttpResponse]
LinkView = Callable[[HttpRequest, PatientLink, str], HttpResponse]
TokenView = Callable[[HttpRequest, str], HttpResponse]


def at_clinic(**context: Any) -> dict[str, Any]:
    """A template context with the clinic, for its name, phone and emergency number."""
    return {"clinic": Location.objects.order_by("pk").first(), **context}


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; also an empty post counts as sent."""
    return request.POST if request.method == "POST" else None


def intake_of(link: PatientLink) -> Intake | None:
    """The intake a link opens, with its patient."""
    known = Intake.objects.select_related("patient", "form").defer("form__definition")
    return known.filter(link=link).first()


def open_intake(link: PatientLink) -> Intake | None:
    """The intake a link opens while it may still be answered; None once it is submitted."""
    intake = intake_of(link)
    return None if intake is None or intake.status in FINISHED else intake


def link_closed(request: HttpRequest, minutes: int = 0) -> HttpResponse:
    """The calm page that gives nothing away about whose link it was; with a wait when asked."""
    context = at_clinic(minutes=minutes)
    status = 429 if minutes else 404
    response = render(request, "people/link_closed.html", context, status=status)
    if minutes:
        response["Retry-After"] = f"{minutes * 60}"
    return no_referrer(response)


def no_referrer(response: HttpResponse) -> HttpResponse:
    """Keep the address of the page, which holds a secret, from every other page."""
    response["Referrer-Policy"] = "no-referrer"
    return response


def with_link(find: Callable[[str], PatientLink | None]) -> Callable[[LinkView], TokenView]:
    """Call ``view(request, link, token)`` for a token that ``find`` knows.

    Every other token gets the calm page, and after many of them a wait. A device of the clinic
    does not wait for what others in the same network tried.
    """

    def decorate(view: LinkView) -> TokenView:
        @wraps(view)
        def guarded(request: HttpRequest, token: str) -> HttpResponse:
            minutes = 0 if is_clinic_device(request) else minutes_to_wait(request)
            if minutes:
                return link_closed(request, minutes)
            link = find(token)
            if link is None:
                return link_closed(request, note_miss(request))
            return no_referrer(view(request, link, token))

        return guarded

    return decorate


def link_of(request: HttpRequest) -> PatientLink:
    """The link this browser opened, which the middleware found."""
    link: PatientLink = request.patient_link  # type: ignore[attr-defined]
    return link


def ask_birth_date(request: HttpRequest, *, onward: str, other_device: str) -> HttpResponse:
    """The page that asks for the date of birth; the right one leads to the view ``onward``.

    The first browser that gives it is the one that started; any other comes to ``other_device``.
    """
    link = link_of(request)
    form = BirthDateForm(posted(request))
    if form.is_valid():
        if confirm_birth_date(request.session, link, form.cleaned_data["born_on"]):
            keep_on_file(request.session, link.patient)
            is_first = may_read_back(request, link) or not link.devices
            response = redirect(onward if is_first else other_device)
            claim_link(request, response, link)
            return response
        link.refresh_from_db(fields=["failed_tries"])
        left = PatientLink.MAX_TRIES - link.failed_tries
        if left <= 0:
            return link_closed(request)
        tries = ngettext("You have {count} try left", "You have {count} tries left", left)
        mismatch = gettext("This date does not match our record.")
        form.add_error(None, f"{mismatch} {tries.format(count=left)}")
    return render(request, "intake/birth_date.html", at_clinic(form=form))


def with_open_intake(view: IntakeView) -> IntakeView:
    """Call ``view(request, intake, ...)`` once the date of birth is confirmed.

    Before that the patient is asked for it; after submitting there is only the done page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = link_of(request)
        if not is_confirmed(request.session, link):
            return redirect("intake:birth-date")
        intake = intake_of(link)
        if intake is None:
            return link_closed(request)
        if intake.status in FINISHED:
            return redirect("intake:done")
        return view(request, intake, *args, **kwargs)

    return guarded
