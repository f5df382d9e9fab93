"""The review of the physiotherapist: decide on the flags, plan, sign, and correct afterwards."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assessment import decisions, services
from assessment.drafts import AssessmentClosed
from assessment.forms import AddendumForm
from assessment.inference import Examination, examine
from assessment.models import Assessment, FlagDecision
from assessment.page import sign_context, signed_context
from assessment.review_forms import FlagForm, SignForm, asked, decision_forms, read_kept
from assessment.views import KNOWN, posted
from audit.choices import Action
from audit.services import record
from people.access import CLINICAL, staff


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what will be closed, decide on the flags, plan, sign.

    Decisions that come with the signature are only saved: they change the plan, which is read
    before it is signed.
    """
    assessment = get_object_or_404(KNOWN, pk=pk)
    if assessment.is_signed:
        return redirect("assessment:detail", pk)
    examination, decided = examine(assessment), list(assessment.decisions.all())
    flags = decision_forms(posted(request), examination.report, decided)
    if asked(flags):
        return _decided(request, assessment, examination)
    form = _sign_form(assessment, examination, decided, posted(request))
    if form.is_valid() and _signed(request, assessment, form, decided):
        return redirect("assessment:detail", pk)
    record(Action.VIEW, assessment, patient_id=assessment.patient_id, detail="review")
    context = sign_context(assessment, examination, decided)
    return render(request, "assessment/sign.html", {**context, "form": form, "flags": flags})


def _sign_form(
    assessment: Assessment,
    examination: Examination,
    decided: list[FlagDecision],
    data: QueryDict | None,
) -> SignForm:
    """The form of the review with what was kept when decisions were saved."""
    return SignForm(
        data,
        plan=decisions.plan_of(decided),
        seen=services.fingerprint(examination),
        kept=decisions.kept_of(assessment),
    )


def _signed(
    request: HttpRequest, assessment: Assessment, form: SignForm, decided: list[FlagDecision]
) -> bool:
    """Sign, or leave a sentence on the form why not."""
    try:
        services.sign_assessment(
            assessment=assessment,
            by=request.user,  # type: ignore[arg-type]
            decisions=decided,
            planned=form.planned,
            red_flag_action=form.cleaned_data["red_flag_action"],
            note=form.cleaned_data["note"],
            seen=form.cleaned_data["seen"],
        )
    except (services.CannotSign, AssessmentClosed) as refusal:
        form.add_error(None, f"{refusal}")
        return False
    messages.success(request, "The assessment is signed and closed.")
    return True


@staff(*CLINICAL)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what is said to the flags, and keep what else was written on the review."""
    assessment = get_object_or_404(KNOWN, pk=pk)
    return _decided(request, assessment, examine(assessment))


def _decided(
    request: HttpRequest, assessment: Assessment, examination: Examination
) -> HttpResponse:
    """Nothing is stored while one decision is unclear; a signature that came first is said."""
    flags = decision_forms(request.POST, examination.report, list(assessment.decisions.all()))
    changed = asked(flags)
    valid = [form.is_valid() for form in changed]  # each one, so that each shows its error
    if not all(valid):
        return _review_again(request, assessment, examination, flags)
    try:
        decisions.decide_flags(
            assessment=assessment,
            by=request.user,  # type: ignore[arg-type]
            choices=[form.choice for form in changed],
            kept=read_kept(request.POST),
        )
    except AssessmentClosed as refusal:
        messages.error(request, f"Your decisions were not saved. {refusal}")
        return redirect("assessment:detail", assessment.pk)
    return redirect(f"{reverse('assessment:sign', args=[assessment.pk])}#plan-title")


def _review_again(
    request: HttpRequest, assessment: Assessment, examination: Examination, flags: list[FlagForm]
) -> HttpResponse:
    """The review with what was sent and its errors."""
    decided = list(assessment.decisions.all())
    form = SignForm(
        None,
        plan=decisions.plan_of(decided),
        seen=services.fingerprint(examination),
        kept=read_kept(request.POST),
    )
    context = sign_context(assessment, examination, decided)
    return render(request, "assessment/sign.html", {**context, "form": form, "flags": flags})


@staff(*CLINICAL)
@require_POST
def add_addendum(request: HttpRequest, pk: int) -> HttpResponse:
    """A dated correction below a signed assessment."""
    assessment = get_object_or_404(KNOWN.filter(signed_at__isnull=False), pk=pk)
    form = AddendumForm(request.POST)
    if not form.is_valid():
        context = signed_context(assessment) | {"addendum_form": form}
        return render(request, "assessment/signed.html", context)
    text = form.cleaned_data["text"]
    decisions.add_addendum(assessment=assessment, by=request.user, text=text)  # type: ignore[arg-type]
    messages.success(request, "The addendum is added. What was signed stays as it is.")
    return redirect("assessment:detail", pk)
