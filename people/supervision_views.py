from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.access import staff
from people.choices import Role
from people.forms import SupervisionForm
from people.models import Practitioner
from people.services import arrange_supervision


@staff(Role.CLINIC_ADMIN)
@require_http_methods(["GET", "POST"])
def supervision(request: HttpRequest) -> HttpResponse:
    """Who co-signs for whom, and who is told in whose place."""
    data = request.POST if request.method == "POST" else None
    people = list(Practitioner.objects.filter(user__is_active=True).select_related("user"))
    forms = [SupervisionForm(data, practitioner=one, others=people) for one in people]
    if data is not None and all(form.is_valid() for form in forms):
        for form in forms:
            arrange_supervision(practitioner=form.practitioner, **form.chosen())
        messages.success(request, "Supervision and cover are saved.")
        return redirect("people:supervision")
    return render(request, "people/supervision.html", {"forms": forms})
