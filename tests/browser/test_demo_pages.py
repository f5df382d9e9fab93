"""The demo clinic as its people see it: much data, long names, at three widths, in both schemes."""

import pytest
from django.core.management import call_command
from django.db.models import Count, Q
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.models import Assessment
from ims_clinic.demo_accounts import PASSWORD
from intake.models import Intake, IntakeAlert
from intake.review import today
from intake.withdrawals import unseen_withdrawals
from people.models import Patient
from sessions.models import Alert, TreatmentSession
from tests.browser.conftest import DESKTOP, faults, picture, too_wide

WIDTHS = (1280, 820, 360)
LONG_NAME = "Featherstonehaugh"


def test_every_page_of_the_demo_clinic_is_accessible_and_fits(
    quiet_page: Page, live_server: LiveServer
) -> None:
    call_command("demo_clinic")
    for email, pages in (("desk@demo.example", desk_pages()), ("physio@demo.example", clinical())):
        enter(quiet_page, live_server.url, email)
        for path, name in pages:
            look(quiet_page, live_server.url + path, name)


def enter(page: Page, base: str, email: str) -> None:
    page.context.clear_cookies()
    page.set_viewport_size(DESKTOP)
    page.goto(f"{base}/account/sign-in/")
    page.get_by_label("Email").fill(email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def look(page: Page, address: str, name: str) -> None:
    """Accessible and not too wide at each width; a picture of the widest."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        if width == WIDTHS[0]:
            picture(page, name)
        assert faults(page) == [], f"{name} at {width}"
        assert not too_wide(page), f"{name} at {width}"


def desk_pages() -> list[tuple[str, str]]:
    long_name = Patient.objects.get(family_name__startswith=LONG_NAME)
    reminded = Intake.objects.exclude(reminders=None).latest("pk")
    return [
        ("/", "desk-home"),
        ("/calendar/", "desk-calendar"),
        ("/patients/?q=a", "desk-patients"),
        (f"/patients/{long_name.pk}/", "desk-patient"),
        (f"/book/?patient={long_name.pk}", "desk-book"),
        (f"/patients/{reminded.patient_id}/", "desk-patient-intake"),
        (f"/appointments/{reminded.appointment_id}/", "desk-appointment"),
    ]


def clinical() -> list[tuple[str, str]]:
    flagged = Assessment.objects.filter(flags__isnull=False, signed_at__isnull=False).latest("pk")
    draft = Assessment.objects.filter(signed_at=None).latest("pk")
    open_session = TreatmentSession.objects.filter(signed_at=None).latest("pk")
    signed = Count("treatmentsession", filter=Q(treatmentsession__signed_at__isnull=False))
    patient = Patient.objects.annotate(signed=signed).order_by("-signed", "pk")[0].pk
    waiting = Intake.objects.waiting_for_review(today()).latest("pk")
    return [
        ("/", "physio-home"),
        ("/inbox/?whose=everyone", "physio-inbox"),
        (f"/patients/{patient}/", "physio-record"),
        (f"/patients/{patient}/progress/", "physio-progress"),
        (f"/patients/{patient}/outcomes/", "physio-outcomes"),
        ("/learning/", "physio-learning"),
        (f"/intakes/{waiting.pk}/review/", "physio-review"),
        (f"/assessments/{draft.pk}/", "physio-assessment"),
        (f"/assessments/{flagged.pk}/", "physio-assessment-signed"),
        (f"/sessions/{open_session.pk}/", "physio-session"),
        (f"/intake-alerts/{IntakeAlert.objects.open().latest('pk').pk}/", "physio-red-flag"),
        (f"/patients/{unseen_withdrawals(None).get().patient_id}/", "physio-record-withdrawn"),
        (f"/patients/{patient}/rescreen/", "physio-rescreen"),
        (f"/alerts/{Alert.objects.open().latest('pk').pk}/", "physio-alert"),
    ]


@pytest.fixture(autouse=True)
def slow_first_page(quiet_page: Page) -> None:
    """The demo takes a while to fill; the first page after it may be slow on a busy machine."""
    quiet_page.set_default_timeout(20_000)
