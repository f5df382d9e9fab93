"""What the answers of the intake mean for the segment model: red flags and confounders."""

from collections.abc import Mapping

from clinical.entries import Reference, ScreeningQuestion
from clinical.segments.findings import Context
from clinical.vocabulary import Urgency

YES = "yes"
PROGRESSIVE = "rf_progressive_weakness"
DIABETES = ("diabetes",)
NEUROPATHY = ("known_neuropathy", "altered_sensation")
OPERATION = ("surgery_recent",)


def context_of(answers: Mapping[str, str], *, age: int | None, reference: Reference) -> Context:
    """The history from the screening answers that met their rule, yes and not sure alike.

    A question that asks for an urgent referral or more is a red flag (``screening.csv``). An
    answer of not sure is said as such and never weighs less.
    """
    known = reference.screening_by_id
    asked = [(known[key], answer) for key, answer in answers.items() if key in known]
    return Context(
        red_flags=tuple(
            _sentence(question, answer)
            for question, answer in sorted(asked, key=lambda pair: -pair[0].urgency.rank)
            if question.urgency >= Urgency.URGENT
            and not (question.id == PROGRESSIVE and answer == YES)
        ),
        has_progressive_weakness=answers.get(PROGRESSIVE) == YES,
        age=age,
        has_diabetes=any(key in answers for key in DIABETES),
        has_known_neuropathy=any(key in answers for key in NEUROPATHY),
        was_operated=any(key in answers for key in OPERATION),
    )


def _sentence(question: ScreeningQuestion, answer: str) -> str:
    said = answer.replace("_", " ")
    return f"Intake, answered {said}: “{question.question}” {question.physio_action}"
