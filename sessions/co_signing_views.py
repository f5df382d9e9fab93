from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from people.access import CLINICAL, staff
from people.models import User
from sessions import co_signing
from sessions.inbox import co_signatures_held_by


@staff(*CLINICAL)
@require_POST
def co_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the co-signature that was asked of this physiotherapist."""
    user = cast(User, request.user)
    asked = get_object_or_404(co_signatures_held_by(user), treatment=pk)
    try:
        co_signing.co_sign(treatment=asked.treatment, by=user)
    except co_signing.CannotCoSign as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The session is co-signed.")
    return redirect("sessions:detail", pk)
