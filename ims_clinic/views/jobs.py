"""The jobs in the background: seen and run again by the clinic admin."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from procrastinate.contrib.django.models import ProcrastinateJob

from ims_clinic.jobs import jobs_now
from notifications.models import Message
from notifications.services import run_again, send_again
from people.access import staff
from people.choices import Role


@staff(Role.CLINIC_ADMIN)
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Whether the worker lives, what failed, what is late, which messages did not go out."""
    return render(request, "clinic/jobs.html", {"jobs": jobs_now()})


@staff(Role.CLINIC_ADMIN)
@require_POST
def run_job_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Run a failed job once more."""
    if run_again(get_object_or_404(ProcrastinateJob, pk=pk)):
        messages.success(request, "The job runs again.")
    else:
        messages.info(request, "This job has not failed any more.")
    return redirect("clinic:jobs")


@staff(Role.CLINIC_ADMIN)
@require_POST
def send_message_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a message that was given up once more."""
    if send_again(get_object_or_404(Message, pk=pk)):
        messages.success(request, "The message is being sent again.")
    else:
        messages.info(request, "This message is not given up any more.")
    return redirect("clinic:jobs")
