"""The patient's last page: the statements, the signature, and the end of the form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake import services
from intake.consent import second_signer
from intake.consent_forms import ConsentForm
from intake.consent_text import introduction_shown
from intake.models import Intake
from intake.patient_access import at_clinic, posted, with_open_intake
from people.access import patient
from people.choices import LinkPurpose


@patient(LinkPurpose.INTAKE)
@require_http_methods(["GET", "POST"])
@with_open_intake
def consent(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Statements, signatures, and the end of the form."""
    if services.first_open_page(services.answers_of(intake)):
        return redirect("intake:resume")
    form = ConsentForm(posted(request), second=second_signer(intake.patient, timezone.now()))
    if form.is_valid():
        services.sign_and_submit(intake, form.cleaned_data["signed_name"], marks=form.marks())
        return redirect("intake:done")
    context = at_clinic(
        form=form,
        introduction=introduction_shown(),
        where=_("Last step"),
        back=reverse("intake:check"),
    )
    return render(request, "intake/consent.html", context)
