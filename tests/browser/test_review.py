"""A red flag on the phone, and what the clinic does about it until the needles."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.form_pages import consent_questions, form_pages
from intake.models import Intake, IntakeReview
from intake.questions import TICKED
from intake.review import today
from intake.services import save_answers, send_intake, submit_intake
from notifications.models import Message
from people.choices import Role
from people.models import Patient, Practitioner
from scheduling.models import Appointment
from tests import factories
from tests.browser import stations
from tests.browser.conftest import DESKTOP, PHONE, SignIn, faults, picture, too_wide
from tests.intake.conftest import stored

SMALL, NARROW = {"width": 320, "height": 640}, {"width": 360, "height": 740}
LONG = "Wilhelmina-Alexandra Featherstonehaugh-Cholmondeley-Marjorib"


@pytest.fixture
def intake() -> Intake:
    """Sent for a visit in a few minutes, to a patient with a long name."""
    me = factories.make_practitioner(
        user=factories.make_user(Role.PHYSIOTHERAPIST, full_name="Mara Lindqvist")
    )
    patient = factories.make_patient(given_name=LONG[:20], family_name=LONG[21:])
    kind = factories.make_type(needs_intake=True)
    soon = timezone.now() + timedelta(minutes=5)
    appointment = factories.make_appointment(
        patient=patient, practitioner=me, appointment_type=kind, starts_at=soon
    )
    return send_intake(appointment=appointment, patient=patient)


def looks_right(page: Page, name: str, *sizes: dict[str, int]) -> None:
    """No accessibility fault and no sideways scroll at each size, and a picture when asked for."""
    for size in sizes or (DESKTOP, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert faults(page) == []
        assert not too_wide(page)
        picture(page, f"{name}-{size['width']}")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def test_from_the_red_flag_to_the_session(
    sign_in: SignIn, live_server: LiveServer, intake: Intake
) -> None:
    base = live_server.url
    appointment = intake.appointment
    assert appointment is not None
    me: Practitioner = appointment.practitioner

    page = sign_in(me.user)
    looks_right_inbox_is_empty(page, base)
    answer_on_the_phone(page, base)
    page = sign_in(factories.make_user(Role.FRONT_DESK))
    the_desk_sees_only_that_it_is_asked_to_call(page, base, appointment)
    page = sign_in(me.user)
    close_the_alert(page, base)
    submit_the_rest(intake)
    defer(page, base, intake)
    decide_that_it_is_suitable(page, base, intake)
    IntakeReview.objects.update(reviewed_at=intake.created_at - timedelta(days=1))
    ask_what_has_changed_and_start(page, base, intake.patient)


def looks_right_inbox_is_empty(page: Page, base: str) -> None:
    page.goto(f"{base}/inbox/")
    expect(page.get_by_text("All done")).to_be_visible()


def answer_on_the_phone(page: Page, base: str) -> None:
    """The advice comes with the answer, and the way on stays open."""
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    link = Message.objects.exclude(secret_link="").latest("pk").secret_link
    page.goto(base + stations.path_of(link))
    page.get_by_role("button", name="Start").click()
    stations.give_birth_date(page, Patient.objects.get().born_on)
    for question, words in (
        ("rf_weight_loss", "We will call you before your visit"),
        ("rf_saddle", "Go to an emergency department now"),
    ):
        asked = next(one for one in form_pages() if question in {q.id for q in one.questions})
        page.goto(f"{base}/intake/{asked.slug}/")
        stations.answer_page(page, asked, {question: ""})
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text(words)).to_be_visible()
        looks_right(page, f"red-flag-{question}", SMALL, PHONE)


def the_desk_sees_only_that_it_is_asked_to_call(page: Page, base: str, booked: Appointment) -> None:
    for address in (f"/calendar/{booked.wall_date}/", f"/patients/{booked.patient_id}/"):
        page.goto(base + address)
        expect(page.get_by_text("Physiotherapist asks you to call").first).to_be_attached()
        said = page.content().casefold()
        assert [
            word
            for word in ("numbness", "lost weight", "red flag", "emergency dep")
            if word in said
        ] == []
    picture(page, "desk-asked-to-call")


def close_the_alert(page: Page, base: str) -> None:
    page.goto(f"{base}/inbox/")
    expect(page.get_by_role("heading", name="Red flags in an intake")).to_be_visible()
    looks_right(page, "inbox-red-flag")
    page.get_by_role("link", name="Open alert").click()
    looks_right(page, "red-flag-alert")
    page.get_by_role("button", name="Close alert").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    looks_right(page, "red-flag-alert-error")
    page.get_by_label("Write it down to close the alert").fill("Called: old numbness, seen by GP.")
    page.get_by_role("button", name="Close alert").click()
    expect(page.get_by_text("The alert is closed.")).to_be_visible()


def submit_the_rest(intake: Intake) -> None:
    """The patient finishes the form, with a blood thinner, a collapsed lung, and a red flag."""
    answers = stored(rf_saddle="yes", previous_pneumothorax="yes", blood_borne_virus="yes")
    save_answers(intake, answers | {"anticoagulant": ("yes", "apixaban, since the operation")})
    save_answers(intake, {q.id: (TICKED, "") for q in consent_questions()})
    submit_intake(intake, intake.patient.full_name)


def defer(page: Page, base: str, intake: Intake) -> None:
    """An empty decision says all that is missing; then needling waits for a day."""
    page.goto(f"{base}/intakes/{intake.pk}/review/")
    looks_right(page, "review")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    looks_right(page, "review-errors")
    page.locator("input[name='reason-rf_saddle']").first.focus()
    page.keyboard.press("3")
    page.keyboard.press("2")
    expect(page.locator("input[name='reason-rf_saddle'][value='mitigated']")).to_be_checked()
    page.locator("[name='how-rf_saddle']").fill("Old, checked by the GP.")
    page.locator("input[name='reason-previous_pneumothorax'][value='not_suitable']").check()
    page.locator("input[name='reason-anticoagulant'][value='mitigated']").check()
    page.locator("[name='how-anticoagulant']").fill("Superficial sites, longer pressure.")
    page.get_by_label("Defer needling").check()
    page.get_by_label("Deferred until").fill(f"{today() + timedelta(days=2)}")
    page.get_by_label("Note", exact=True).fill("Waits for the letter of the GP.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{base}/patients/{intake.patient_id}/")
    expect(page.get_by_text("The review of the intake defers needling until")).to_be_visible()


def decide_that_it_is_suitable(page: Page, base: str, intake: Intake) -> None:
    """On the day the inbox brings it back; the earlier decision stays readable."""
    IntakeReview.objects.update(deferred_until=today())
    page.goto(f"{base}/inbox/")
    expect(page.get_by_text("deferred until today: review again")).to_be_visible()
    page.get_by_role("link", name="Review").last.click()
    page.get_by_label("Suitable with precautions").check()
    page.get_by_label("Note", exact=True).fill("Letter of the GP is here.")
    page.get_by_role("button", name="Save decision").click()
    page.wait_for_url(f"{base}/patients/{intake.patient_id}/")
    expect(page.get_by_text("Anticoagulant: Superficial sites, longer pressure.")).to_be_visible()
    page.goto(f"{base}/intakes/{intake.pk}/review/")
    expect(page.get_by_text("from “Defer needling”").first).to_be_visible()
    looks_right(page, "review-again")


def ask_what_has_changed_and_start(page: Page, base: str, patient: Patient) -> None:
    page.goto(f"{base}/patients/{patient.pk}/")
    looks_right(page, "record-asks")
    page.get_by_role("button", name="Start treatment session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anything changed since last time?")
    looks_right(page, "rescreen")
    page.locator("input[name='new_medicine'][value='yes']").check()
    page.get_by_role("button", name="Nothing changed").click()
    looks_right(page, "rescreen-errors")
    page.goto(f"{base}/patients/{patient.pk}/rescreen/")
    page.locator("input[name='new_medicine'][value='yes']").check()
    for name in ("new_pregnancy", "new_infection", "new_fever", "fainted_last_time"):
        page.locator(f"input[name='{name}'][value='no']").check()
    page.locator("input[name='new_procedure'][value='no']").check()
    page.get_by_role("button", name="Save and start").last.click()
    expect(page.get_by_role("heading", name="What the change means")).to_be_visible()
    looks_right(page, "rescreen-changed")
    page.goto(f"{base}/patients/{patient.pk}/rescreen/")
    page.get_by_role("button", name="Nothing changed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Treatment session")
    expect(page.get_by_text("Muscles over the lung are blocked for this patient")).to_be_visible()
    looks_right(page, "session-blocked")
