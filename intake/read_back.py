"""What of the saved answers a browser may show: all where the patient started, else "Answered"."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest

from intake.models import IntakeAnswer
from intake.patient_access import link_of
from intake.questions import Page
from intake.services import missing_on
from intake.summary import AnswerSection, summary
from people.link_devices import may_read_back

Answers = Mapping[str, IntakeAnswer]
ANEW = "anew"
ADVISED_KEY = "patient_advised"


def readable(request: HttpRequest, answers: Answers) -> Answers:
    """The answers, or none in a browser that may not read them back."""
    return answers if may_read_back(request, link_of(request)) else {}


def is_hidden(request: HttpRequest, page: Page, answers: Answers) -> bool:
    """True when a finished page is only to say "Answered": looked at, and not to answer anew."""
    is_look = request.method == "GET" and ANEW not in request.GET
    return is_look and not missing_on(page, answers) and not readable(request, answers)


def readable_summary(request: HttpRequest, answers: Answers) -> list[AnswerSection]:
    """The check page's sections; without lines in a browser that may not read them back."""
    sections = summary(answers)
    if readable(request, answers):
        return sections
    return [replace(section, lines=()) for section in sections]


def note_advice(request: HttpRequest, place: str) -> None:
    """This browser gave an answer at ``place`` that asks for advice, and may show it."""
    place = f"{link_of(request).pk}:{place}"
    request.session[ADVISED_KEY] = [*request.session.get(ADVISED_KEY, []), place]


def may_show_advice(request: HttpRequest, place: str) -> bool:
    """Advice tells what was answered: shown where it was answered or may be read back."""
    link = link_of(request)
    is_from_here = f"{link.pk}:{place}" in request.session.get(ADVISED_KEY, [])
    return is_from_here or may_read_back(request, link)
