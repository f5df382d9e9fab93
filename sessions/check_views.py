"""The patient's check after a session: from the link to what to do now. Works without script."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinical.soreness import assess_check, usual_course
from clinical.vocabulary import Urgency
from intake.patient_access import ask_birth_date, at_clinic, link_closed, posted
from people import links
from people.access import patient, public
from people.choices import LinkPurpose
from people.models import PatientLink
from sessions.check_form import CheckForm
from sessions.follow_up import answer_check, answers_of, questions_of, treated_of
from sessions.models import SorenessFollowUp

form_view = require_http_methods(["GET", "POST"])
check_patient = patient(LinkPurpose.SORENESS_CHECK)
CheckView = Callable[..., HttpResponse]


def with_check(view: CheckView) -> CheckView:
    """Call ``view(request, follow_up)`` once the date of birth is confirmed."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        link: PatientLink = request.patient_link  # type: ignore[attr-defined]
        if not links.is_confirmed(request.session, link):
            return redirect("sessions:check-birth-date")
        known = SorenessFollowUp.objects.select_related("treatment")
        follow_up = known.filter(link=link).first()
        return link_closed(request) if follow_up is None else view(request, follow_up)

    return guarded


@public
@require_GET
def start(request: HttpRequest, token: str) -> HttpResponse:
    """First page of a link. Reads only, so a mail scanner that follows it uses nothing up."""
    link = links.find_link(token, LinkPurpose.SORENESS_CHECK)
    if link is None:
        return link_closed(request)
    return render(request, "sessions/check_start.html", at_clinic(token=token))


@public
@require_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link for this browser's cookie and leave the token behind."""
    link = links.find_link(token, LinkPurpose.SORENESS_CHECK)
    if link is None:
        return link_closed(request)
    links.open_in(request.session, link)
    return redirect("sessions:check-answer")


@check_patient
@form_view
def birth_date(request: HttpRequest) -> HttpResponse:
    """Ask for the date of birth; five wrong ones close the link."""
    return ask_birth_date(request, onward="sessions:check-answer")


@check_patient
@form_view
@with_check
def answer(request: HttpRequest, follow_up: SorenessFollowUp) -> HttpResponse:
    """The one page of questions; until the link closes the answers can be corrected here."""
    form = CheckForm(questions_of(follow_up), answers_of(follow_up), posted(request))
    if form.is_valid():
        answer_check(follow_up=follow_up, answers=form.answers())
        return redirect("sessions:check-done")
    return render(request, "sessions/check_answer.html", at_clinic(form=form, follow_up=follow_up))


@check_patient
@require_GET
@with_check
def done(request: HttpRequest, follow_up: SorenessFollowUp) -> HttpResponse:
    """What to do now, or thanks and what helps."""
    if follow_up.answered_at is None:
        return redirect("sessions:check-answer")
    outcome = assess_check(
        answers_of(follow_up), hours=follow_up.hours, session=treated_of(follow_up)
    )
    context = at_clinic(
        sentences=list(dict.fromkeys(reason.text for reason in outcome.reasons)),
        is_emergency=outcome.urgency == Urgency.EMERGENCY,
        is_same_day=outcome.urgency == Urgency.SAME_DAY,
        course=usual_course(follow_up.hours),
    )
    return render(request, "sessions/check_done.html", context)
