"""The end of a patient's turn at a device of the clinic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.access import public
from people.link_devices import forget_devices, is_clinic_device


@public
@csrf_exempt  # shown on the first page of a link too, which sends no origin; it only ends a turn
@require_POST
def hand_back(request: HttpRequest) -> HttpResponse:
    """Forget the patient in this browser and lead to the staff's sign-in page."""
    response = redirect("account_login")
    if is_clinic_device(request):
        request.session.flush()
        forget_devices(response)
    return response
