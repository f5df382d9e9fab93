"""The server refuses an incomplete, unsigned or forged form, whatever the browser sends."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from intake.choices import IntakeStatus
from intake.form_pages import form_pages, page_at
from intake.models import Consent, Intake, IntakeAnswer
from intake.questions import Page
from intake.services import locked_intake
from tests.intake.conftest import signing, typed
from tests.intake.test_views import fill_in_every_page

Submitted = Callable[..., Intake]


def test_consent_sent_while_pages_are_open_leads_back_to_them(
    opened: Client, intake: Intake
) -> None:
    answer = opened.post("/intake/consent/", signing())
    assert answer.headers["Location"] == "/intake/"
    intake.refresh_from_db()
    assert (intake.status, Consent.objects.count()) == (IntakeStatus.SENT, 0)
    assert IntakeAnswer.objects.count() == 0


@pytest.mark.parametrize("name", ["", "   ", "\0", "x" * 161])
def test_consent_without_a_name_is_refused(opened: Client, intake: Intake, name: str) -> None:
    fill_in_every_page(opened)
    answer = opened.post("/intake/consent/", signing(signed_name=name))
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    intake.refresh_from_db()
    assert (intake.status, Consent.objects.count()) == (IntakeStatus.STARTED, 0)


def test_fields_of_another_page_or_of_the_record_are_left_behind(
    opened: Client, intake: Intake
) -> None:
    page = form_pages()[0]
    forged = {"anticoagulant": "no", "status": "reviewed", "patient": "1", "submitted_at": "now"}
    assert opened.post(f"/intake/{page.slug}/", {**typed(page), **forged}).status_code == 302
    stored = set(IntakeAnswer.objects.values_list("question", flat=True))
    assert stored == {question.id for question in page.questions}
    intake.refresh_from_db()
    assert (intake.status, intake.submitted_at) == (IntakeStatus.STARTED, None)


@pytest.mark.parametrize("page", form_pages(), ids=lambda page: page.slug)
@pytest.mark.parametrize("value", ["forged", "a\0b", "\0", "9" * 4000, "é" * 20_000, "\ud83d"])
def test_no_value_ends_in_an_error_of_the_server(opened: Client, page: Page, value: str) -> None:
    names = [name for q in page.questions for name in (q.id, f"{q.id}-detail")]
    forged = typed(page) | {name: encode(value) for name in names}
    answer = opened.post(f"/intake/{page.slug}/", forged)
    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        assert "There is a problem" in answer.content.decode()


def encode(value: str) -> str:
    """As a browser would send it: half a pair of surrogates becomes a question mark."""
    return value.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("slug", ["level", "kind", "area"])
def test_an_option_the_form_does_not_offer_is_refused(opened: Client, slug: str) -> None:
    page = page_at(slug)
    assert page is not None
    answer = opened.post(f"/intake/{slug}/", typed(page, **{page.questions[0].id: "forged"}))
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert IntakeAnswer.objects.count() == 0


def test_one_option_sent_many_times_counts_once(opened: Client) -> None:
    opened.post("/intake/area/", {"chief_area": ["neckR"] * 200})
    assert IntakeAnswer.objects.get(question="chief_area").value == "neckR"


def test_too_many_fields_are_refused_in_words(opened: Client) -> None:
    answer = opened.post("/intake/area/", {"chief_area": ["neckR"] * 2000})
    assert answer.status_code == 400


def test_after_the_submit_no_page_writes(opened: Client, submitted: Submitted) -> None:
    submitted()
    before = list(IntakeAnswer.objects.values_list("question", "value", "detail"))
    for page in form_pages():
        answer = opened.post(f"/intake/{page.slug}/", typed(page, goal_1="Something else"))
        assert answer.headers["Location"] == "/intake/done/"
    again = opened.post("/intake/consent/", signing(signed_name="Somebody Else"))
    assert again.headers["Location"] == "/intake/done/"
    assert list(IntakeAnswer.objects.values_list("question", "value", "detail")) == before
    assert Consent.objects.get().signed_name == "Robin Sample"


@pytest.mark.django_db(transaction=True)
def test_a_page_that_meets_the_submit_leads_to_the_thanks(opened: Client, intake: Intake) -> None:
    """Continue waits for the submit of another tab, and then finds the form sent."""
    answers = []

    def press_continue() -> None:
        page = form_pages()[0]
        answers.append(opened.post(f"/intake/{page.slug}/", typed(page)))
        connections.close_all()

    waiting = threading.Thread(target=press_continue)
    with transaction.atomic():
        locked = locked_intake(intake)
        waiting.start()
        wait_for_a_blocked_query()
        locked.status, locked.submitted_at = IntakeStatus.SUBMITTED, timezone.now()
        locked.save()
    waiting.join()
    assert answers[0].headers["Location"] == "/intake/done/"
    assert IntakeAnswer.objects.count() == 0


def wait_for_a_blocked_query() -> None:
    """Until somebody waits for a lock; ends the test after some seconds when nobody does."""
    blocked = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(f"{blocked}; SELECT pg_sleep(0.02)")
            cursor.execute(blocked)
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("Continue did not wait for the submit")
