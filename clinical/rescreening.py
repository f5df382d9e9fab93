"""What has changed since last time: six questions before a later session, for the same rules.

Each question is about rows of ``reference/screening.csv`` and says what a yes makes of their
answers. An earlier yes always stays; the sources are those of the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clinical.screening import NO, NOT_SURE, YES


@dataclass(frozen=True)
class Change:
    """One question, the rules it is about, and the answer that a yes gives them."""

    id: str
    question: str
    rules: tuple[str, ...]
    answer: str = YES


CHANGES = (
    Change(
        "new_medicine",
        "Have you started or changed a medicine, for example a blood thinner or a steroid?",
        ("anticoagulant", "antiplatelet", "immunocompromised"),
        NOT_SURE,  # which medicine it is, the physiotherapist asks
    ),
    Change("new_pregnancy", "Are you pregnant, or might you be?", ("pregnancy",)),
    Change(
        "new_infection",
        "Is there a skin infection, open wound or rash where you have pain?",
        ("skin_infection",),
    ),
    Change(
        "new_fever",
        "Do you have fever or chills, or do you feel unwell today?",
        ("acute_illness", "rf_fever"),
    ),
    Change("fainted_last_time", "Did you faint, or nearly, at the last treatment?", ("fainting",)),
    Change(
        "new_procedure",
        "Have you had an operation or another procedure since last time?",
        ("surgery_recent",),
    ),
)


def changed_answers(earlier: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    """The earlier answers with what has changed, as ``screening.screen`` takes them.

    ``changes`` holds yes, no or not_sure by question; one that is missing counts as not sure.
    """
    answers = dict(earlier)
    for change in CHANGES:
        said = changes.get(change.id, NOT_SURE)
        if said == NO:
            continue
        for rule in change.rules:
            if answers.get(rule) != YES:
                answers[rule] = change.answer if said == YES else NOT_SURE
    return answers
