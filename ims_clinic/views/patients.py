from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from audit.choices import Action
from audit.services import record
from ims_clinic.chart import chart_of, contact_card
from ims_clinic.home import patients_seen_lately
from ims_clinic.visit_intakes import visit_intakes
from intake.consent import consents_of, state_of
from intake.desk_links import desk_links
from intake.status import intakes_of
from people.access import staff
from people.choices import Role
from people.models import Patient, User

MOST_SHOWN = 50


@staff()
def search(request: HttpRequest) -> HttpResponse:
    """Patients by any part of the name, phone number, date of birth or record number."""
    user: User = request.user  # type: ignore[assignment]  # the middleware let staff through only
    words = request.GET.get("q", "").strip()
    found = list(Patient.objects.matching(words)[: MOST_SHOWN + 1]) if words else []
    context = {
        "words": words,
        "found": found[:MOST_SHOWN],
        "has_more": len(found) > MOST_SHOWN,
        "most": MOST_SHOWN,
        "lately": [] if words else patients_seen_lately(user),
    }
    return render(request, "clinic/patients.html", context)


@staff()
def patient(request: HttpRequest, pk: int) -> HttpResponse:
    """One patient. Contact and appointments for all staff; the record for physiotherapists only."""
    one = get_object_or_404(Patient, pk=pk)
    consents, card, links = consents_of(one), contact_card(one), desk_links(one)
    context = {"patient": one, "card": card, "consent": state_of(consents)}
    if request.user.role != Role.PHYSIOTHERAPIST:  # type: ignore[union-attr]  # staff only
        context["visits"] = visit_intakes(links)
        return render(request, "clinic/patient_contact.html", context)
    record(Action.VIEW, one, patient_id=one.pk, detail="patient page")
    intakes = intakes_of(one)
    context["visits"] = visit_intakes(links, intakes)
    context["chart"] = chart_of(one, intakes, consents, card.today)
    return render(request, "clinic/patient_record.html", context)
