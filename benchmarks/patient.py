"""The patient's jobs: one page of the intake, and the last step that submits it."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from django.utils import timezone

from benchmarks.caller import Caller, statements, wanted, with_session
from benchmarks.measure import WARM_UP, Floor, Row, measure
from benchmarks.scene import Scene
from clinical.vocabulary import Side
from ims_clinic.demo.answers import NOTHING, filled_in
from ims_clinic.demo.names import invented_people, patient_of
from ims_clinic.demo.stories import STORIES
from intake.choices import Chaperone
from intake.consent_forms import text_shown
from intake.form_pages import FORM_VERSION, consent_questions, form_pages, page_at
from intake.models import Intake, IntakeForm
from intake.services import save_answers
from people.choices import LinkPurpose
from people.links import CONFIRMED_KEY, SESSION_KEY, make_link
from people.services import register_patient

ROUNDS = 40
PAGE = "today"


def rows(scene: Scene, bare: Caller) -> Iterator[Row]:
    floor = Floor("INSERT under exclusion", lambda: wanted(bare.post("/insert", {}), 200))
    opened = _opened(scene.handler, WARM_UP + ROUNDS + 2)
    yield _page(next(opened), floor)
    yield _submit(opened, floor)


def _opened(handler: WSGIHandler, number: int) -> Iterator[tuple[Caller, str]]:
    """Browsers past link and birth date, each with a finished intake, and the patient's name."""
    form = IntakeForm.objects.get(version=FORM_VERSION)
    people = list(invented_people(Random(3), number, timezone.localdate()))
    for person in people:
        patient = register_patient(patient=patient_of(person))
        ends = timezone.now() + timedelta(days=1)
        link, _token = make_link(patient, LinkPurpose.INTAKE, expires_at=ends, about="")
        intake = Intake.objects.create(patient=patient, form=form, link=link)
        answers = filled_in(Random(3), person, STORIES[0], Side.LEFT, 6, NOTHING)
        save_answers(intake, answers)
        session = {SESSION_KEY: {LinkPurpose.INTAKE: link.pk}, CONFIRMED_KEY: [link.pk]}
        yield with_session(handler, session), patient.full_name


def _page(opened: tuple[Caller, str], floor: Floor) -> Row:
    page = page_at(PAGE)
    fields = {f"none-{group.id}": "on" for group in page.groups} if page else {}
    address = reverse("intake:page", args=[PAGE])
    browser, _name = opened

    def act() -> None:
        wanted(browser.post(address, fields), 302)

    return measure(
        f"submit one intake page of {len(page.questions) if page else 0} questions",
        act,
        rounds=60,
        floor=floor,
        queries=statements(act),
        goal="<= 7x, <= 8 SQL",
    )


def _submit(opened: Iterator[tuple[Caller, str]], floor: Floor) -> Row:
    address = reverse("intake:consent")
    ticks = {question.id: "on" for question in consent_questions()}
    choices = {"shown": text_shown(), "chaperone": Chaperone.NOT_WANTED}
    ready = list(opened)

    def act() -> None:
        browser, name = ready.pop()
        wanted(browser.post(address, {**ticks, **choices, "signed_name": name}), 302)

    asked = sum(len(page.questions) for page in form_pages())
    return measure(
        f"submit the whole intake of {asked} answers, screening included",
        act,
        rounds=ROUNDS,
        floor=floor,
        queries=statements(act),
        goal="<= 7x, <= 8 SQL",
    )
