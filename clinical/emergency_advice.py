"""What a patient is told at once after an answer that must not wait for the appointment.

Which answers, and how soon: the urgency column of ``reference/screening.csv``; each advice carries
the sources of the rows it answers to. It says what to do, never what the patient might have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinical.entries import ScreeningQuestion
from clinical.screening import MAYBE, NOT_SURE, YES, is_rule, patient_questions
from clinical.vocabulary import Urgency

# What to do, by how soon somebody has to look at it.
STEPS = {
    Urgency.EMERGENCY: (
        "Go to an emergency department now, or call the emergency number. Do not drive yourself. "
        "Do not wait for your appointment."
    ),
    Urgency.SAME_DAY: (
        "See a doctor today. Call your doctor or go to a walk-in clinic. If it gets worse, go to "
        "an emergency department."
    ),
    Urgency.URGENT: (
        "We will call you before your visit. A doctor may need to see you first. If it gets worse, "
        "see a doctor the same day."
    ),
}
# What to do about an answer that is not known.
UNSURE_STEPS = {
    Urgency.EMERGENCY: (
        "We will ask you about it before your visit. If you think you have this now, do not wait: "
        "go to an emergency department or call the emergency number."
    ),
    Urgency.SAME_DAY: (
        "We will ask you about it before your visit. If you think you have this now, see a doctor "
        "today."
    ),
    Urgency.URGENT: (
        "We will ask you about it before your visit. If it gets worse, see a doctor the same day."
    ),
}
# Why it matters, by group of questions and urgency: one calm sentence each.
WHY = {
    ("medical", Urgency.EMERGENCY): "A new problem like this needs emergency care.",
    ("medical", Urgency.SAME_DAY): "A blood clot, or signs of one, need to be checked.",
    ("red_flag_cauda_equina", Urgency.EMERGENCY): (
        "New numbness, weak legs, or bladder or bowel trouble can mean that nerves in the low "
        "back are pressed. They need help fast."
    ),
    ("red_flag_neuro", Urgency.SAME_DAY): (
        "An arm or leg that gets weaker needs to be checked soon, to protect the nerve."
    ),
    ("red_flag_myelopathy", Urgency.URGENT): (
        "Clumsy hands or unsteady walking need to be checked before your neck is treated."
    ),
    ("red_flag_cancer", Urgency.URGENT): (
        "This kind of pain, or this kind of change, should be looked at before needles are used."
    ),
    ("red_flag_infection", Urgency.SAME_DAY): (
        "Fever or an infection together with your pain needs to be checked."
    ),
    ("red_flag_fracture", Urgency.SAME_DAY): (
        "A bone may be hurt. It needs to be checked before anyone treats the area."
    ),
    ("red_flag_vascular", Urgency.EMERGENCY): (
        "Neck pain with these signs can mean that blood flow to the brain is at risk."
    ),
    ("red_flag_visceral", Urgency.EMERGENCY): "Chest signs like these can come from the heart.",
    ("red_flag_visceral", Urgency.URGENT): (
        "Pain like this can come from inside the belly. It should be looked at first."
    ),
}


@dataclass(frozen=True)
class Advice:
    """What to do about the answers of one group of questions, and why."""

    urgency: Urgency
    is_unsure: bool
    why: str
    step: str
    questions: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RedFlag:
    """One answer that must not wait; an unsure one has to be asked about."""

    question: ScreeningQuestion
    answer: str

    @property
    def is_unsure(self) -> bool:
        return self.answer == NOT_SURE


def red_flags(answers: Mapping[str, str]) -> tuple[RedFlag, ...]:
    """The answers of urgency urgent and graver that are yes, maybe or not sure, gravest first."""
    found = [
        RedFlag(question, answers[question.id])
        for question in patient_questions()
        if is_rule(question)
        and question.urgency >= Urgency.URGENT
        and answers.get(question.id) in (YES, MAYBE, NOT_SURE)
    ]
    found.sort(key=lambda one: (-one.question.urgency.rank, one.is_unsure))
    return tuple(found)


def emergency_advice(answers: Mapping[str, str]) -> tuple[Advice, ...]:
    """What to do at once, gravest first; one advice for each group, urgency and certainty."""
    return tuple(_advices(red_flags(answers)))


def _advices(flags: tuple[RedFlag, ...]) -> Iterator[Advice]:
    kinds = [(one.question.group, one.question.urgency, one.is_unsure) for one in flags]
    for kind in dict.fromkeys(kinds):
        group, urgency, is_unsure = kind
        rows = [one.question for one, held in zip(flags, kinds, strict=True) if held == kind]
        yield Advice(
            urgency=urgency,
            is_unsure=is_unsure,
            why=WHY[group, urgency],
            step=(UNSURE_STEPS if is_unsure else STEPS)[urgency],
            questions=tuple(row.id for row in rows),
            sources=tuple(dict.fromkeys(source for row in rows for source in row.sources)),
        )
