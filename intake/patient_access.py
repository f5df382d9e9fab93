"""The way in for a patient: link, date of birth, an intake that is still open.

The pages of other links (the check after a session) use the same first steps.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from intake.forms import BirthDateForm
from intake.models import Intake
from intake.services import FINISHED
from people.links import confirm_birth_date, is_confirmed
from people.models import PatientLink
from scheduling.models import Location

IntakeView = Callable[..., HttpResponse]


def at_clinic(**context: Any) -> dict[str, Any]:
    """A template context with the clinic, for its name, phone and emergency number."""
    return {"clinic": Location.objects.order_by("pk").first(), **context}


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; also an empty post counts as sent."""
    return request.POST if request.method == "POST" else None


def intake_of(link: PatientLink) -> Intake | None:
    """The intake a link opens, with its patient."""
    return Intake.objects.filter(link=link).select_related("patient", "form").first()


def open_intake(link: PatientLink) -> Intake | None:
    """The intake a link opens while it may still be answered; None once it is submitted."""
    intake = intake_of(link)
    return None if intake is None or intake.status in FINISHED else intake


def link_closed(request: HttpRequest) -> HttpResponse:
    """The calm page that gives nothing away about whose link it was."""
    return render(request, "people/link_closed.html", at_clinic(), status=404)


def ask_birth_date(request: HttpRequest, *, onward: str) -> HttpResponse:
    """The page that asks for the date of birth; the right one leads to the view ``onward``."""
    link: PatientLink = request.patient_link  # type: ignore[attr-defined]
    form = BirthDateForm(posted(request))
    if form.is_valid():
        if confirm_birth_date(request.session, link, form.cleaned_data["born_on"]):
            return redirect(onward)
        link.refresh_from_db(fields=["failed_tries"])
        left = PatientLink.MAX_TRIES - link.failed_tries
        if left <= 0:
            return link_closed(request)
        tries = "1 try" if left == 1 else f"{left} tries"
        form.add_error(None, f"This date does not match our record. You have {tries} left")
    return render(request, "intake/birth_date.html", at_clinic(form=form))


def with_open_intake(view: IntakeView) -> IntakeView:
    """Call ``view(request, intake, ...)`` once the date of birth is confirmed.

    Before that the patient is asked for it; after submitting there is only the done page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link: PatientLink = request.patient_link  # type: ignore[attr-defined]
        if not is_confirmed(request.session, link):
            return redirect("intake:birth-date")
        intake = intake_of(link)
        if intake is None:
            return link_closed(request)
        if intake.status in FINISHED:
            return redirect("intake:done")
        return view(request, intake, *args, **kwargs)

    return guarded
