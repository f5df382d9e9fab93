"""Adverse events of needling: what may happen, how it is graded, and the steps of a serious one.

What, what to do and what to tell the patient stand in ``reference/followup.csv``; the three grades
in the row ``ae_class`` of ``reference/outcome_measures.csv``. It asks and shows, and never decides
what the patient has.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clinical.emergency_advice import STEPS
from clinical.reference import FollowUpQuestion, OutcomeMeasure, reference
from clinical.vocabulary import Urgency

OTHER = "other"
GRADES_ROW = "ae_class"
# An event, its name, and the rows of followup.csv that it answers to.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "bleeding": ("Bleeding", ("bleeding",)),
    "bruise": ("Bruise", ("bruising",)),
    "faint": ("Faint, dizzy or unusually tired", ("tired_dizzy",)),
    "aggravation": ("Pain made worse", ("main_pain_now",)),
    "headache_nausea": ("Headache or nausea", ("headache_nausea",)),
    "nerve": ("Nerve symptoms: numb, tingling or weak", ("nerve_new", "weakness_new")),
    "skin": ("Rash or swelling: allergic reaction", ("allergy",)),
    "infection": ("Infection", ("infection_local", "infection_general")),
    "upset": ("Upset or strong feelings", ("mood",)),
    "pneumothorax": ("Collapsed lung suspected", ("chest_pain", "short_breath", "dry_cough")),
    "needle_left": ("Needle broken or left in", ("needle_left",)),
    "organ": ("Injury of an inner organ suspected", ("abdominal_flank",)),
    OTHER: ("Something else", ()),
}
# Their rows send every such patient to an emergency department, or ask for a serious report.
ALWAYS_SERIOUS = frozenset({"pneumothorax", "needle_left", "organ"})


class AdverseGrade(StrEnum):
    """The three classes, from the mildest."""

    MILD = "mild"
    SIGNIFICANT = "significant"
    SERIOUS = "serious"


@dataclass(frozen=True)
class GradeMeaning:
    """A grade and what it means, in the words of the reference row."""

    grade: AdverseGrade
    meaning: str


@dataclass(frozen=True)
class AdverseKind:
    """What may happen: what the physiotherapist does, what the patient is told, how often."""

    id: str
    name: str
    actions: tuple[str, ...]
    told: tuple[str, ...]
    course: str
    sources: tuple[str, ...]

    @property
    def least_grade(self) -> AdverseGrade:
        """A lower grade is refused."""
        return AdverseGrade.SERIOUS if self.id in ALWAYS_SERIOUS else AdverseGrade.MILD


@functools.cache
def adverse_kinds() -> dict[str, AdverseKind]:
    """Every kind of event by its id, in the order of the page."""
    return {kind: _kind(kind, name, rows) for kind, (name, rows) in KINDS.items()}


def _kind(kind: str, name: str, rows: Iterable[str]) -> AdverseKind:
    asked = [reference().followup_by_id[row] for row in rows]
    return AdverseKind(
        id=kind,
        name=name,
        actions=tuple(dict.fromkeys(row.physio_action for row in asked if _is_own(row))),
        told=tuple(dict.fromkeys(row.patient_message for row in asked)),
        course=" ".join(one for row in asked if (one := row.expected_course.strip("- "))),
        sources=tuple(dict.fromkeys(source for row in asked for source in row.sources)),
    )


def _is_own(row: FollowUpQuestion) -> bool:
    """Whether the action is written out, and not "As chest_pain." or "-"."""
    return row.physio_action.strip("- ") != "" and not row.physio_action.startswith("As ")


@functools.cache
def grade_meanings() -> tuple[GradeMeaning, ...]:
    """The grades in the words of ``ae_class``: ``mild = reversible, short; significant = ...``."""
    pairs = (part.partition("=") for part in _grades_row().notes.split(";"))
    words = {name.strip(): meaning.strip() for name, _, meaning in pairs}
    return tuple(GradeMeaning(grade, words[grade]) for grade in AdverseGrade)


def grade_sources() -> tuple[str, ...]:
    """Where the three grades come from."""
    return _grades_row().sources


def is_grave_enough(kind: str, grade: str) -> bool:
    """Whether the grade is not below what the kind asks for."""
    ranks = list(AdverseGrade)
    return ranks.index(AdverseGrade(grade)) >= ranks.index(adverse_kinds()[kind].least_grade)


def emergency_steps(kind: str) -> tuple[str, ...]:
    """What is done first about a serious event: the emergency, the patient, the clinic."""
    known = adverse_kinds()[kind]
    first = () if known.id in ALWAYS_SERIOUS else (STEPS[Urgency.EMERGENCY],)
    told = (f"Tell the patient: {words}" for words in (*first, *known.told))
    return (*told, *(f"Do: {action}" for action in known.actions))


def _grades_row() -> OutcomeMeasure:
    return next(row for row in reference().outcome_measures if row.id == GRADES_ROW)
