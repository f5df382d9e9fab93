"""What a patient is told at once after an answer that must not wait for the appointment."""

from collections.abc import Mapping

from clinical.screening import MAYBE, YES, is_rule, patient_questions
from clinical.vocabulary import Urgency

ADVICE = {
    Urgency.EMERGENCY: (
        "Your answer may need emergency care. Go to an emergency department now or call the "
        "emergency number. Do not wait for your appointment."
    ),
    Urgency.SAME_DAY: (
        "Your answer needs a doctor's check today. Call your doctor or a walk-in clinic today. "
        "If it gets worse, go to an emergency department."
    ),
}


def emergency_advice(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions answered yes that must not wait for the appointment, gravest first."""
    urgent = [
        question
        for question in patient_questions()
        if is_rule(question)
        and question.urgency >= Urgency.SAME_DAY
        and answers.get(question.id) in (YES, MAYBE)
    ]
    urgent.sort(key=lambda question: -question.urgency.rank)
    return tuple(ADVICE[question.urgency] for question in urgent[:1])
