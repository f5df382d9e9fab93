"""Entering a paper form: all questions on one page, in the order and with the numbers of paper.

For physiotherapists only, since whoever types the answers reads them.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from audit.choices import Action
from audit.services import record
from intake import services
from intake.choices import IntakeSource
from intake.consent import second_signer
from intake.drafts import IntakeClosed
from intake.fact_fields import today_at_clinic
from intake.models import Intake
from intake.page_form import PageForm
from intake.paper import PaperPage, begin_paper, pages_to_do, paper_pages, submit_paper
from intake.paper_form import PaperConsentForm
from intake.patient_access import posted
from intake.views import page_or_404
from people.access import CLINICAL, staff
from people.models import User
from scheduling.models import Appointment

CLOSED = (
    "This intake was submitted online meanwhile. What was not saved of the paper is not in it: "
    "compare the answers with the paper."
)


@staff(*CLINICAL)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the paper page of an appointment; a complete intake is read instead."""
    appointment = get_object_or_404(Appointment.objects.active().select_related("patient"), pk=pk)
    user: User = request.user  # type: ignore[assignment]  # the middleware let staff through only
    intake = begin_paper(appointment=appointment, by=user)
    return redirect("intake:paper", intake.pk)


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole form; its POST is the signature, after which the intake waits for review."""
    intake = _intake_or_404(pk)
    if intake.status in services.FINISHED:
        return _closed(request, intake)
    consent = _consent_form(intake, posted(request))
    if consent.is_valid() and not pages_to_do(services.answers_of(intake)):
        user: User = request.user  # type: ignore[assignment]  # staff only, as above
        try:
            submit_paper(intake=intake, **consent.signed(user))
        except IntakeClosed:
            return _closed(request, _intake_or_404(pk))
        messages.success(request, "The paper form is entered. Review it now.")
        return redirect("intake:review", pk)
    return _whole_form(request, intake, consent=consent)


@staff(*CLINICAL)
@require_POST
def save_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Save one page of the form as soon as it is complete; says how it stands."""
    intake, page = _intake_or_404(pk), page_or_404(slug)
    form = PageForm(page, services.answers_of(intake), request.POST)
    try:
        _save(intake, form)
    except IntakeClosed:
        return _closed(request, _intake_or_404(pk))
    if "HX-Request" in request.headers:
        problem = next(iter(form.errors_in_order()), None)
        return render(
            request,
            "intake/_paper_state.html",
            {"is_saved": problem is None, "problem": problem},
        )
    if form.errors:
        return _whole_form(request, intake, tried=form)
    return redirect(f"{reverse('intake:paper', args=[pk])}#{slug}")


def _intake_or_404(pk: int) -> Intake:
    return get_object_or_404(Intake.objects.select_related("patient", "form"), pk=pk)


def _save(intake: Intake, form: PageForm) -> None:
    """Save the page when it is complete. Raises IntakeClosed once submitted."""
    if intake.status in services.FINISHED:
        raise IntakeClosed("The intake is submitted; the paper adds nothing to it.")
    if form.is_valid():
        services.continue_page(
            intake=intake, page=form.page, answers=form.to_save(), fields={}, version=None
        )


def _closed(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Lead to the review; whoever was just typing is told why."""
    address = reverse("intake:review", args=[intake.pk])
    if request.method == "POST" and intake.source == IntakeSource.ONLINE:
        messages.warning(request, CLOSED)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _consent_form(intake: Intake, data: QueryDict | None = None) -> PaperConsentForm:
    second = second_signer(intake.patient, timezone.now())
    return PaperConsentForm(data, patient=intake.patient, today=today_at_clinic(), second=second)


def _whole_form(
    request: HttpRequest,
    intake: Intake,
    *,
    consent: PaperConsentForm | None = None,
    tried: PageForm | None = None,
) -> HttpResponse:
    """All pages with what is saved; ``tried`` is the page that was just refused."""
    answers = services.answers_of(intake)
    to_do = pages_to_do(answers)
    consent = consent or _consent_form(intake)
    record(Action.VIEW, intake, patient_id=intake.patient_id, detail="paper form")
    context = {
        "intake": intake,
        "patient": intake.patient,
        "pages": [
            _page(one, tried if tried and tried.page == one.page else PageForm(one.page, answers))
            | {"is_saved": one not in to_do}
            for one in paper_pages()
        ],
        "consent": consent,
        "to_do": to_do if consent.is_bound else [],
        "tried": tried,
        "is_list_open": True,
    }
    return render(request, "intake/paper.html", context)


def _page(one: PaperPage, form: PageForm) -> dict[str, Any]:
    """A page in its blocks, with the number beside each of its questions."""
    numbers = one.numbers
    return {
        "paper": one,
        "form": form,
        "blocks": [
            {"group": block.group, "none": block.none}
            | {"asked": [(numbers[asked.question.id], asked) for asked in block.asks]}
            for block in form.blocks()
        ],
    }
