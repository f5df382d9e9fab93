"""What the page sends while somebody types, and what the page shows when it is opened again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake.choices import IntakeStatus
from intake.form_pages import page_at
from intake.models import Consent, Intake, IntakeAnswer, IntakeDraft
from people.models import PatientLink
from tests.intake.conftest import signing, token_of_newest_message
from tests.intake.test_views import fill_in_every_page

Submitted = Callable[..., Intake]
DRAFT = "/intake/story/draft/"
STORY = {"problem_start": "3 weeks ago", "problem_worse": "Stairs & hills"}


def send(client: Client, sequence: int = 1, version: int = 0, **fields: object) -> int:
    numbers = {"draft-version": version, "draft-sequence": sequence}
    return client.post(DRAFT, {**STORY, **numbers, **fields}).status_code


def continue_story(client: Client, **fields: object) -> int:
    return client.post("/intake/story/", {**STORY, **fields}).status_code


def shown(client: Client, slug: str = "story") -> str:
    answer = client.get(f"/intake/{slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_typed_is_kept_and_acknowledged(opened: Client) -> None:
    answer = opened.post(DRAFT, {**STORY, "draft-version": "0", "draft-sequence": "7"})
    assert (answer.status_code, answer.headers["Draft-Sequence"]) == (204, "7")
    assert IntakeDraft.objects.get().data == {name: [text] for name, text in STORY.items()}
    assert IntakeAnswer.objects.count() == 0


def test_older_typing_is_told_which_is_kept(opened: Client) -> None:
    send(opened, 7)
    answer = opened.post(DRAFT, {"draft-version": "0", "draft-sequence": "3"})
    assert (answer.status_code, answer.headers["Draft-Sequence"]) == (204, "7")


def test_opened_again_the_page_shows_what_was_typed_and_no_error(opened: Client) -> None:
    send(opened, 7)
    page = shown(opened)
    assert "Stairs &amp; hills" in page
    assert 'value="3 weeks ago"' in page
    assert 'data-sequence="7"' in page
    assert "Error" not in page


def test_another_device_does_not_show_it(opened: Client) -> None:
    send(opened)
    other = Client()
    other.post(f"/i/{token_of_newest_message()}/start/")
    other.post("/intake/birth-date/", {"day": "17", "month": "5", "year": "1980"})
    assert "Stairs &amp; hills" not in shown(other)
    assert "Stairs &amp; hills" in shown(opened)


def test_ticks_are_shown_as_they_were_left(opened: Client) -> None:
    opened.post("/intake/kind/", {"pain_quality": ["sharp"], "handedness": "left"})
    page = {"pain_quality": ["numb", "cold"], "draft-version": 1, "draft-sequence": 1}
    assert opened.post("/intake/kind/draft/", page).status_code == 204
    html = shown(opened, "kind")
    ticked = [value for value in ("sharp", "numb", "cold", "left") if is_ticked(html, value)]
    assert ticked == ["numb", "cold"]


def is_ticked(page: str, value: str) -> bool:
    tag = page.split(f'value="{value}"', 1)[1].split(">", 1)[0]
    return "checked" in tag


def test_a_refused_page_keeps_what_was_typed(opened: Client) -> None:
    assert opened.post("/intake/story/", {"problem_worse": "Stairs & hills"}).status_code == 200
    assert "Stairs &amp; hills" in shown(opened)
    assert IntakeAnswer.objects.count() == 0


def test_after_continue_the_page_shows_the_saved_answer(opened: Client) -> None:
    send(opened, 1, problem_worse="half a wo")
    assert continue_story(opened, **{"draft-version": 0}) == 302
    page = shown(opened)
    assert "half a wo" not in page
    assert 'name="draft-version" value="1"' in page


def test_a_late_draft_of_a_saved_page_is_a_conflict(opened: Client) -> None:
    continue_story(opened, **{"draft-version": 0})
    assert send(opened, 2**50) == 409
    assert opened.get("/intake/").headers["Location"] == "/intake/contact/"


def test_a_second_tap_saves_nothing_twice(opened: Client) -> None:
    for _ in range(2):
        assert continue_story(opened, **{"draft-version": 0}) == 302
    assert IntakeAnswer.objects.count() == len(page_at("story").questions)  # type: ignore[union-attr]


def test_an_older_tab_asks_before_it_replaces_what_a_newer_one_saved(opened: Client) -> None:
    continue_story(opened, **{"draft-version": 0})
    older = {"problem_start": "in spring", "draft-version": 0}
    page = opened.post("/intake/story/", older).content.decode()
    assert "You saved this page in another tab" in page
    assert 'value="in spring"' in page
    assert IntakeAnswer.objects.get(question="problem_start").detail == "3 weeks ago"
    assert continue_story(opened, problem_start="in spring", **{"draft-version": 1}) == 302
    assert IntakeAnswer.objects.get(question="problem_start").detail == "in spring"


def test_an_older_tab_that_is_also_incomplete_is_told_of_both(opened: Client) -> None:
    continue_story(opened, **{"draft-version": 0})
    page = opened.post("/intake/story/", {"draft-version": 0}).content.decode()
    assert "You saved this page in another tab" in page
    assert "There is a problem" in page


def test_coming_back_opens_the_first_page_without_answers_then_unsaved_words(
    opened: Client,
) -> None:
    send(opened)
    assert opened.get("/intake/").headers["Location"] == "/intake/contact/"
    fill_in_every_page(opened)
    assert opened.get("/intake/").headers["Location"] == "/intake/check/"
    assert send(opened, 2**50, version=1) == 204
    assert opened.get("/intake/").headers["Location"] == "/intake/story/?change=1"


@pytest.mark.parametrize(
    "numbers",
    [
        {},
        {"draft-version": "0"},
        {"draft-version": "0", "draft-sequence": "-1"},
        {"draft-version": "x", "draft-sequence": "1"},
        {"draft-version": "0", "draft-sequence": "9" * 30},
    ],
)
def test_a_draft_without_its_numbers_is_refused(opened: Client, numbers: dict[str, str]) -> None:
    assert opened.post(DRAFT, {**STORY, **numbers}).status_code == 400
    assert IntakeDraft.objects.count() == 0


def test_a_draft_holds_64_kilobytes_and_no_forged_field(opened: Client) -> None:
    assert send(opened, problem_worse="x" * 70_000) == 413
    assert send(opened, problem_worse="a\0b", status="reviewed", anticoagulant="no") == 204
    assert IntakeDraft.objects.get().data == {
        "problem_start": ["3 weeks ago"],
        "problem_worse": ["ab"],
    }


def test_a_page_that_is_none_has_no_draft(opened: Client) -> None:
    assert opened.post("/intake/nothing/draft/", {}).status_code == 404
    assert opened.get(DRAFT).status_code == 405


def test_before_the_birth_date_nothing_is_kept(intake: Intake, client: Client) -> None:
    assert send(client) == 404
    client.post(f"/i/{token_of_newest_message()}/start/")
    assert send(client) == 401
    assert IntakeDraft.objects.count() == 0


def test_an_expired_link_keeps_nothing(opened: Client) -> None:
    PatientLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert send(opened) == 404
    assert IntakeDraft.objects.count() == 0


def test_a_form_that_was_sent_says_so(opened: Client, submitted: Submitted) -> None:
    submitted()
    assert send(opened) == 410
    assert IntakeDraft.objects.count() == 0


def test_a_draft_never_completes_a_form(opened: Client, intake: Intake) -> None:
    fill_in_every_page(opened)
    IntakeAnswer.objects.filter(question="problem_start").delete()
    assert send(opened, 2**50, version=1) == 204
    answer = opened.post("/intake/consent/", signing())
    assert answer.headers["Location"] == "/intake/"
    intake.refresh_from_db()
    assert (intake.status, Consent.objects.count()) == (IntakeStatus.STARTED, 0)


def test_keeping_a_draft_takes_few_queries(
    opened: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    send(opened, 1)
    # session, link, actor, intake, lock, draft, its write, actor; one transaction inside the test's
    with django_assert_num_queries(8 + 2):  # type: ignore[attr-defined]
        assert send(opened, 2) == 204
