from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ims_clinic.home import Day, day_of
from ims_clinic.inbox import inbox_of
from ims_clinic.setup_state import clinic_at_a_glance
from intake.chasing import unfinished_intakes
from people.access import public, staff
from people.choices import Role
from people.models import User


@staff()
def home(request: HttpRequest) -> HttpResponse:
    """What to do next, by role."""
    user: User = request.user  # type: ignore[assignment]  # the middleware let staff through only
    if user.role == Role.PHYSIOTHERAPIST:
        context = {"day": day_of(user), "inbox": inbox_of(user)}
        return render(request, "clinic/home_physiotherapist.html", context)
    if user.role == Role.CLINIC_ADMIN:
        context = {"day": day_of(None), "glance": clinic_at_a_glance()}
        return render(request, "clinic/home_admin.html", context)
    day: Day = day_of(None)
    context = {"day": day, "unfinished": unfinished_intakes(day.now)}
    return render(request, "clinic/home_front_desk.html", context)


@public
def health(request: HttpRequest) -> HttpResponse:
    """For a monitor: the web server answers and reaches the database. Says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
