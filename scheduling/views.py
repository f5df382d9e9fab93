from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from people.access import DESK, staff
from people.way_back import safe_next
from scheduling.choices import AppointmentStatus
from scheduling.forms import MoveForm, move_form, where_it_is
from scheduling.free_times import FreeTime, Wish, nearest_free_times
from scheduling.models import Appointment
from scheduling.services import ChangedMeanwhile, TimeTaken, move_appointment, set_status
from scheduling.undo import say_with_undo


@staff(*DESK)
@require_POST
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the status and offer to undo it; a refusal is said on the page the click came from."""
    appointment = get_object_or_404(Appointment.objects.with_people(), pk=pk)
    before, wanted = appointment.status, request.POST.get("status")
    way_back = redirect(safe_next(request, reverse("clinic:appointment", args=[pk])))
    if wanted not in AppointmentStatus.values or wanted == before:
        return way_back
    try:
        _refuse_other_version(request, appointment)
        set_status(appointment, AppointmentStatus(wanted))
    except (TimeTaken, ChangedMeanwhile) as refused:
        messages.error(request, str(refused))
        return way_back
    words = f"{appointment.patient}: {appointment.get_status_display()}"
    if "is_undo" in request.POST:
        messages.success(request, f"Undone. {words}")
    else:
        values = {"status": before, "version": f"{appointment.version}"}
        say_with_undo(request, words, reverse("scheduling:status", args=[pk]), values)
    return way_back


def _refuse_other_version(request: HttpRequest, appointment: Appointment) -> None:
    """Raise ChangedMeanwhile when the page showed an older version than the row has now."""
    seen = request.POST.get("version") or request.GET.get("version")
    if seen and seen != str(appointment.version):
        raise ChangedMeanwhile


@staff(*DESK)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an appointment; a taken time is answered with the nearest free ones."""
    appointment = get_object_or_404(Appointment.objects.active().with_people(), pk=pk)
    is_sent = request.method == "POST"
    form = MoveForm(request.POST, appointment=appointment) if is_sent else move_form(appointment)
    free: list[FreeTime] = []
    if form.is_valid():
        before = where_it_is(appointment)
        chosen = {name: form.cleaned_data[name] for name in ("day", "at", "practitioner", "room")}
        try:
            move_appointment(appointment, **chosen)
        except (TimeTaken, ChangedMeanwhile) as refused:
            form.add_error(None, str(refused))
            appointment = Appointment.objects.with_people().get(pk=pk)
            free = _nearest(form, appointment)
        else:
            _say_moved(request, appointment, before)
            return redirect("clinic:day-of", appointment.wall_date)
    context = {"form": form, "appointment": appointment, "free": free}
    return render(request, "scheduling/move.html", context)


def _nearest(form: MoveForm, appointment: Appointment) -> list[FreeTime]:
    wish = Wish(
        practitioners=[form.cleaned_data["practitioner"]],
        length=appointment.ends_at - appointment.starts_at,
        buffer=appointment.busy_until - appointment.ends_at,
        patient=appointment.patient,
        ignoring=appointment,
    )
    return nearest_free_times(wish, form.starts_at(), timezone.now())


def _say_moved(request: HttpRequest, moved: Appointment, before: dict[str, object]) -> None:
    words = (
        f"{moved.patient} moved from {before['day']:%-d %B}, {before['at']:%H:%M} to "
        f"{moved.wall_date:%-d %B}, {moved.wall_time:%H:%M}, {moved.practitioner}, {moved.room}"
    )
    if "is_undo" in request.POST:
        messages.success(request, f"Undone. {words}")
        return
    values = {**{name: f"{value}" for name, value in before.items()}, "version": f"{moved.version}"}
    say_with_undo(request, words, reverse("scheduling:move", args=[moved.pk]), values)
