from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ims_clinic.inbox import count_for, inbox_of
from ims_clinic.waiting import waiting
from intake.patient_access import posted
from people import attention
from people.access import CLINICAL, staff
from people.forms import TakeOverForm
from people.models import User


@staff(*CLINICAL)
def inbox(request: HttpRequest) -> HttpResponse:
    """Mine first; ``?whose=everyone`` shows what waits for the whole clinic."""
    user = cast(User, request.user)
    everyones = request.GET.get("whose") == "everyone"
    context = {"inbox": inbox_of(user, everyones=everyones), "everyones": everyones}
    return render(request, "clinic/inbox.html", context)


@staff(*CLINICAL)
@require_GET
def inbox_count(request: HttpRequest) -> HttpResponse:
    """The number in the bar, asked again and again; it is no sign that somebody is there."""
    return HttpResponse(str(count_for(cast(User, request.user))), content_type="text/plain")


@staff(*CLINICAL)
@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take over what waits for a colleague, with a reason."""
    one, user = waiting(kind, pk), cast(User, request.user)
    if one is None:
        raise Http404("Nothing of that kind waits.")
    form = TakeOverForm(posted(request), initial={"shown": one.holder.pk if one.holder else None})
    if form.is_valid():
        try:
            attention.take_over(
                rows=one.kind.rows(), pk=pk, owner=one.kind.owner, by=user, **form.cleaned_data
            )
        except attention.ChangedHands as error:
            messages.warning(request, str(error))
            return redirect("clinic:inbox")
        messages.success(request, f"The {one.kind.words} is yours now.")
        return redirect(one.kind.page, one.page_pk)
    context = {"one": one, "form": form, "is_mine": one.holder == user}
    return render(request, "clinic/take_over.html", context)
