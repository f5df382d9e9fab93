"""What the forms of review and re-screen say, and where."""

from typing import Any

import pytest

from intake.choices import ReviewDecision
from intake.review_forms import ChangesForm, RescreenForm, ReviewForm

REASON = {
    "question_id": "fainting",
    "text": "Have you ever fainted with needles?",
    "answer": "yes",
    "detail": "At a blood test.",
    "category": "precaution",
    "urgency": "none",
    "region_scope": "all",
    "physio_action": "Lie down.",
    "rationale": "Fainting.",
    "sources": ["BAAT"],
    "status": "caution",
}


@pytest.mark.parametrize(
    ("decision", "has_reason", "needs_note"),
    [
        (ReviewDecision.SUITABLE, False, False),
        (ReviewDecision.SUITABLE, True, True),
        (ReviewDecision.WITH_PRECAUTIONS, False, True),
        (ReviewDecision.NOT_SUITABLE, True, True),
    ],
)
def test_only_a_plain_yes_without_warnings_needs_no_note(
    decision: ReviewDecision, has_reason: bool, needs_note: bool
) -> None:
    reasons = [REASON] if has_reason else []
    data = {"decision": decision, "note": "", "reason-fainting": "acknowledged"}
    assert ReviewForm(data, reasons=reasons).is_valid() is not needs_note
    assert ReviewForm({**data, "note": "Because."}, reasons=reasons).is_valid()


def test_everything_is_said_at_once_each_at_its_place() -> None:
    form = ReviewForm({"note": ""}, reasons=[REASON])
    assert form.errors == {
        "decision": ["Select a decision"],
        "reason-fainting": ["Faints with needles: Decide about this reason"],
    }
    wrong: dict[str, Any] = {"decision": "postpone", "note": "Later.", "deferred_until": "soon"}
    form = ReviewForm({**wrong, "reason-fainting": "mitigated"}, reasons=[REASON])
    assert form.errors == {
        "deferred_until": ["Enter the day as 2026-12-03"],
        "reason-fainting": ["Faints with needles: Write how it is mitigated"],
    }


def test_a_word_that_is_no_decision_is_refused() -> None:
    data = {"decision": "perhaps", "note": "x", "reason-fainting": "fine"}
    form = ReviewForm(data, reasons=[REASON])
    assert form.errors["decision"] == ["Select a decision"]
    assert "Select a decision" in form.errors["reason-fainting"]


def test_a_rescreen_cannot_be_decided_as_nothing_changed() -> None:
    data = {"decision": "no_change", "note": "x", "reason-fainting": "acknowledged"}
    assert RescreenForm(data, reasons=[REASON]).errors == {"decision": ["Select a decision"]}
    assert RescreenForm({**data, "decision": "not_today"}, reasons=[REASON]).is_valid()


def test_each_of_the_six_questions_is_answered() -> None:
    form = ChangesForm({"new_fever": "no"})
    assert len(form.errors) == 5
    assert form.errors["new_pregnancy"] == ["Answer: Are you pregnant, or might you be?"]
