"""The patient's pages of questions, to the check and the done page. They work without script."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from intake import services
from intake.form_pages import form_pages, page_after, page_at, page_before
from intake.models import Intake
from intake.outcome import emergency_on
from intake.page_form import PageForm
from intake.patient_access import at_clinic, open_intake, posted, with_open_intake
from intake.questions import Page
from intake.summary import contact_on_file, summary
from people.access import patient
from people.choices import LinkPurpose
from people.models import PatientLink

form_view = require_http_methods(["GET", "POST"])
intake_patient = patient(LinkPurpose.INTAKE)
CHANGE = "change"


@intake_patient
@require_GET
@with_open_intake
def resume(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Lead to the first page that is not finished."""
    page = services.first_open_page(services.answers_of(intake))
    return redirect("intake:page", page.slug) if page else redirect("intake:check")


@intake_patient
@form_view
@with_open_intake
def page(request: HttpRequest, intake: Intake, slug: str) -> HttpResponse:
    """One page of questions; Continue saves it."""
    asked = page_or_404(slug)
    form = PageForm(asked, services.answers_of(intake), posted(request))
    if form.is_valid():
        saved = services.save_answers(intake, form.to_save())
        if emergency_on(asked, saved):
            return redirect(with_change(request, reverse("intake:emergency", args=[slug])))
        return redirect(next_address(request, asked))
    return render(request, "intake/page.html", page_context(request, intake, asked, form))


def page_or_404(slug: str) -> Page:
    """The page of this address."""
    found = page_at(slug)
    if found is None:
        raise Http404("No such page.")
    return found


def page_context(
    request: HttpRequest, intake: Intake, asked: Page, form: PageForm
) -> dict[str, Any]:
    """What the template of a page needs."""
    before = page_before(asked)
    pages = form_pages()
    return at_clinic(
        page=asked,
        form=form,
        number=pages.index(asked) + 1,
        total=len(pages),
        back=reverse("intake:page", args=[before.slug]) if before else "",
        is_change=CHANGE in request.GET,
        contact=contact_on_file(intake.patient) if asked == pages[0] else "",
    )


def next_address(request: HttpRequest, asked: Page) -> str:
    """Where Continue leads: on, or back to the check page after a change."""
    following = page_after(asked)
    if following is None or CHANGE in request.GET:
        return reverse("intake:check")
    return reverse("intake:page", args=[following.slug])


def with_change(request: HttpRequest, address: str) -> str:
    """Keep the mark of a change from the check page."""
    return f"{address}?{CHANGE}=1" if CHANGE in request.GET else address


@intake_patient
@require_GET
@with_open_intake
def emergency(request: HttpRequest, intake: Intake, slug: str) -> HttpResponse:
    """What to do at once, after an answer that may be an emergency."""
    asked = page_or_404(slug)
    advice = emergency_on(asked, services.answers_of(intake))
    following = next_address(request, asked)
    if not advice:
        return redirect(following)
    back = with_change(request, reverse("intake:page", args=[slug]))
    context = at_clinic(advice=advice, following=following, back=back)
    return render(request, "intake/emergency.html", context)


@intake_patient
@require_GET
@with_open_intake
def check(request: HttpRequest, intake: Intake) -> HttpResponse:
    """All answers with a way to change each; only when every page is finished."""
    answers = services.answers_of(intake)
    if services.first_open_page(answers):
        return redirect("intake:resume")
    context = at_clinic(sections=summary(answers), back=form_pages()[-1].slug)
    return render(request, "intake/check.html", context)


@intake_patient
@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """Thanks and what comes next; nothing of the answers is shown again."""
    link: PatientLink = request.patient_link  # type: ignore[attr-defined]
    if open_intake(link):
        return redirect("intake:resume")
    return render(request, "intake/done.html", at_clinic())
