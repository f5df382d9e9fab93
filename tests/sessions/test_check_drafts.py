"""What is typed in a check and not sent: kept, shown again, gone with Send, never after it."""

import re
from typing import Any

import pytest
from django.test import Client

from audit.models import AuditEvent
from intake.drafts import LONGEST
from people.models import PatientLink
from sessions.check_drafts import draft_of
from sessions.follow_up import answers_of, questions_of, send_check
from sessions.models import Alert, CheckDraft, SorenessFollowUp, TreatmentSession
from tests.checks import page_filled_in
from tests.sessions.test_check_views import other_device, token_of

BORN = {"day": "17", "month": "5", "year": "1980"}


@pytest.fixture
def check(signed: TreatmentSession) -> SorenessFollowUp:
    return send_check(SorenessFollowUp.objects.get(treatment=signed, hours=24))


@pytest.fixture
def opened(check: SorenessFollowUp, client: Client) -> Client:
    client.post(f"/f/{token_of(check)}/start/")
    client.post("/check/birth-date/", BORN)
    return client


def typed(version: int = 0, sequence: int = 1, **fields: Any) -> dict[str, Any]:
    return {"draft-version": version, "draft-sequence": sequence, **fields}


def test_what_is_typed_is_kept_and_shown_again(opened: Client, check: SorenessFollowUp) -> None:
    sent = typed(soreness_now="4", places=["shldrR"], free_text="Slept well", strange="x")
    answer = opened.post("/check/draft/", sent)
    assert (answer.status_code, answer.headers["Draft-Sequence"]) == (204, "1")
    assert CheckDraft.objects.get().data == {
        "soreness_now": ["4"],
        "places": ["shldrR"],
        "free_text": ["Slept well"],
    }
    page = opened.get("/check/").content.decode()
    assert 'data-sequence="1"' in page
    assert "Slept well" in page
    assert re.search(r'name="soreness_now" value="4"[^>]*checked', page)
    assert re.search(r'name="places" value="shldrR"[^>]*checked', page)
    assert answers_of(check) == {}


def test_older_typing_leaves_newer_words_as_they_are(opened: Client) -> None:
    opened.post("/check/draft/", typed(sequence=9, free_text="New"))
    answer = opened.post("/check/draft/", typed(sequence=3, free_text="Old"))
    assert (answer.status_code, answer.headers["Draft-Sequence"]) == (204, "9")
    assert CheckDraft.objects.get().data == {"free_text": ["New"]}


def test_send_forgets_the_draft_and_a_late_typing_cannot_bring_it_back(
    opened: Client, check: SorenessFollowUp
) -> None:
    opened.post("/check/draft/", typed(free_text="Before"))
    opened.post("/check/", page_filled_in(questions_of(check)))
    assert CheckDraft.objects.count() == 0
    assert opened.post("/check/draft/", typed(sequence=99, free_text="Late")).status_code == 409
    assert CheckDraft.objects.count() == 0


def test_after_send_a_correction_is_kept_as_a_draft_too(
    opened: Client, check: SorenessFollowUp
) -> None:
    opened.post("/check/", page_filled_in(questions_of(check), free_text="First"))
    check.refresh_from_db()
    version = draft_of(check).version
    assert version > 0
    assert f'name="draft-version" value="{version}"' in opened.get("/check/").content.decode()
    answer = opened.post("/check/draft/", typed(version=version, free_text="Second"))
    assert answer.status_code == 204
    assert "Second" in opened.get("/check/").content.decode()
    assert answers_of(check)["free_text"] == "First"


def test_a_page_that_send_refused_keeps_its_words(opened: Client) -> None:
    page = opened.post("/check/", {"free_text": "Kept", "soreness_now": "3"}).content.decode()
    assert "There is a problem" in page
    again = opened.get("/check/").content.decode()
    assert "Kept" in again
    assert re.search(r'name="soreness_now" value="3"[^>]*checked', again)


def test_a_draft_opens_no_alert_and_leaves_no_history(opened: Client) -> None:
    lines = AuditEvent.objects.count()
    opened.post("/check/draft/", typed(unusual=["none"]))
    assert (Alert.objects.count(), AuditEvent.objects.count()) == (0, lines)


def test_another_device_is_not_shown_the_draft(opened: Client, check: SorenessFollowUp) -> None:
    opened.post("/check/draft/", typed(free_text="Mine"))
    assert "Mine" not in other_device(check).get("/check/").content.decode()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"draft-version": "x", "draft-sequence": "1"}, 400),
        ({"draft-version": "0"}, 400),
        (typed(version=7), 409),
        (typed(free_text="x" * (LONGEST + 1)), 413),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_number(
    opened: Client, fields: dict[str, Any], status: int
) -> None:
    assert opened.post("/check/draft/", fields).status_code == status
    assert CheckDraft.objects.count() == 0


def test_without_the_birth_date_the_link_must_be_opened_again(
    check: SorenessFollowUp, client: Client
) -> None:
    client.post(f"/f/{token_of(check)}/start/")
    assert client.post("/check/draft/", typed(free_text="x")).status_code == 401
    PatientLink.objects.update(failed_tries=5)
    assert client.post("/check/draft/", typed(free_text="x")).status_code == 404
    assert CheckDraft.objects.count() == 0
