"""The entries of the clinical reference tables, as frozen dataclasses."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clinical.segment_model import SegmentModel
from clinical.vocabulary import RiskCategory, Urgency


@dataclass(frozen=True)
class Source:
    """A publication, and whether it was read (SEEN) or remembered (RECALLED)."""

    key: str
    basis: str
    citation: str
    location: str
    remark: str
    confidence: str


@dataclass(frozen=True)
class Muscle:
    """A muscle with its nerve supply and what lies in danger beside it."""

    id: str
    name: str
    latin: str
    region: str
    peripheral_nerve: str
    roots_major: tuple[str, ...]
    roots_minor: tuple[str, ...]
    axial: bool
    danger_structures: tuple[str, ...]
    pneumothorax_risk: bool
    snomed_ct_code: str
    sources: tuple[str, ...]
    nerve_chain: tuple[str, ...]
    root_evidence: str
    notes: str

    @property
    def roots(self) -> tuple[str, ...]:
        """Major roots first, then minor ones."""
        return self.roots_major + self.roots_minor


@dataclass(frozen=True)
class Level:
    """What one nerve root is known by."""

    root: str
    dermatome_landmark: str
    key_muscle: str
    myotome_action: str
    reflexes: Mapping[str, float]
    disc_level: str
    referral_region: str
    sympathetic_remark: str
    discriminating_muscles: tuple[str, ...]
    cautions: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Sign:
    """An examination sign: how it is elicited, graded and limited."""

    id: str
    name: str
    component: str
    scale: str
    scale_labels: str
    how_elicited: str
    normal_value: str
    significant_side_difference: str
    suggested_app_threshold: str
    reliability_and_limits: str
    maps_to: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ScreeningQuestion:
    """A question before treatment and what its answer means."""

    id: str
    question: str
    category: RiskCategory
    region_scope: str
    physio_action: str
    rationale: str
    sources: tuple[str, ...]
    answer_type: str
    triggering_answer: str
    urgency: Urgency
    group: str


@dataclass(frozen=True)
class FollowUpQuestion:
    """A question 24 or 48 hours after needling and the answer that asks for a call."""

    id: str
    timepoints: tuple[str, ...]
    question: str
    answer_type: str
    options: str
    red_flag_rule: str
    urgency: Urgency
    patient_message: str
    physio_action: str
    expected_course: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeMeasure:
    """A score for following a patient, with its licence."""

    id: str
    name: str
    body_region: str
    items: str
    score_range: str
    direction: str
    mcid_or_cutoff: str
    licence_status: str
    ship_in_open_source: str
    notes: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class NeedleClass:
    """The needle to begin with and the longest one, for muscles of one depth (lengths in mm).

    ``regions`` empty, and ``depth`` or ``over_lung`` None, fit every muscle.
    """

    id: str
    regions: tuple[str, ...]
    depth: str | None
    over_lung: bool | None
    gauge_mm: Decimal
    length_mm: int
    longest_mm: int
    sources: tuple[str, ...]
    remark: str

    def fits(self, muscle: Muscle, depth: str) -> bool:
        """True for a muscle of this class that lies at this depth."""
        return (
            (not self.regions or muscle.region in self.regions)
            and self.depth in (None, depth)
            and self.over_lung in (None, muscle.pneumothorax_risk)
        )


@dataclass(frozen=True, eq=False)
class Reference:
    """All reference data, checked against each other."""

    muscles: Mapping[str, Muscle]
    levels: Mapping[str, Level]
    signs: Mapping[str, Sign]
    screening: tuple[ScreeningQuestion, ...]
    followup: tuple[FollowUpQuestion, ...]
    outcome_measures: tuple[OutcomeMeasure, ...]
    needles: tuple[NeedleClass, ...]
    sources: Mapping[str, Source]
    body_chart: Mapping[str, Any]
    model: SegmentModel

    @functools.cached_property
    def screening_by_id(self) -> Mapping[str, ScreeningQuestion]:
        """The screening questions by their id."""
        return {question.id: question for question in self.screening}

    @functools.cached_property
    def followup_by_id(self) -> Mapping[str, FollowUpQuestion]:
        """The follow-up questions by their id."""
        return {question.id: question for question in self.followup}
