"""The link on a patient's devices: a second one, a closed link, and the clinic's own tablet."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.form_pages import form_pages
from intake.models import Intake
from intake.services import save_answers, send_intake
from notifications.models import Message
from people.links import close_link
from people.models import PatientLink
from scheduling.models import Appointment
from tests import factories
from tests.browser import stations
from tests.browser.conftest import DESKTOP, PHONE, SignIn, faults, picture, too_wide
from tests.intake.conftest import stored

BORN = date(1980, 5, 17)
SECRET = "My left knee since the fall"
SMALL = {"width": 320, "height": 640}
LONG = "Bartholomew-Maximilian Featherstonehaugh-Cholmondeley-Windsor"
NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[NewPage]:
    """A device of its own, with or without script; a refused resource or script error fails."""
    contexts, heard = [], []

    def make(size: dict[str, int], *, script: bool = True) -> Page:
        context = browser.new_context(
            viewport=size, java_script_enabled=script, base_url=live_server.url, locale="en-CA"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: heard.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture
def appointment() -> Appointment:
    starts_at = timezone.now() + timedelta(days=2)
    patient = factories.make_patient(given_name=LONG[:22], family_name=LONG[23:])
    kind = factories.make_type(needs_intake=True)
    return factories.make_appointment(patient=patient, starts_at=starts_at, appointment_type=kind)


@pytest.fixture
def intake(appointment: Appointment) -> Intake:
    """Sent, and answered but for the signature."""
    return send_intake(appointment=appointment, patient=appointment.patient)


def answer_all(intake: Intake) -> None:
    save_answers(intake, {**stored(), "problem_worse": ("given", SECRET)})


def link_in_the_message() -> str:
    message = Message.objects.filter(secret_link__contains="/i/").latest("pk")
    return stations.path_of(message.secret_link)


def start(page: Page) -> None:
    page.goto(link_in_the_message())
    page.get_by_role("button", name="Start").click()
    stations.give_birth_date(page, BORN)


def looks_right(page: Page, name: str) -> None:
    assert not too_wide(page)
    assert faults(page) == []
    picture(page, name)


def looks_right_at_both_ends(page: Page, name: str) -> None:
    """On the smallest phone and at a desk."""
    for size in (DESKTOP, SMALL):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict of the same keys
        looks_right(page, f"{name}-{size['width']}")


def test_a_second_device_sees_the_answers_with_a_code(new_page: NewPage, intake: Intake) -> None:
    first = new_page(PHONE)
    start(first)
    answer_all(intake)
    second = new_page(SMALL)
    start(second)
    expect(second.get_by_role("heading", level=1)).to_have_text("You started on another device")
    looks_right_at_both_ends(second, "device")
    second.get_by_role("button", name="Send me a code").click()
    looks_right_at_both_ends(second, "device-code")
    second.get_by_label("Code from the e-mail").fill("12")
    second.get_by_role("button", name="Show my answers").click()
    expect(second.get_by_role("alert")).to_contain_text("Enter the 6 numbers")
    looks_right_at_both_ends(second, "device-code-wrong")
    second.get_by_label("Code from the e-mail").fill(Message.objects.latest("pk").secret_link)
    second.get_by_role("button", name="Show my answers").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert SECRET in second.content()
    first.goto("/intake/check/")
    assert SECRET in first.content()


@pytest.mark.parametrize("script", [True, False])
def test_a_second_device_goes_on_without_a_code(
    new_page: NewPage, intake: Intake, script: bool
) -> None:
    start(new_page(PHONE))
    answer_all(intake)
    page = new_page(SMALL, script=script)
    start(page)
    page.get_by_role("link", name="Go on without a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.get_by_text("Answered", exact=True)).to_have_count(len(form_pages()))
    assert SECRET not in page.content()
    if script:
        looks_right_at_both_ends(page, "device-check")
    page.get_by_role("link", name="Change Your story").or_(
        page.locator("a[href='/intake/story/?change=1']")
    ).first.click()
    assert SECRET not in page.content()
    if script:
        looks_right_at_both_ends(page, "device-answered")
    page.get_by_role("link", name="Answer again").click()
    expect(page.locator("[name='problem_worse']")).to_have_value("")


def bad_links(intake: Intake) -> Iterator[str]:
    """One address after the other, each bad in its own way."""
    address = link_in_the_message()
    yield "/i/nothing/"
    yield f"{address[:-3]}xx/"
    yield address.replace("/i/", "/f/")
    assert intake.link is not None
    known = PatientLink.objects.filter(pk=intake.link.pk)
    known.update(failed_tries=PatientLink.MAX_TRIES)
    yield address
    ends = intake.link.expires_at
    known.update(failed_tries=0, expires_at=timezone.now())
    yield address
    known.update(expires_at=ends)
    close_link(link=intake.link)
    yield address


def test_every_kind_of_bad_link_looks_the_same(new_page: NewPage, intake: Intake) -> None:
    page, shots = new_page(SMALL), []
    for address in bad_links(intake):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
        shots.append(page.screenshot())
    looks_right_at_both_ends(page, "link-closed")
    assert len(shots) == 6
    assert set(shots) == {shots[0]}
    for _ in range(6):
        answer = page.goto("/i/nothing/")
    assert answer is not None
    assert answer.status == 429
    looks_right_at_both_ends(page, "link-wait")


def test_the_clinics_tablet_is_handed_over_and_back(
    sign_in: SignIn, live_server: LiveServer, appointment: Appointment
) -> None:
    base = live_server.url
    page = sign_in(factories.make_user())
    page.goto(f"{base}/patients/{appointment.patient_id}/")
    page.get_by_text("Other ways").click()
    looks_right(page, "desk-intake-link")
    page.get_by_role("button", name="Fill in here").click()
    page.set_viewport_size({"width": 820, "height": 1180})
    looks_right(page, "tablet-start")
    page.get_by_role("button", name="Start").click()
    stations.give_birth_date(page, BORN)
    expect(page.get_by_role("heading", level=1)).to_have_text(form_pages()[0].title)
    looks_right(page, "tablet-page")
    save_answers(Intake.objects.get(), stored())
    page.goto(f"{base}/intake/consent/")
    stations.sign_consent(page, "Robin Sample")
    expect(page.get_by_text("Please hand the device back now")).to_be_visible()
    looks_right(page, "tablet-done")
    page.goto(f"{base}/patients/{appointment.patient_id}/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(f"{base}/intake/done/")
    page.get_by_role("button", name="Hand the device back").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.request.get(f"{base}/intake/done/").status == 404


def test_a_half_filled_form_is_left_by_handing_back(
    sign_in: SignIn, live_server: LiveServer, appointment: Appointment
) -> None:
    page = sign_in(factories.make_user())
    page.goto(f"{live_server.url}/appointments/{appointment.pk}/")
    page.get_by_role("button", name="Fill in here").click()
    page.get_by_role("button", name="Hand the device back").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert {one["name"] for one in page.context.cookies()} <= {"csrftoken", "messages"}


@pytest.mark.parametrize("size", [DESKTOP, {"width": 360, "height": 740}], ids=["wide", "narrow"])
def test_the_qr_code_opens_the_form_on_the_patients_own_phone(
    sign_in: SignIn, live_server: LiveServer, appointment: Appointment, size: dict[str, int]
) -> None:
    page = sign_in(factories.make_user())
    page.set_viewport_size(size)
    page.goto(f"{live_server.url}/appointments/{appointment.pk}/")
    looks_right(page, f"desk-appointment-{size['width']}")
    page.get_by_role("button", name="Show QR code").click()
    looks_right(page, f"desk-qr-{size['width']}")
    expect(page.get_by_role("img", name="QR code of the intake link")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("button", name="Close the link")).to_be_visible()
    PatientLink.objects.update(failed_tries=PatientLink.MAX_TRIES)
    page.goto(f"{live_server.url}/patients/{appointment.patient_id}/")
    looks_right(page, f"desk-locked-{size['width']}")
    page.get_by_role("button", name="Allow 5 more tries").click()
    expect(page.get_by_text("The patient has 5 more tries.")).to_be_visible()
