"""The patient's check after a session: from the link to what to do now. Works without script."""

from collections.abc import Callable, Mapping
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from clinical.soreness import assess_check
from clinical.soreness_questions import questions
from clinical.vocabulary import Urgency
from intake.device_page import ask_code
from intake.drafts import show_typed, typed_in
from intake.patient_access import (
    ask_birth_date,
    at_clinic,
    link_closed,
    link_of,
    posted,
    with_link,
)
from intake.read_back import may_show_advice, note_advice
from people import links
from people.access import patient, public
from people.choices import LinkPurpose
from people.language import keep_at_start
from people.link_devices import may_read_back
from people.models import PatientLink
from sessions.check_drafts import draft_of, keep_refused
from sessions.check_form import CheckForm
from sessions.check_places import places_asked
from sessions.check_texts import advice, course, spoken
from sessions.follow_up import answer_check, answers_of, treated_of
from sessions.models import SorenessFollowUp

form_view = require_http_methods(["GET", "POST"])
check_patient = patient(LinkPurpose.SORENESS_CHECK)
CheckView = Callable[..., HttpResponse]
ADVICE = "check"
find_open_link = partial(links.find_link, purpose=LinkPurpose.SORENESS_CHECK)


def with_check(view: CheckView) -> CheckView:
    """Call ``view(request, follow_up)`` once the date of birth is confirmed."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        link = link_of(request)
        if not links.is_confirmed(request.session, link):
            return redirect("sessions:check-birth-date")
        known = SorenessFollowUp.objects.select_related("treatment")
        follow_up = known.filter(link=link).first()
        return link_closed(request) if follow_up is None else view(request, follow_up)

    return guarded


@public
@require_safe
@with_link(find_open_link)
def start(request: HttpRequest, link: PatientLink, token: str) -> HttpResponse:
    """First page of a link. Reads only, so a mail scanner that follows it uses nothing up."""
    return render(request, "sessions/check_start.html", at_clinic(token=token))


@public
@csrf_exempt  # a page without referrer sends no origin; the token in the address is the proof
@require_POST
@with_link(find_open_link)
def open_link(request: HttpRequest, link: PatientLink, token: str) -> HttpResponse:
    """Exchange the link for this browser's cookie and leave the token behind."""
    links.open_in(request.session, link)
    keep_at_start(request, link.patient)
    return redirect("sessions:check-answer")


@check_patient
@form_view
def birth_date(request: HttpRequest) -> HttpResponse:
    """Ask for the date of birth; five wrong ones close the link."""
    return ask_birth_date(
        request, onward="sessions:check-answer", other_device="sessions:check-device"
    )


@check_patient
@form_view
def device(request: HttpRequest) -> HttpResponse:
    """On another device than the one that started: a code by e-mail, or go on without."""
    return ask_code(request, onward="sessions:check-answer", birth_date="sessions:check-birth-date")


@check_patient
@form_view
@with_check
def answer(request: HttpRequest, follow_up: SorenessFollowUp) -> HttpResponse:
    """The one page of questions; until the link closes the answers can be corrected here."""
    is_reader = may_read_back(request, link_of(request))
    form = check_form(follow_up, answers_of(follow_up) if is_reader else {}, posted(request))
    if form.is_valid():
        answer_check(follow_up=follow_up, answers=form.answers())
        note_advice(request, ADVICE)
        return redirect("sessions:check-done")
    if form.is_bound:
        keep_refused(follow_up, typed_in(form, request.POST))
    draft = draft_of(follow_up)
    if is_reader:
        show_typed(form, draft.data)
    context = at_clinic(form=form, follow_up=follow_up, draft=draft)
    return render(request, "sessions/check_answer.html", context)


def check_form(
    follow_up: SorenessFollowUp, answers: Mapping[str, str], data: QueryDict | None = None
) -> CheckForm:
    """The questions of a check in the language of the page."""
    session = treated_of(follow_up)
    day = timezone.localdate(follow_up.treatment.started_at)
    return CheckForm(
        tuple(spoken(question, day) for question in questions(follow_up.hours, session)),
        answers,
        data,
        hours=follow_up.hours,
        session=session,
        places=places_asked(follow_up),
    )


@check_patient
@require_GET
@with_check
def done(request: HttpRequest, follow_up: SorenessFollowUp) -> HttpResponse:
    """What to do now, or thanks and what helps."""
    if follow_up.answered_at is None or not may_show_advice(request, ADVICE):
        return redirect("sessions:check-answer")
    outcome = assess_check(
        answers_of(follow_up), hours=follow_up.hours, session=treated_of(follow_up)
    )
    context = at_clinic(
        sentences=advice(outcome.reasons, timezone.localdate(follow_up.treatment.started_at)),
        is_emergency=outcome.urgency == Urgency.EMERGENCY,
        is_same_day=outcome.urgency == Urgency.SAME_DAY,
        course=course(follow_up.hours),
    )
    return render(request, "sessions/check_done.html", context)
