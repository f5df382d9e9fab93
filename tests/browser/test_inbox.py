"""The inbox in the browser: empty and full, take over, co-sign, the number in the bar."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.choices import IntakeStatus
from intake.models import IntakeAlert
from people.attention import take_over
from people.choices import Role
from people.models import PhoneListEntry, Practitioner
from sessions.adverse import answer_none
from sessions.inbox import TREATING
from sessions.models import Alert, CoSignature, TreatmentSession
from sessions.needling import add_muscle, save_details
from sessions.services import sign_session
from sessions.tasks import sweep_alerts
from tests import factories
from tests.browser.conftest import DESKTOP, SignIn, faults, picture, too_wide

NARROW = {"width": 360, "height": 740}
LONG = "Maximiliana-Alexandrina von Hohenberg-Oberhausen zu Lichtenau"


def fits(page: Page, name: str) -> None:
    """No fault and no sideways scroll, at desk and phone width."""
    for size in (DESKTOP, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert faults(page) == []
        assert not too_wide(page)
        picture(page, f"{name}-{size['width']}")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def sign(
    patient_name: str, practitioner: Practitioner, muscles: tuple[str, ...]
) -> TreatmentSession:
    patient = factories.make_cleared_patient(family_name=patient_name)
    return sign_another(factories.make_treatment(patient, practitioner=practitioner), muscles)


def fill(treatment: TreatmentSession, muscles: tuple[str, ...], twitch: str = "strong") -> None:
    for muscle in muscles:
        add_muscle(treatment=treatment, muscle=muscle, side="right", segment="C5", twitch=twitch)
    save_details(
        treatment=treatment, pain_before=6, pain_after=3, needles_out=len(muscles), site="Neck"
    )


def sign_another(treatment: TreatmentSession, muscles: tuple[str, ...]) -> TreatmentSession:
    fill(treatment, muscles)
    answer_none(treatment=treatment)
    return sign_session(treatment=treatment, by=treatment.practitioner.user)


@pytest.fixture
def colleague(transactional_db: None) -> Practitioner:
    factories.make_location()
    user = factories.make_user(Role.PHYSIOTHERAPIST, full_name=LONG)
    return factories.make_practitioner(user=user)


@pytest.fixture
def me(colleague: Practitioner) -> Practitioner:
    return factories.make_practitioner()


def open_alert(practitioner: Practitioner, urgency: str, minutes: int) -> Alert:
    signed = sign(LONG, practitioner, ("deltoid",))
    return Alert.objects.create(
        patient=signed.patient,
        practitioner=practitioner,
        follow_up=signed.follow_ups.first(),
        urgency=urgency,
        reasons=[],
        opened_at=timezone.now() - timedelta(minutes=minutes),
    )


def fill_everything(me: Practitioner, colleague: Practitioner) -> None:
    """Every list of the inbox holds something."""
    booked = factories.make_appointment(practitioner=me)
    waiting = factories.make_intake(booked.patient, appointment=booked)
    IntakeAlert.objects.create(
        intake=waiting, patient=booked.patient, urgency="urgent", questions=[]
    )
    later = timezone.now() + timedelta(hours=3)
    review = factories.make_appointment(practitioner=me, starts_at=later)
    factories.make_intake(review.patient, appointment=review, status=IntakeStatus.SUBMITTED)
    for minutes, urgency in ((12, "emergency"), (200, "contact_clinic")):
        open_alert(me, urgency, minutes)
    open_alert(colleague, "same_day", 90)
    factories.make_treatment(practitioner=me)
    factories.make_treatment(practitioner=me, started_at=timezone.now() - timedelta(days=3))
    factories.make_assessment(practitioner=me)
    colleague.supervisor = me
    colleague.save()
    sign(LONG, colleague, ("soleus",))
    mine = open_alert(me, "contact_clinic", 50)
    reason = "On leave until Monday"
    take_over(
        rows=Alert.objects.open(),
        pk=mine.pk,
        owner=TREATING,
        by=colleague.user,
        reason=reason,
        shown=me.user.pk,
    )


def test_the_empty_inbox_is_done(
    me: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in(me.user)
    page.goto(f"{live_server.url}/inbox/")
    expect(page.get_by_text("All done", exact=True)).to_be_visible()
    fits(page, "inbox-empty")


def test_the_full_inbox_is_accessible_and_in_order(
    me: Practitioner, colleague: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    fill_everything(me, colleague)
    page = sign_in(me.user)
    page.goto(f"{live_server.url}/inbox/")
    assert page.locator("main h2").all_inner_texts() == [
        "Red flags in an intake",
        "Answers that need a call",
        "To sign",
        "To co-sign",
        "Intakes to review",
        "Taken over from you",
    ]
    fits(page, "inbox-full")
    page.goto(f"{live_server.url}/inbox/?whose=everyone")
    fits(page, "inbox-everyone")


def test_an_emergency_of_a_colleague_is_taken_over_and_closed(
    me: Practitioner, colleague: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    PhoneListEntry.objects.create(place=1, name="Dr Vale", role="Owner", phone="604 555 0177")
    open_alert(colleague, "emergency", 12)
    sweep_alerts(0)
    page = sign_in(me.user)
    page.goto(f"{live_server.url}/inbox/")
    page.get_by_role("link", name="Open alert").click()
    expect(page.get_by_text("Passed on: ")).to_be_visible()
    fits(page, "alert-passed-on")
    page.get_by_role("link", name="Take over").click()
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_role("alert")).to_contain_text("Write why you take it over")
    fits(page, "take-over-refused")
    page.get_by_label("Why do you take it over?").fill("Not in the house today")
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("Not in the house today")).to_be_visible()
    page.get_by_label("Write it down to close the alert").fill("Phoned, sent to the hospital.")
    page.get_by_role("button", name="Close alert").click()
    expect(page.get_by_text("All done", exact=True)).to_be_visible()


def test_the_review_page_shows_what_differs_and_the_supervisor_co_signs(
    me: Practitioner, colleague: Practitioner, sign_in: SignIn, live_server: LiveServer
) -> None:
    colleague.supervisor = me
    colleague.save()
    before = sign(LONG, colleague, ("deltoid", "biceps_brachii"))
    patient = before.patient
    treatment = factories.make_treatment(patient, practitioner=colleague)
    fill(treatment, ("deltoid", "soleus"), twitch="none")
    answer_none(treatment=treatment)
    page = sign_in(colleague.user)
    page.goto(f"{live_server.url}/sessions/{treatment.pk}/sign/")
    expect(page.get_by_text("was twitch strong")).to_be_visible()
    fits(page, "review-differs")
    page.get_by_role("button", name="Sign session").click()
    expect(page.get_by_text("works under supervision")).to_be_visible()
    page = sign_in(me.user)
    page.goto(f"{live_server.url}/inbox/")
    page.get_by_role("link", name="Read session").last.click()
    fits(page, "co-sign")
    page.get_by_role("button", name="Co-sign session").click()
    expect(page.get_by_text(f"{me.user.full_name} co-signed on")).to_be_visible()
    assert CoSignature.objects.waiting().count() == 1


def test_the_number_in_the_bar_follows_without_a_reload(me: Practitioner, sign_in: SignIn) -> None:
    page = sign_in(me.user)
    badge = page.locator("[data-counted-at]")
    expect(badge).to_be_hidden()
    factories.make_treatment(practitioner=me)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(badge).to_have_text("1 waiting")


def test_the_admin_arranges_supervision(
    me: Practitioner, colleague: Practitioner, sign_in: SignIn
) -> None:
    page = sign_in(factories.make_user(Role.CLINIC_ADMIN))
    page.get_by_role("link", name="Supervision and cover").click()
    fits(page, "supervision")
    card = page.get_by_role("region", name=LONG)
    card.get_by_label("Supervisor, who co-signs").select_option(me.user.full_name)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Supervision and cover are saved.")).to_be_visible()
    colleague.refresh_from_db()
    assert colleague.supervisor == me
