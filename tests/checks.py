"""Answers to a check after a session, as the rules take them and as the page sends them."""

from collections.abc import Iterable

from clinical.soreness_questions import FUNCTION, CheckKind, CheckQuestion

PLAIN = {CheckKind.SCORE: "1", CheckKind.CHANGE: "2", CheckKind.TEXT: ""}


def calm_answer(question: CheckQuestion) -> str:
    """An answer that asks for nobody."""
    if question.id == FUNCTION:
        return "9"
    if question.is_listed:
        return "no"
    return question.options[0][0] if question.options else PLAIN[question.kind]


def calm_answers(questions: Iterable[CheckQuestion], **changes: str) -> dict[str, str]:
    """Every question answered without a warning, with the changes."""
    return {question.id: calm_answer(question) for question in questions} | changes


def page_filled_in(
    questions: Iterable[CheckQuestion], *ticked: str, **changes: object
) -> dict[str, object]:
    """The page with its needed questions answered; nothing unusual unless something is ticked."""
    needed = {q.id: calm_answer(q) for q in questions if q.is_needed}
    return {**needed, "unusual": list(ticked) or ["none"], **changes}
