from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.signing import Signer
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.choices import Action
from audit.models import AuditEvent
from people import links
from people.choices import LinkPurpose
from people.models import Patient, PatientLink, token_hash
from tests.factories import make_patient
from tests.scheduling.test_races import run_together

pytestmark = pytest.mark.django_db
INTAKE, CHECK = LinkPurpose.INTAKE, LinkPurpose.SORENESS_CHECK


def made(
    days: float = 1, patient: Patient | None = None, about: str = "visit-1"
) -> tuple[PatientLink, str]:
    expires = timezone.now() + timedelta(days=days)
    return links.make_link(patient or make_patient(), INTAKE, expires_at=expires, about=about)


def test_only_the_hash_of_a_token_is_kept() -> None:
    link, token = made()
    secret = token.partition(".")[0]
    assert len(secret) == 43
    assert link.token_hash == token_hash(secret)
    assert secret not in str(vars(link))


def test_a_link_opens_its_own_purpose_only() -> None:
    link, token = made()
    assert links.find_link(token, INTAKE) == link
    assert links.find_link(token, CHECK) is None


def test_a_token_that_was_not_signed_never_reaches_the_database() -> None:
    _, token = made()
    with CaptureQueriesContext(connection) as queries:
        assert links.find_link(token[:-1], INTAKE) is None
        assert links.find_link(token.partition(".")[0], INTAKE) is None
        assert links.find_link("", INTAKE) is None
        assert links.find_link("\0", INTAKE) is None
        assert links.find_link(token, CHECK) is None
    assert len(queries) == 0


def test_a_known_and_an_unknown_token_cost_the_same_look_up() -> None:
    _, token = made()
    unknown = Signer(sep=".", salt="people.links.intake").sign("x" * 43)
    found = []
    for one in (token, unknown):
        with CaptureQueriesContext(connection) as queries:
            found.append(links.find_link(one, INTAKE) is not None)
        assert len(queries) == 1
    assert found == [True, False]


def test_of_ten_thousand_random_tokens_none_opens_anything() -> None:
    made()
    signer = Signer(sep=".", salt="people.links.intake")
    signed = [signer.sign(links.secrets.token_urlsafe(32)) for _ in range(5000)]
    unsigned = [links.secrets.token_urlsafe(64) for _ in range(5000)]
    assert [one for one in signed + unsigned if links.find_link(one, INTAKE)] == []


def test_expired_closed_locked_and_unknown_links_look_alike() -> None:
    _, expired = made(days=-1)
    closed_link, closed = made()
    links.close_link(link=closed_link)
    locked_link, locked = made()
    PatientLink.objects.filter(pk=locked_link.pk).update(failed_tries=PatientLink.MAX_TRIES)
    found = [links.find_link(token, INTAKE) for token in (expired, closed, locked, "guess")]
    assert found == [None] * 4


def test_a_newer_link_about_the_same_row_closes_the_one_before() -> None:
    patient = make_patient()
    old, old_token = made(patient=patient)
    other, other_token = made(patient=patient, about="visit-2")
    PatientLink.objects.filter(pk=old.pk).update(devices=["phone"])
    new, new_token = made(patient=patient)
    assert links.find_link(old_token, INTAKE) is None
    assert links.find_link(new_token, INTAKE) == new
    assert links.find_link(other_token, INTAKE) == other
    assert new.devices == ["phone"]


def test_the_database_holds_one_open_link_a_purpose() -> None:
    link, _ = made()
    twin = PatientLink(
        patient=link.patient,
        purpose=link.purpose,
        about=link.about,
        token_hash="twin",
        expires_at=link.expires_at,
    )
    with pytest.raises(IntegrityError, match="one_open_link_a_purpose"):
        twin.save()


@pytest.mark.django_db(transaction=True)
def test_of_links_made_at_once_one_is_open() -> None:
    patient = make_patient()
    results = run_together(lambda _index: made(patient=patient), count=6)
    assert [one for one in results if isinstance(one, Exception)] == []
    assert PatientLink.objects.filter(revoked_at=None).count() == 1


def test_closing_leaves_one_audit_line_however_often() -> None:
    link, _ = made()
    links.close_link(link=link)
    links.close_link(link=link)
    lines = AuditEvent.objects.filter(action=Action.CHANGE, patient_number=link.patient_id)
    assert [line.detail for line in lines if line.detail] == ["closed"]


def test_a_browser_keeps_one_link_of_each_purpose() -> None:
    session, (link, _) = SessionStore(), made()
    session.create()
    known_before = session.session_key
    links.open_in(session, link)
    assert session.session_key != known_before
    assert links.link_in(session, INTAKE) == link
    assert links.link_in(session, CHECK) is None
    link.refresh_from_db()
    assert link.opened_at is not None


def test_the_right_date_of_birth_confirms_the_link_in_this_browser_only() -> None:
    session, (link, _) = SessionStore(), made()
    assert links.confirm_birth_date(session, link, link.patient.born_on) is True
    assert links.is_confirmed(session, link)
    assert not links.is_confirmed(SessionStore(), link)


def test_the_birth_date_of_another_patient_is_a_wrong_one() -> None:
    session, (link, _) = SessionStore(), made()
    other = make_patient(born_on=link.patient.born_on + timedelta(days=1))
    assert not links.confirm_birth_date(session, link, other.born_on)


def test_five_wrong_dates_of_birth_lock_the_link_and_leave_an_audit_line() -> None:
    session, (link, token) = SessionStore(), made()
    for _ in range(PatientLink.MAX_TRIES):
        assert links.confirm_birth_date(session, link, None) is False
    assert links.find_link(token, INTAKE) is None
    assert AuditEvent.objects.get(action=Action.DENY).detail == "date of birth wrong 5 times"


def test_the_desk_allows_five_more_tries() -> None:
    session, (link, token) = SessionStore(), made()
    PatientLink.objects.filter(pk=link.pk).update(failed_tries=PatientLink.MAX_TRIES)
    links.allow_more_tries(link=link)
    assert links.find_link(token, INTAKE) == link
    assert links.confirm_birth_date(session, link, link.patient.born_on)
    assert AuditEvent.objects.filter(detail="5 more tries allowed").count() == 1


def test_a_link_that_others_locked_meanwhile_takes_no_date_more() -> None:
    session, (link, _) = SessionStore(), made()
    PatientLink.objects.filter(pk=link.pk).update(failed_tries=PatientLink.MAX_TRIES)
    assert not links.confirm_birth_date(session, link, link.patient.born_on)
    assert not links.is_confirmed(session, link)


@pytest.mark.django_db(transaction=True)
def test_tries_from_many_browsers_at_once_are_counted_one_by_one() -> None:
    link, _ = made()
    results = run_together(
        lambda _index: links.confirm_birth_date(SessionStore(), link, None), count=12
    )
    link.refresh_from_db()
    assert results == [False] * 12
    assert link.failed_tries == PatientLink.MAX_TRIES


def test_forgetting_closes_every_patients_pages_in_this_browser() -> None:
    session, (link, _) = SessionStore(), made()
    session.create()
    links.open_in(session, link)
    links.confirm_birth_date(session, link, link.patient.born_on)
    links.forget_links(session)
    assert links.link_in(session, INTAKE) is None
    assert not links.is_confirmed(session, link)
