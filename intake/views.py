"""The patient's pages of questions, to the check and the done page. They work without script."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from intake import drafts, services
from intake.form_pages import CHECK_SECTION, form_pages, page_after, page_at, page_before
from intake.models import Intake
from intake.outcome import advice_in_words, emergency_on
from intake.page_form import PageForm
from intake.patient_access import at_clinic, link_of, open_intake, posted, with_open_intake
from intake.questions import Page
from intake.read_back import (
    ANEW,
    is_hidden,
    may_show_advice,
    note_advice,
    readable,
    readable_summary,
)
from intake.summary import contact_on_file
from people.access import patient
from people.choices import LinkPurpose
from people.link_devices import is_clinic_device, may_read_back
from people.models import PatientLink

form_view = require_http_methods(["GET", "POST"])
intake_patient = patient(LinkPurpose.INTAKE)
CHANGE = "change"


@intake_patient
@require_GET
@with_open_intake
def resume(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Lead to the first page that is not finished, else to words that were typed and not saved."""
    page = services.first_open_page(services.answers_of(intake))
    if page:
        return redirect("intake:page", page.slug)
    typed = drafts.first_page_with_draft(intake)
    if typed:
        return redirect(f"{reverse('intake:page', args=[typed])}?{CHANGE}=1")
    return redirect("intake:check")


@intake_patient
@form_view
@with_open_intake
def page(request: HttpRequest, intake: Intake, slug: str) -> HttpResponse:
    """One page of questions; Continue saves it."""
    asked = page_or_404(slug)
    answers = services.answers_of(intake)
    if is_hidden(request, asked, answers):
        return answered(request, asked)
    form = PageForm(asked, readable(request, answers), posted(request))
    is_overtaken = False
    try:
        if form.is_bound:
            saved = save_or_keep(request, intake, asked, form)
            if saved is not None:
                return redirect(address_after(request, asked, saved))
    except drafts.IntakeClosed:
        return redirect("intake:done")
    except drafts.SavedMeanwhile:
        is_overtaken = True
    draft = drafts.draft_of(intake, slug)
    if may_read_back(request, link_of(request)):
        drafts.show_draft(form, draft)
    context = page_context(request, intake, asked, form)
    return render(
        request, "intake/page.html", {**context, "draft": draft, "is_overtaken": is_overtaken}
    )


def save_or_keep(
    request: HttpRequest, intake: Intake, asked: Page, form: PageForm
) -> services.Saved | None:
    """Save a page that is answered; of one that is not keep what was typed, and return None."""
    typed = drafts.typed_in(form, request.POST)
    version = drafts.number_in(request.POST, drafts.VERSION_FIELD)
    if not form.is_valid():
        drafts.keep_refused(intake=intake, page=asked.slug, fields=typed, version=version)
        return None
    return services.continue_page(
        intake=intake, page=asked, answers=form.to_save(), fields=typed, version=version
    )


def address_after(request: HttpRequest, asked: Page, saved: services.Saved) -> str:
    """Where a saved page leads: first to what to do at once, when it may be an emergency."""
    if emergency_on(asked, saved):
        note_advice(request, asked.slug)
        return with_change(request, reverse("intake:emergency", args=[asked.slug]))
    return next_address(request, asked)


def answered(request: HttpRequest, asked: Page) -> HttpResponse:
    """In place of a finished page on a browser that may not read it back."""
    again = f"{reverse('intake:page', args=[asked.slug])}?{ANEW}=1"
    context = at_clinic(
        page=asked,
        again=f"{again}&{CHANGE}=1" if CHANGE in request.GET else again,
        following=next_address(request, asked),
    )
    return render(request, "intake/answered.html", context)


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
    if not advice or not may_show_advice(request, slug):
        return redirect(following)
    back = with_change(request, reverse("intake:page", args=[slug]))
    shown = advice_in_words(advice)
    context = at_clinic(advice=shown, worst=shown[0], following=following, back=back)
    return render(request, "intake/emergency.html", context)


@intake_patient
@require_GET
@with_open_intake
def check(request: HttpRequest, intake: Intake) -> HttpResponse:
    """All answers with a way to change each; only when every page is finished."""
    answers = services.answers_of(intake)
    if services.first_open_page(answers):
        return redirect("intake:resume")
    sections = readable_summary(request, answers)
    context = at_clinic(sections=sections, section=gettext(CHECK_SECTION), back=sections[-1].page)
    return render(request, "intake/check.html", context)


@intake_patient
@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """Thanks and what comes next; nothing of the answers is shown again."""
    link: PatientLink = request.patient_link  # type: ignore[attr-defined]
    if open_intake(link):
        return redirect("intake:resume")
    is_here = is_clinic_device(request)
    return render(request, "intake/done.html", at_clinic(is_clinic_device=is_here))
