"""In which language a patient is spoken to. Staff pages and documents stay English.

A patient chooses on the first page of a link or in the head of any later page. The choice is kept
in this browser's session, and on the patient's row once the date of birth is confirmed.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import translation

from people.access import Access, Audience, access_of
from people.choices import LinkPurpose
from people.links import SESSION_KEY as OPENED_LINKS
from people.links import is_confirmed, link_in, public_address
from people.models import Patient
from people.services import change_patient

SESSION_KEY, PARAMETER = "patient_language", "language"
SOURCE = "en"


def known(code: object) -> str | None:
    """The code when it is a language of the clinic, else None."""
    return str(code) if code in dict(settings.LANGUAGES) else None


def is_for_patients(view: Any, arguments: Mapping[str, Any]) -> bool:
    """True for the pages of a patient link, also for its first one, which its token opens."""
    access: Access | None = access_of(view)
    if access is None:
        return False
    is_first = access.audience is Audience.PUBLIC and "token" in arguments
    return is_first or access.audience is Audience.PATIENT


def language_of(request: HttpRequest) -> str:
    """What the address asks for, else what was chosen before, else what the browser prefers."""
    asked = known(request.GET.get(PARAMETER))
    chosen = known(request.session.get(SESSION_KEY))
    return asked or chosen or translation.get_language_from_request(request)


def keep_at_start(request: HttpRequest, patient: Patient) -> None:
    """Keep the language for this browser as the patient presses Start.

    A choice made on the page counts first, then what is on file, then what the page was shown in.
    English on file counts last, since it is on file for everybody who was never asked.
    """
    asked = known(request.POST.get(PARAMETER))
    on_file = known(patient.language) if patient.language != SOURCE else None
    request.session[SESSION_KEY] = asked or on_file or language_of(request)


def keep_on_file(session: SessionBase, patient: Patient) -> None:
    """Write the chosen language on the patient's row, with one audit line when it changes."""
    chosen = known(session.get(SESSION_KEY))
    if chosen is not None and chosen != patient.language:
        patient.language = chosen
        change_patient(patient=patient, changed=["language"])


def choose(session: SessionBase, code: str) -> None:
    """Speak ``code`` from now on in this browser, and to the patients who proved who they are."""
    session[SESSION_KEY] = code
    for purpose in session.get(OPENED_LINKS, {}):
        link = link_in(session, LinkPurpose(purpose))
        if link is not None and is_confirmed(session, link):
            keep_on_file(session, link.patient)


def speaking_to(patient: Patient) -> translation.override:
    """A context in which texts come out in the patient's language; for messages."""
    return translation.override(known(patient.language) or SOURCE)


def address_for(patient: Patient, path: str) -> str:
    """The full address of a path, for a message; its first page opens in the patient's language."""
    code = known(patient.language) or SOURCE
    asked = "" if code == SOURCE else f"?{urlencode({PARAMETER: code})}"
    return public_address(f"{path}{asked}")
