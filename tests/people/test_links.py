from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from people import links
from people.choices import LinkPurpose
from people.models import PatientLink, token_hash
from tests.factories import make_patient

pytestmark = pytest.mark.django_db
INTAKE, CHECK = LinkPurpose.INTAKE, LinkPurpose.SORENESS_CHECK


def made(days: float = 1, replaces: PatientLink | None = None) -> tuple[PatientLink, str]:
    expires = timezone.now() + timedelta(days=days)
    return links.make_link(make_patient(), INTAKE, expires_at=expires, replaces=replaces)


def test_only_the_hash_of_a_token_is_kept() -> None:
    link, token = made()
    assert len(token) == 43
    assert link.token_hash == token_hash(token)
    assert token not in str(vars(link))


def test_a_link_opens_its_own_purpose_only() -> None:
    link, token = made()
    assert links.find_link(token, INTAKE) == link
    assert links.find_link(token, CHECK) is None


def test_expired_revoked_locked_and_unknown_links_look_alike() -> None:
    _, expired = made(days=-1)
    revoked_link, revoked = made()
    links.revoke(revoked_link)
    locked_link, locked = made()
    PatientLink.objects.filter(pk=locked_link.pk).update(failed_tries=PatientLink.MAX_TRIES)
    found = [links.find_link(token, INTAKE) for token in (expired, revoked, locked, "guess")]
    assert found == [None] * 4


def test_a_newer_link_closes_the_one_it_replaces() -> None:
    old, old_token = made()
    _, new_token = made(replaces=old)
    assert links.find_link(old_token, INTAKE) is None
    assert links.find_link(new_token, INTAKE) is not None


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


def test_five_wrong_dates_of_birth_lock_the_link() -> None:
    session, (link, token) = SessionStore(), made()
    for _ in range(PatientLink.MAX_TRIES):
        assert links.confirm_birth_date(session, link, None) is False
    assert links.find_link(token, INTAKE) is None


def test_a_link_that_others_locked_meanwhile_takes_no_date_more() -> None:
    session, (link, _) = SessionStore(), made()
    PatientLink.objects.filter(pk=link.pk).update(failed_tries=PatientLink.MAX_TRIES)
    assert not links.confirm_birth_date(session, link, link.patient.born_on)
    assert not links.is_confirmed(session, link)
