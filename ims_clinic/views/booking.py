from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ims_clinic.booking import (
    Booked,
    book_at_desk,
    booked_a_moment_ago,
    first_choice,
    read_time,
    wish_for,
)
from ims_clinic.home import clinic_today
from ims_clinic.visit_intakes import visit_intakes
from intake.desk_links import desk_link
from intake.patient_access import posted
from people.access import DESK, staff
from people.forms import ShortPatientForm
from people.models import Patient, Practitioner, User
from people.search import find_patients, names_in
from scheduling.forms import BookingForm, move_form
from scheduling.free_times import FreeTime, nearest_free_times
from scheduling.models import Appointment
from scheduling.services import TimeTaken
from scheduling.status import possible_acts


@staff(*DESK)
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """First who, then when; ``new`` in the address adds the patient with the booking."""
    asked = request.GET
    if "new" in asked:
        person = ShortPatientForm(posted(request), initial=names_in(asked.get("q", "")))
        return _book(request, None, person)
    if asked.get("patient", "").isdecimal():
        return _book(request, get_object_or_404(Patient, pk=asked["patient"]), None)
    return _choose_patient(request)


def _choose_patient(request: HttpRequest) -> HttpResponse:
    """Enter takes the top match of exactly what was typed, never of an older list."""
    words = request.GET.get("q", "").strip()
    found = find_patients(words)
    if found and "top" in request.GET:
        query = request.GET.copy()
        for name in ("q", "top", "book"):
            query.pop(name, None)
        query["patient"] = f"{found[0].pk}"
        return redirect(f"{reverse('clinic:book')}?{query.urlencode()}")
    asked = request.GET.get("practitioner", "")
    context = {
        "words": words,
        "found": found,
        "is_booking": True,
        "start": read_time(request.GET.get("at", "")),
        "practitioner": Practitioner.objects.filter(pk=asked).select_related("user").first()
        if asked.isdecimal()
        else None,
    }
    return render(request, "clinic/book_patient.html", context)


def _book(
    request: HttpRequest, patient: Patient | None, person: ShortPatientForm | None
) -> HttpResponse:
    """Book for a patient on file, or for the one whom ``person`` describes."""
    data = posted(request)
    form = BookingForm(data, initial={} if data else first_choice(patient, request.GET.dict()))
    free: list[FreeTime] = []
    forms = [form] if person is None else [person, form]
    are_valid = [one.is_valid() for one in forms]  # both, so that every slip is shown at once
    if all(are_valid):
        whom = patient or person.save(commit=False)  # type: ignore[union-attr]  # one of both
        booked = _try(request, form, whom)
        if booked is not None:
            _say(request, booked)
            return redirect("clinic:day-of", booked.appointment.wall_date)
        free = _nearest(form, patient)
    context = {"form": form, "person": person, "patient": patient, "free": free}
    return render(request, "clinic/book.html", context)


def _try(request: HttpRequest, form: BookingForm, patient: Patient) -> Booked | None:
    """Book; a refusal becomes an error of the form."""
    user: User = request.user  # type: ignore[assignment]  # the middleware let staff through only
    chosen = form.cleaned_data
    try:
        return book_at_desk(
            patient=patient,
            practitioner=chosen["practitioner"],
            room=chosen["room"],
            appointment_type=chosen["appointment_type"],
            day=chosen["day"],
            at=chosen["at"],
            by=user,
        )
    except TimeTaken as taken:
        twice = booked_a_moment_ago(
            patient=patient,
            practitioner=chosen["practitioner"],
            starts_at=form.starts_at(),
            by=user,
        )
        if twice is None:
            form.add_error(None, str(taken))
        return twice


def _nearest(form: BookingForm, patient: Patient | None) -> list[FreeTime]:
    chosen = form.cleaned_data
    wish = wish_for(chosen["appointment_type"], [chosen["practitioner"]], patient)
    zone = chosen["room"].location.zone
    return nearest_free_times(wish, form.starts_at().astimezone(zone), timezone.now())


def _say(request: HttpRequest, booked: Booked) -> None:
    one = booked.appointment
    words = (
        f"{one.patient} is booked: {one.wall_date:%A %-d %B}, {one.wall_time:%H:%M}, "
        f"{one.practitioner}, {one.room}."
    )
    if booked.intake is None:
        messages.success(request, words)
    elif booked.is_intake_sent:
        messages.success(request, f"{words} The intake link is on its way.")
    else:
        messages.warning(request, f"{words} No intake link: there is no e-mail address on file.")


@staff(*DESK)
@require_GET
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """One appointment as the desk sees it: details, status, another time, the intake link."""
    one = get_object_or_404(Appointment.objects.with_people().select_related("booked_by"), pk=pk)
    _clinic, today = clinic_today()
    link = desk_link(one)
    arrived = one.arrived_at.astimezone(one.local_start.tzinfo) if one.arrived_at else None
    context = {
        "appointment": one,
        "ends": f"{one.local_end:%H:%M}",
        "arrived": f"{arrived:%H:%M}" if arrived else "",
        "acts": possible_acts(one.status, is_day_reached=one.wall_date <= today),
        "visit": next(iter(visit_intakes([link] if link else [])), None),
        "form": move_form(one),
    }
    return render(request, "clinic/appointment.html", context)
