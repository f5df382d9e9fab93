"""The patient's last page: the statements, the signature, and the end of the form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from intake import services
from intake.form_pages import consent_questions
from intake.forms import ConsentForm
from intake.models import Intake
from intake.patient_access import at_clinic, posted, with_open_intake
from intake.questions import TICKED
from people.access import patient
from people.choices import LinkPurpose


@patient(LinkPurpose.INTAKE)
@require_http_methods(["GET", "POST"])
@with_open_intake
def consent(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Statements, typed name, and the end of the form."""
    if services.first_open_page(services.answers_of(intake)):
        return redirect("intake:resume")
    form = ConsentForm(consent_questions(), posted(request))
    if form.is_valid():
        ticks = {question.id: (TICKED, "") for question in consent_questions()}
        services.save_answers(intake, ticks)
        services.submit_intake(intake, form.cleaned_data["signed_name"])
        return redirect("intake:done")
    return render(request, "intake/consent.html", at_clinic(form=form))
