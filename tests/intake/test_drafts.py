from typing import Any

import pytest
from django import forms
from django.db import DatabaseError, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import AuditEvent
from intake.drafts import (
    LONGEST,
    DraftTooLong,
    Fields,
    IntakeClosed,
    SavedMeanwhile,
    draft_of,
    first_page_with_draft,
    keep_refused,
    number_in,
    save_draft,
    show_draft,
    typed_in,
)
from intake.form_pages import form_pages
from intake.models import Intake, IntakeAnswer, IntakeDraft
from intake.services import continue_page
from tests.intake.test_services import Submitted

WORDS = {"problem_start": ["3 weeks ago"], "problem_worse": ["Stairs"]}
OTHER = {"problem_start": ["in spring"]}
STORY = next(page for page in form_pages() if page.slug == "story")
BEGUN = {"problem_start": ("given", "3 weeks ago")}


class Asked(forms.Form):
    """One field of each way a value is posted."""

    line = forms.CharField(required=False)
    many = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    tick = forms.BooleanField(required=False)
    when = forms.SplitDateTimeField(required=False)


def keep(
    intake: Intake, fields: dict[str, list[str]], sequence: int, **changes: Any
) -> IntakeDraft:
    found = {"intake": intake, "page": "story", "version": 0, **changes}
    return save_draft(fields=fields, sequence=sequence, **found)


def go_on(intake: Intake, fields: Fields, version: int | None) -> None:
    continue_page(intake=intake, page=STORY, answers=BEGUN, fields=fields, version=version)


def test_what_is_typed_is_kept_once_a_page(intake: Intake) -> None:
    keep(intake, OTHER, 1)
    keep(intake, WORDS, 2)
    keep(intake, OTHER, 1, page="level")
    kept = IntakeDraft.objects.order_by("page").values_list("page", "data", "sequence", "version")
    assert list(kept) == [("level", OTHER, 1, 0), ("story", WORDS, 2, 0)]


@pytest.mark.parametrize("late", [1, 5])
def test_older_typing_never_overwrites_newer(intake: Intake, late: int) -> None:
    keep(intake, WORDS, 5)
    assert keep(intake, OTHER, late).sequence == 5
    assert draft_of(intake, "story").data == WORDS


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(1, 6)))
def test_in_any_order_of_arrival_the_newest_typing_stays(intake: Intake, order: list[int]) -> None:
    IntakeDraft.objects.all().delete()
    for sequence in order:
        keep(intake, {"problem_start": [str(sequence)]}, sequence)
    assert draft_of(intake, "story").data == {"problem_start": ["5"]}


def test_continue_forgets_the_draft_and_counts(intake: Intake) -> None:
    keep(intake, WORDS, 5)
    go_on(intake, WORDS, 0)
    draft = draft_of(intake, "story")
    assert (draft.data, draft.version, draft.sequence) == ({}, 1, 5)


def test_a_late_draft_does_not_open_a_saved_page_again(intake: Intake) -> None:
    go_on(intake, WORDS, 0)
    with pytest.raises(SavedMeanwhile):
        keep(intake, OTHER, 2**50)
    assert draft_of(intake, "story").data == {}


def test_a_page_sent_twice_is_saved_once(intake: Intake) -> None:
    for _ in range(3):
        go_on(intake, WORDS, 0)
    assert draft_of(intake, "story").version == 1
    assert IntakeAnswer.objects.count() == 1


def test_an_older_tab_does_not_replace_what_a_newer_one_saved(intake: Intake) -> None:
    go_on(intake, WORDS, 0)
    older = {"problem_start": ("given", "in spring")}
    with pytest.raises(SavedMeanwhile):
        continue_page(intake=intake, page=STORY, answers=older, fields=OTHER, version=0)
    assert IntakeAnswer.objects.get().detail == "3 weeks ago"


def test_a_page_without_a_version_is_always_saved(intake: Intake) -> None:
    go_on(intake, WORDS, None)
    go_on(intake, OTHER, None)
    assert draft_of(intake, "story").version == 2


def test_a_refused_page_is_kept_as_the_newest(intake: Intake) -> None:
    keep(intake, OTHER, 2**50)
    keep_refused(intake=intake, page="story", fields=WORDS, version=0)
    draft = draft_of(intake, "story")
    assert (draft.data, draft.sequence) == (WORDS, 2**50 + 1)


def test_more_than_64_kilobytes_are_not_kept(intake: Intake) -> None:
    huge = {"problem_worse": ["é" * (LONGEST // 2)]}
    with pytest.raises(DraftTooLong):
        keep(intake, huge, 1)
    keep_refused(intake=intake, page="story", fields=huge, version=None)
    assert IntakeDraft.objects.count() == 0
    with pytest.raises(DatabaseError, match="intake_draft_is_short"), transaction.atomic():
        IntakeDraft.objects.create(intake=intake, page="story", data=huge)


def test_the_longest_that_is_accepted_fits_the_table(intake: Intake) -> None:
    frame = len('{"problem_worse": [""]}')
    keep(intake, {"problem_worse": ["é" * ((LONGEST - frame) // 2)]}, 1)
    assert IntakeDraft.objects.count() == 1


def test_the_submit_clears_every_draft_and_closes_them(
    intake: Intake, submitted: Submitted
) -> None:
    keep(intake, WORDS, 1)
    keep(intake, WORDS, 1, page="level")
    submitted()
    assert IntakeDraft.objects.count() == 0
    with pytest.raises(IntakeClosed):
        keep(intake, WORDS, 2)
    with pytest.raises(DatabaseError, match="submitted intake"), transaction.atomic():
        IntakeDraft.objects.create(intake=intake, page="story", data=WORDS)


def test_typing_leaves_no_trace_in_the_audit_table(intake: Intake) -> None:
    before = AuditEvent.objects.count()
    keep(intake, WORDS, 1)
    assert AuditEvent.objects.count() == before


def test_the_first_page_with_unsaved_words_is_found(intake: Intake) -> None:
    assert first_page_with_draft(intake) == ""
    go_on(intake, WORDS, 0)
    assert first_page_with_draft(intake) == ""
    keep(intake, WORDS, 1, page="level")
    assert first_page_with_draft(intake) == "level"


def test_only_fields_the_form_knows_are_kept_and_no_nul() -> None:
    posted = QueryDict("line=a%00b&many=a&many=b&when_0=2026-11-24&when_1=&forged=1&when_9=x")
    assert typed_in(Asked(), posted) == {
        "line": ["ab"],
        "many": ["a", "b"],
        "when_0": ["2026-11-24"],
        "when_1": [""],
    }


def test_a_draft_is_shown_as_it_was_typed_without_an_error() -> None:
    form = Asked(initial={"line": "saved before", "tick": True})
    typed = {"line": ["x"], "many": ["b"], "when_0": ["not a date"], "when_1": [""]}
    show_draft(form, IntakeDraft(data=typed))
    page = str(form)
    assert 'value="x"' in page
    assert 'value="not a date"' in page
    assert page.count("checked") == 1
    assert not form.errors


def test_an_empty_draft_leaves_what_was_saved() -> None:
    form = Asked(initial={"line": "saved before"})
    show_draft(form, IntakeDraft())
    assert form["line"].value() == "saved before"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1795567380000", 1795567380000),
        *((wrong, None) for wrong in ("", "-1", "1.5", "x", "٣", "9" * 17, "9" * 16)),
    ],
)
def test_a_number_is_read_or_refused(text: str, number: int | None) -> None:
    posted = QueryDict(mutable=True)
    posted["draft-version"] = text
    assert number_in(posted, "draft-version") == number
