"""Chasing and paper in a browser: the desk reminds, a paper form is typed in without a mouse."""

from datetime import timedelta
from itertools import groupby

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.choices import IntakeSource, IntakeStatus
from intake.form_pages import consent_questions, form_pages
from intake.models import Intake
from intake.questions import Group, Kind, Question
from intake.questions import Page as FormPage
from intake.services import send_intake
from people.choices import Role
from people.models import Practitioner
from tests import factories
from tests.browser.conftest import SignIn, faults, picture, too_wide

WIDTHS = (360, 1280)
LONG = {"given_name": "Maximiliane-Alexandrina-Bernadette", "family_name": "Featherstonehaugh-Lee"}


def look_at(page: Page, name: str) -> None:
    """The page at both widths: no fault, no sideways scrolling, a picture when asked for."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
        assert not too_wide(page)
        picture(page, f"{name}-{width}")


def sent(hours: int, **fields: str) -> Intake:
    patient = factories.make_patient(**fields)
    start = timezone.now().replace(minute=0) + timedelta(hours=hours)
    appointment = factories.make_appointment(
        patient=patient,
        starts_at=start,
        appointment_type=factories.make_type(needs_intake=True),
    )
    return send_intake(appointment=appointment, patient=patient)


def test_the_desk_sees_what_is_not_finished_and_reminds_by_one_click(
    sign_in: SignIn, live_server: LiveServer
) -> None:
    factories.make_location()
    page = sign_in(factories.make_user(Role.FRONT_DESK))
    expect(page.get_by_text("Every intake is finished")).to_be_visible()
    look_at(page, "unfinished-empty")
    sent(30, **LONG)
    sent(31, email="")
    sent(50, phone="")
    page.goto(live_server.url)
    rows = page.get_by_role("region", name="Intakes not finished").get_by_role("listitem")
    expect(rows).to_have_count(3)
    rows.first.get_by_role("button", name="Remind now").click()
    expect(rows.first.get_by_text("Reminded today")).to_be_visible()
    look_at(page, "unfinished")
    rows.first.get_by_role("button", name="Remind now").click()
    expect(page.get_by_text("Wait ten minutes before you remind again.")).to_be_visible()
    look_at(page, "unfinished-refused")
    rows.first.get_by_role("link", name="Maximiliane").click()
    expect(page.get_by_role("button", name="Remind now")).to_be_visible()
    look_at(page, "appointment-remind")
    printed = page.request.get(live_server.url + reverse("reports:blank-form"))
    assert (printed.status, printed.body()[:5]) == (200, b"%PDF-")


@pytest.fixture
def practitioner() -> Practitioner:
    factories.make_location()
    return factories.make_practitioner()


@pytest.fixture
def paper_page(practitioner: Practitioner, sign_in: SignIn, live_server: LiveServer) -> Page:
    """The empty paper page of an appointment, opened from its button."""
    appointment = factories.make_appointment(
        patient=factories.make_patient(**LONG),
        practitioner=practitioner,
        starts_at=timezone.now() + timedelta(hours=2),
        appointment_type=factories.make_type(needs_intake=True),
    )
    page = sign_in(practitioner.user)
    page.goto(live_server.url + reverse("clinic:appointment", args=[appointment.pk]))
    page.get_by_role("button", name="Enter a paper form").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter a paper form")
    return page


def press(page: Page, question: Question) -> None:
    """Answer the question that has the focus as somebody types it from paper."""
    expect(page.locator(f"[name='{question.id}']:focus")).to_have_count(1)
    keyboard = page.keyboard
    match question.kind:
        case Kind.YES_NO:
            keyboard.press("n")
        case Kind.NPRS:
            keyboard.press("t")
        case Kind.ZONES:
            keyboard.press("Space")
            keyboard.press("Enter")
            expect(page.locator("[name='chief_area-headR']:focus")).to_have_count(1)
            keyboard.press("Space")
            keyboard.press("Enter")
            keyboard.press("Enter")
        case Kind.ONE | Kind.MANY:
            keyboard.press("Space")
            keyboard.press("Enter")
        case _:
            if question.is_needed:
                keyboard.type(f"Answer to {question.id}")
            keyboard.press("Enter")


def press_group(page: Page, asked: FormPage, group: Group) -> None:
    """None of these by one key; of the blood medicines one that is not sure, with its facts."""
    expect(page.locator(f"[name='none-{group.id}']:focus")).to_have_count(1)
    if group.id != "blood-medicines":
        page.keyboard.press("n")
        return
    page.keyboard.press("Enter")
    page.keyboard.press("u")
    for words in ("Warfarin", "2.5", "27", "3", "2026"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    expect(page.locator("[name='antiplatelet']:focus")).to_have_count(1)
    page.keyboard.press("n")


def press_page(page: Page, asked: FormPage) -> None:
    groups = {group.id: group for group in asked.groups}
    for key, questions in groupby(asked.questions, key=lambda question: question.group):
        if key:
            press_group(page, asked, groups[key])
        else:
            for question in questions:
                press(page, question)
    expect(page.locator(f"#state-{asked.slug}")).to_have_text("Saved")


def test_a_whole_paper_form_is_entered_by_the_keyboard_alone(paper_page: Page) -> None:
    page = paper_page
    look_at(page, "paper-empty")
    first = form_pages()[0].questions[0]
    page.locator(f"[name='{first.id}']").first.focus()
    for asked in form_pages():
        press_page(page, asked)
    look_at(page, "paper-saved")
    for _ in consent_questions():
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
    page.keyboard.press("n")
    page.keyboard.type("Robin Sample")
    page.get_by_label("Date of the signature").fill(
        f"{timezone.now() - timedelta(days=1):%Y-%m-%d}"
    )
    page.get_by_label("The signed paper is kept at the clinic").check(force=True)
    page.get_by_role("button", name="Submit the form").click()
    expect(page.get_by_text("The paper form is entered. Review it now.")).to_be_visible()
    expect(page.get_by_text("Entered from paper by").first).to_be_visible()
    look_at(page, "paper-review")
    intake = Intake.objects.get()
    assert (intake.status, intake.source) == (IntakeStatus.SUBMITTED, IntakeSource.PAPER)
    saved = {row.question: (row.value, row.facts) for row in intake.answers.all()}
    assert saved["pain_now"] == ("10", {})
    assert saved["chief_area"] == ("headR", {"zones": {"headR": ["aching"]}})
    facts = {"drug": "Warfarin", "inr": "2.5", "date": "2026-03-27"}
    assert saved["anticoagulant"] == ("not_sure", facts)
    assert saved["antiplatelet"] == ("no", {})


def test_a_minor_needs_a_guardian_and_a_wrong_fact_is_said_beside_the_page(
    practitioner: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    born = timezone.localdate() - timedelta(days=15 * 365)
    intake = factories.make_intake(factories.make_patient(born_on=born))
    page = sign_in(practitioner.user)
    page.goto(live_server.url + reverse("intake:paper", args=[intake.pk]))
    page.locator("[name='anticoagulant']").focus()
    page.keyboard.press("y")
    page.keyboard.press("Enter")
    page.keyboard.type("250")
    page.keyboard.press("Enter")
    page.locator("[name='medication_list']").fill("Warfarin")
    page.locator("[name='medication_list']").blur()
    problem = page.locator("#state-medicines").get_by_role("link")
    expect(problem).to_contain_text("Enter a number from 0.5 to 20")
    look_at(page, "paper-minor")
    page.get_by_role("button", name="Submit the form").click()
    wanted = "The patient is under 18: enter the name of the parent or guardian who signed"
    expect(page.get_by_role("link", name=wanted)).to_be_visible()
    look_at(page, "paper-minor-errors")


def test_what_is_not_entered_is_named_and_nothing_is_submitted(paper_page: Page) -> None:
    page = paper_page
    page.get_by_role("button", name="Submit the form").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_role("link", name="Finish 1 to 3: How we reach you")).to_be_visible()
    look_at(page, "paper-errors")
    page.locator("#people").get_by_role("button", name="Save this page").click()
    expect(page.locator("#state-people")).to_contain_text("Not finished")
    assert Intake.objects.get().status == IntakeStatus.SENT
