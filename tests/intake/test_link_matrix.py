"""Every purpose of a link against everything that may be wrong with it: one calm page for all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from audit.models import AuditEvent
from intake.consent import send_consent_link
from intake.form_pages import consent_questions
from intake.models import Intake
from intake.questions import TICKED
from intake.services import save_answers, send_intake, submit_intake
from notifications.models import Message
from people import links
from people.choices import LinkPurpose
from people.models import LinkCode, LinkMisses, PatientLink
from scheduling.choices import AppointmentStatus
from scheduling.services import set_status
from sessions.follow_up import send_check
from sessions.models import SorenessFollowUp
from tests import factories
from tests.intake.conftest import BORN, stored

pytestmark = pytest.mark.django_db
WRONG = {**BORN, "year": "1981"}


@dataclass(frozen=True)
class Way:
    """The addresses of one purpose, and how its link comes about."""

    first: str
    page: str
    send: Callable[[], PatientLink | None]


def send_an_intake() -> PatientLink | None:
    starts_at = timezone.now() + timedelta(days=2)
    appointment = factories.make_appointment(starts_at=starts_at)
    return send_intake(appointment=appointment, patient=appointment.patient).link


def send_a_check() -> PatientLink | None:
    factories.make_location()
    treatment = factories.make_treatment()
    due = SorenessFollowUp.objects.create(treatment=treatment, hours=24, due_at=timezone.now())
    return send_check(due).link


def send_a_consent() -> PatientLink | None:
    factories.make_location()
    return send_consent_link(patient=factories.make_patient())


WAYS = {
    LinkPurpose.INTAKE: Way("/i/", "/intake/", send_an_intake),
    LinkPurpose.SORENESS_CHECK: Way("/f/", "/check/", send_a_check),
    LinkPurpose.CONSENT: Way("/c/", "/consent/", send_a_consent),
}
purposes = pytest.mark.parametrize("purpose", LinkPurpose)


@dataclass(frozen=True)
class Sent:
    """A link as it stands in the message, and its row."""

    way: Way
    link: PatientLink
    token: str

    @property
    def address(self) -> str:
        return f"{self.way.first}{self.token}/"

    def opened(self, born: dict[str, str] | None = None) -> Client:
        """A browser that pressed Start and, when asked to, gave a date of birth."""
        browser = Client(REMOTE_ADDR="192.0.2.77")
        assert browser.post(f"{self.address}start/").status_code == 302
        if born:
            browser.post(f"{self.way.page}birth-date/", born)
        return browser


def sent(purpose: LinkPurpose) -> Sent:
    link = WAYS[purpose].send()
    assert link is not None
    token = Message.objects.latest("pk").secret_link.rstrip("/").rpartition("/")[2]
    return Sent(WAYS[purpose], link, token)


def tampered(one: Sent) -> str:
    return one.token[:-1] + ("a" if one.token[-1] != "a" else "b")


def other_secret(one: Sent) -> str:
    return ("a" if one.token[0] != "a" else "b") + one.token[1:]


def of_another_purpose(one: Sent) -> str:
    other = next(purpose for purpose in LinkPurpose if purpose != one.link.purpose)
    return sent(other).token


def expired(one: Sent) -> str:
    PatientLink.objects.filter(pk=one.link.pk).update(expires_at=timezone.now())
    return one.token


def closed(one: Sent) -> str:
    links.close_link(link=one.link)
    return one.token


def locked(one: Sent) -> str:
    browser = one.opened()
    for _ in range(PatientLink.MAX_TRIES):
        last = browser.post(f"{one.way.page}birth-date/", WRONG)
    assert last.status_code == 404
    return one.token


def replaced(one: Sent) -> str:
    patient, purpose = one.link.patient, LinkPurpose(one.link.purpose)
    ends = one.link.expires_at
    links.make_link(patient, purpose, expires_at=ends, about=one.link.about)
    return one.token


def unknown(_one: Sent) -> str:
    return "nothing"


BAD = (
    unknown, tampered, other_secret, of_another_purpose, expired, closed, locked, replaced
)  # fmt: skip


def answers(one: Sent, token: str) -> list[tuple[int, bytes, str]]:
    """What Start page and Start button answer to a browser that was never here."""
    address = f"{one.way.first}{token}/"
    browser = Client(REMOTE_ADDR="192.0.2.1")
    given = [browser.get(address), browser.post(f"{address}start/")]
    assert browser.head(address).status_code == 404
    return [(a.status_code, a.content, a.headers["Referrer-Policy"]) for a in given]


def test_every_purpose_has_its_way() -> None:
    assert set(WAYS) == set(LinkPurpose)


@purposes
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.__name__)
def test_every_bad_link_gets_the_same_calm_page(
    purpose: LinkPurpose, bad: Callable[[Sent], str]
) -> None:
    one = sent(purpose)
    calm = answers(one, "nothing")
    assert [status for status, _page, _policy in calm] == [404, 404]
    assert b"This link is closed" in calm[0][1]
    assert answers(one, bad(one)) == calm
    # no page opens in a browser that never had the link, with the same words
    assert Client().get(one.way.page).content == calm[0][1]


@purposes
@pytest.mark.parametrize("bad", [expired, closed, locked, replaced], ids=lambda bad: bad.__name__)
def test_a_browser_that_was_in_is_out_when_its_link_goes(
    purpose: LinkPurpose, bad: Callable[[Sent], str]
) -> None:
    one = sent(purpose)
    browser = one.opened(BORN)
    assert browser.get(one.way.page).status_code in (200, 302)
    bad(one)
    answer = browser.get(one.way.page)
    assert (answer.status_code, answer.content) == (404, Client().get("/i/no/").content)


@purposes
def test_a_scanner_that_opens_the_link_fifty_times_changes_nothing(purpose: LinkPurpose) -> None:
    one = sent(purpose)
    before = rows()
    scanner = Client(REMOTE_ADDR="192.0.2.9")
    for _ in range(50):
        assert scanner.get(one.address).status_code == 200
        assert scanner.head(one.address).status_code == 200
    assert rows() == before
    assert one.opened(BORN).get(one.way.page).status_code in (200, 302)


def rows() -> list[object]:
    """Everything that opening a link could change."""
    tables = (PatientLink, Intake, SorenessFollowUp, Message, AuditEvent, LinkCode, LinkMisses)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@purposes
def test_the_first_page_keeps_its_address_from_others_and_out_of_indexes(
    purpose: LinkPurpose,
) -> None:
    page = Client().get(sent(purpose).address)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.headers["Cache-Control"] == "no-store"
    assert b'src="http' not in page.content
    assert b'href="http' not in page.content


@purposes
def test_a_replayed_start_is_asked_for_the_date_of_birth_again(purpose: LinkPurpose) -> None:
    one = sent(purpose)
    one.opened(BORN)
    again = one.opened()
    assert again.get(one.way.page).headers["Location"] == f"{one.way.page}birth-date/"


@purposes
def test_another_patients_date_of_birth_opens_nothing(purpose: LinkPurpose) -> None:
    factories.make_patient(born_on="1981-05-17")
    one = sent(purpose)
    browser = one.opened(WRONG)
    assert browser.get(one.way.page).headers["Location"] == f"{one.way.page}birth-date/"


@purposes
def test_a_browsers_cookie_opens_its_own_purpose_only(purpose: LinkPurpose) -> None:
    browser = sent(purpose).opened(BORN)
    others = [way.page for other, way in WAYS.items() if other != purpose]
    assert [browser.get(page).status_code for page in others] == [404] * len(others)


@purposes
def test_a_link_opens_until_its_end_and_not_after(purpose: LinkPurpose) -> None:
    one = sent(purpose)
    moments = [timedelta(seconds=-1), timedelta(0), timedelta(seconds=1)]
    found = []
    for moment in moments:
        with time_machine.travel(one.link.expires_at + moment, tick=False):
            found.append(Client().get(one.address).status_code)
    assert found == [200, 404, 404]


def test_a_cancelled_appointment_closes_its_link() -> None:
    one = sent(LinkPurpose.INTAKE)
    calm = answers(one, "nothing")
    appointment = Intake.objects.get(link=one.link).appointment
    assert appointment is not None
    set_status(appointment, AppointmentStatus.CANCELLED)
    assert answers(one, one.token) == calm


def test_a_submitted_intake_has_used_its_link_up() -> None:
    one = sent(LinkPurpose.INTAKE)
    browser, calm = one.opened(BORN), answers(one, "nothing")
    intake = Intake.objects.get(link=one.link)
    submit(intake)
    assert answers(one, one.token) == calm
    assert browser.post("/intake/contact/", {}).headers["Location"] == "/intake/done/"
    assert intake.answers.count() == len(stored()) + consent_count()


def submit(intake: Intake) -> None:
    from_consent = {q.id: (TICKED, "") for q in consent_questions()}
    save_answers(intake, stored() | from_consent)
    submit_intake(intake, "Robin Sample")


def consent_count() -> int:
    return len(consent_questions())


def test_an_answered_check_can_be_corrected_until_its_link_ends() -> None:
    one = sent(LinkPurpose.SORENESS_CHECK)
    SorenessFollowUp.objects.filter(link=one.link).update(answered_at=timezone.now())
    assert Client().get(one.address).status_code == 200
    assert one.opened(BORN).get("/check/").status_code == 200
