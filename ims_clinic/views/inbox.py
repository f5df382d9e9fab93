from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ims_clinic.inbox import inbox_of, late_before
from people.access import CLINICAL, staff
from people.models import User


@staff(*CLINICAL)
def inbox(request: HttpRequest) -> HttpResponse:
    """Mine first; ``?whose=everyone`` shows what waits for the whole clinic."""
    user: User = request.user  # type: ignore[assignment]  # the middleware let staff through only
    everyones = request.GET.get("whose") == "everyone"
    waiting = inbox_of(user, everyones=everyones)
    context = {"inbox": waiting, "everyones": everyones, "late_before": late_before()}
    return render(request, "clinic/inbox.html", context)
