"""One patient from the first call to the five documents, as the people of a clinic live it."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from notifications.models import Message
from people.choices import Role
from people.models import Patient, Practitioner
from scheduling.choices import AppointmentKind
from scheduling.models import Appointment
from sessions.follow_up import send_check
from sessions.models import SorenessFollowUp
from tests import factories
from tests.browser import stations
from tests.browser.conftest import PHONE, SignIn, faults, picture, too_wide
from tests.reports.conftest import text_of

BORN = date(1979, 3, 14)
NAME = "Jonas Eklund"
C6_MUSCLES = ("extensor_carpi_radialis_brevis", "pronator_teres", "brachioradialis")


@pytest.fixture
def physiotherapist() -> Practitioner:
    """A clinic that is open all week, with one physiotherapist."""
    practitioner = factories.make_practitioner(
        user=factories.make_user(Role.PHYSIOTHERAPIST, full_name="Mara Lindqvist")
    )
    factories.make_availability(practitioner, factories.make_room(name="Room 1"))
    factories.make_type(
        name="Initial IMS assessment",
        kind=AppointmentKind.INITIAL,
        duration_minutes=60,
        needs_intake=True,
    )
    return practitioner


def test_the_whole_way(
    sign_in: SignIn, live_server: LiveServer, physiotherapist: Practitioner
) -> None:
    base = live_server.url
    desk = factories.make_user(Role.FRONT_DESK, full_name="Kim Duarte")

    page = sign_in(desk)
    book(page, base)
    patient = Patient.objects.get()
    answer_the_intake(page, base)

    page = sign_in(desk)
    arrive(page, base)

    page = sign_in(physiotherapist.user)
    review(page, base, patient)
    assess(page)
    treat(page, base, patient)

    answer_the_check(page, base)

    page = sign_in(physiotherapist.user)
    close_the_alert(page, base)
    read_the_documents(page, base, patient)


def looks_right(page: Page, name: str) -> None:
    """No accessibility fault, no sideways scroll, and a picture when asked for."""
    assert faults(page) == []
    assert not too_wide(page)
    picture(page, name)


def book(page: Page, base: str) -> None:
    """The desk adds the patient with the booking; a second booking of the time is refused."""
    today = datetime.now(tz=ZoneInfo("America/Vancouver")).date()
    for tries in range(2):
        page.goto(f"{base}/book/?new=1")
        page.get_by_label("First name").fill("Jonas" if tries == 0 else "Dana")
        page.get_by_label("Last name").fill("Eklund" if tries == 0 else "Whitlock")
        page.get_by_role("textbox", name="Date of birth").fill("1979-03-14")
        page.get_by_label("E-mail").fill("jonas@mail.example" if tries == 0 else "d@mail.example")
        page.get_by_label("Day").fill(f"{today}")
        page.get_by_label("Time").fill("10:00")
        page.get_by_role("button", name="Book", exact=True).last.click()
        if tries == 0:
            expect(page.get_by_text(f"{NAME} is booked")).to_be_visible()
    expect(page.get_by_text("already has an appointment at that time").first).to_be_visible()
    looks_right(page, "booking-refused")
    assert Appointment.objects.count() == 1


def answer_the_intake(page: Page, base: str) -> None:
    """The patient on a phone, from the link to the signed consent."""
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(base + stations.path_of(Message.objects.get().secret_link))
    looks_right(page, "intake-start")
    page.get_by_role("button", name="Start").click()
    looks_right(page, "intake-birth-date")
    stations.give_birth_date(page, BORN)
    stations.fill_in_intake(page, flagged={"anticoagulant": "apixaban"})
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    looks_right(page, "intake-check")
    page.get_by_role("link", name="Continue").click()
    looks_right(page, "intake-consent")
    stations.sign_consent(page, NAME)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    looks_right(page, "intake-done")


def arrive(page: Page, base: str) -> None:
    """The desk marks the patient as arrived on the calendar, which says nothing clinical."""
    page.goto(f"{base}/calendar/")
    looks_right(page, "calendar")
    assert "apixaban" not in page.content()
    page.get_by_role("button", name=re.compile("Arrived")).first.click()
    expect(page.get_by_text(f"{NAME}: Arrived")).to_be_visible()


def review(page: Page, base: str, patient: Patient) -> None:
    """The physiotherapist sees why to be careful, and decides."""
    looks_right(page, "my-day")
    page.goto(f"{base}/inbox/")
    looks_right(page, "inbox")
    page.get_by_role("link", name="Review").first.click()
    expect(page.get_by_text("apixaban").first).to_be_visible()
    looks_right(page, "review")
    page.locator("input[name='reason-anticoagulant'][value='mitigated']").check()
    page.locator("[name='how-anticoagulant']").fill("Superficial sites.")
    page.get_by_label("Suitable with precautions").check()
    page.get_by_label("Note").fill("Superficial sites, longer pressure.")
    page.get_by_role("button", name="Save decision").click()
    page.wait_for_url(f"{base}/patients/{patient.pk}/")
    looks_right(page, "record")


def assess(page: Page) -> None:
    """Right against left: a C6 picture on the right, flagged with its reasons, and signed."""
    page.get_by_role("button", name="Start assessment").click()
    for muscle in C6_MUSCLES:
        for sign in ("muscle_tone", "tenderness"):
            grade(page, sign, muscle, "right", 3)
            grade(page, sign, muscle, "left", 0)
    for muscle in ("deltoid", "triceps_brachii"):
        for side in ("right", "left"):
            grade(page, "tenderness", muscle, side, 0)
    looks_right(page, "assessment")
    open_signs(page, "Reflexes")
    grade(page, "reflex", "brachioradialis", "right", 1)
    grade(page, "reflex", "brachioradialis", "left", 2)
    open_signs(page, "Strength")
    grade(page, "strength_mrc", "extensor_carpi_radialis_brevis", "right", 4)
    grade(page, "strength_mrc", "extensor_carpi_radialis_brevis", "left", 5)
    expect(page.locator("#result")).to_contain_text("C6")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    looks_right(page, "assessment-strength")
    page.get_by_role("link", name="Review and sign").click()
    expect(page.get_by_text("C6 right").first).to_be_visible()
    looks_right(page, "assessment-sign")
    decision = page.get_by_role("radiogroup", name="Decision on C6 right")
    decision.get_by_label("Accept").check()
    page.get_by_role("button", name="Save decisions").click()
    expect(page.get_by_text("Brachioradialis, left", exact=True)).to_be_attached()
    looks_right(page, "assessment-plan")
    page.get_by_role("button", name="Sign and close").click()
    expect(page.get_by_text("Signed").first).to_be_visible()
    looks_right(page, "assessment-signed")


def open_signs(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(f"^{name}")).first.click()


def grade(page: Page, sign: str, site: str, side: str, value: int) -> None:
    page.locator(f"[data-cell='{sign}|{site}|{side}'] button[value$='|{value}']").click()


def treat(page: Page, base: str, patient: Patient) -> None:
    """All flagged muscles, a twitch each, needles counted, signed and closed."""
    page.goto(f"{base}/patients/{patient.pk}/")
    page.get_by_role("button", name="Start treatment session").click()
    page.locator("#pain_before-form").get_by_role("button", name="6", exact=True).click()
    page.get_by_role("button", name=re.compile("^Add all")).first.click()
    rows = page.locator("li.session-row")
    expect(rows).to_have_count(len(C6_MUSCLES))
    for number in range(len(C6_MUSCLES)):
        rows.nth(number).get_by_role("button", name="strong").click()
        expect(rows.nth(number).locator("[name=twitch][aria-pressed=true]")).to_have_text("strong")
    page.locator("#pain_after-form").get_by_role("button", name="3", exact=True).click()
    page.get_by_role("button", name="None", exact=True).click()
    page.get_by_role("button", name=re.compile("^All .* out$")).click()
    expect(page.get_by_text("All needles accounted for")).to_be_visible()
    looks_right(page, "session")
    page.get_by_role("link", name="Review and sign").click()
    looks_right(page, "session-sign")
    page.get_by_role("button", name="Sign session").click()
    page.get_by_label("Addendum").fill("Patient rang: feels well.")
    page.get_by_role("button", name=re.compile("addendum", re.IGNORECASE)).click()
    expect(page.get_by_text("Patient rang: feels well.")).to_be_visible()
    looks_right(page, "session-signed")


def answer_the_check(page: Page, base: str) -> None:
    """A day later the patient is short of breath and is told at once what to do."""
    send_check(SorenessFollowUp.objects.get(hours=24))
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(base + stations.path_of(Message.objects.latest("pk").secret_link))
    page.get_by_role("button", name="Start").click()
    stations.give_birth_date(page, BORN)
    looks_right(page, "check")
    for box in ("soreness_now", "main_pain_now"):
        stations.check(page, box, "4")
    page.get_by_label(re.compile("short of breath", re.IGNORECASE)).check(force=True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please act now")
    looks_right(page, "check-emergency")


def close_the_alert(page: Page, base: str) -> None:
    """It waits in the inbox until somebody writes what was done."""
    page.goto(f"{base}/inbox/")
    page.get_by_role("link", name="Open alert").first.click()
    looks_right(page, "alert")
    page.get_by_role("button", name="Close alert").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    page.get_by_label("Write it down to close the alert").fill("Phoned: at the emergency now.")
    page.get_by_role("button", name="Close alert").click()
    page.wait_for_url(f"{base}/inbox/")


def read_the_documents(page: Page, base: str, patient: Patient) -> None:
    """The five PDFs, read as text."""
    page.goto(f"{base}/patients/{patient.pk}/progress/")
    looks_right(page, "progress")
    page.goto(f"{base}/patients/{patient.pk}/")
    links = [link.get_attribute("href") for link in page.get_by_role("link", name="PDF").all()]
    links.append(f"/documents/progress/{patient.pk}.pdf")
    words = {
        "intake": ("apixaban", "Suitable with precautions", f"Signed as {NAME}"),
        "consent": ("Each sentence was ticked", "Chaperone: No, thank you"),
        "assessment": ("C6 right", "not a diagnosis", "Pronator teres"),
        "session": ("Right", "Brachioradialis", "strong", "Patient rang: feels well."),
        "progress": ("Trend from 3 sessions on",),
    }
    assert len(links) == len(words)
    for kind, expected in words.items():
        path = next(link for link in links if link and f"/{kind}/" in link)
        text = text_of(page.request.get(base + path).body())
        missing = [word for word in (*expected, NAME, patient.record_number) if word not in text]
        assert missing == [], f"{kind}: {missing}"
