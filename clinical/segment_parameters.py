"""The parameters of the segment model as frozen dataclasses, one for each table of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Basis:
    """Where the numbers of a table come from."""

    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RankedRoots(Basis):
    """The first and the last root that may be flagged."""

    first: str
    last: str


@dataclass(frozen=True)
class Prior(Basis):
    """Points that rarely affected roots start with, and which root comes first when equal."""

    points: Mapping[str, float]
    frequency: tuple[str, ...]


@dataclass(frozen=True)
class SideRule(Basis):
    """How a difference between the sides becomes a strength from 0 to 1."""

    smallest_difference: float
    full_difference: float
    normal_below: float
    other_side_untested: float
    pain_inhibited: float


@dataclass(frozen=True)
class Coefficients(Basis):
    """How firmly a finding belongs to a root."""

    major: float
    minor: float
    many_majors: float
    many_majors_above: int
    dermatome: float
    dermatome_neighbour: float
    paraspinal: float
    paraspinal_neighbour: float
    skin: float
    skin_neighbour: float
    limb: float
    smallest_reflex: float


@dataclass(frozen=True)
class Group(Basis):
    """A modality: its rates, its letter and its caps."""

    sensitivity: float
    false_positive: float
    letter: str
    has_negative: bool
    negative_cap: float
    positive_cap: float
    is_neurological: bool


@dataclass(frozen=True)
class SignRule:
    """How one sign of ``signs.csv`` is read."""

    group: str
    scale: str
    site: str
    sensitivity: float | None = None
    false_positive: float | None = None
    roots: Mapping[str, float] = field(default_factory=dict)
    nerve_chain: tuple[str, ...] = ()
    weight: float = 1.0
    has_negative: bool = True
    supports: bool = False
    steps: tuple[tuple[float, float], ...] = ()
    is_relative: bool = False


@dataclass(frozen=True)
class Weights(Basis):
    """How firmly single muscles belong to roots, where that is known better."""

    muscles: Mapping[str, Mapping[str, float]]
    normal: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Adding(Basis):
    """The factors of the first, second, third finding of one group."""

    shrink: tuple[float, ...]


@dataclass(frozen=True)
class Gate(Basis):
    """What a root must bring before it may be flagged."""

    score: float
    two_muscles: float
    firm_muscle: float
    normal_neurology: float
    segmental_muscles: int
    muscle: float
    reflex: float
    dermatome: float
    paraspinal: float
    trunks: tuple[str, ...]


@dataclass(frozen=True)
class Labels(Basis):
    """From which label score on a word is used."""

    weak: float
    moderate: float
    strong: float


@dataclass(frozen=True)
class Several(Basis):
    """Neighbours, second levels and sides that contradict each other."""

    equal_margin: float
    exclusive_difference: float
    exclusive_groups: int
    exclusive_points: float
    explained: float
    second_score: float
    contradiction: float
    contradiction_share: float


@dataclass(frozen=True)
class NerveRule(Basis):
    """Points of a peripheral nerve, and when it wins over a root."""

    palpation: float
    sensory: float
    cutaneous_points: float
    tinel_points: float
    normal_muscle: float
    normal_muscles_cap: float
    least: float
    wins_by: float
    trunk_wins_by: float
    unclear_within: float
    not_single: tuple[str, ...]
    purely_sensory: tuple[str, ...]
    leaves_early: tuple[str, ...]
    reflex: float
    spared: int
    spared_weight: float
    spared_step: float
    typical: int
    spared_single: int
    single: tuple[str, ...]
    tension: tuple[str, ...]
    points: Mapping[str, tuple[str, ...]]
    arcs: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, tuple[str, ...]]
    order: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Widespread(Basis):
    """When tenderness is everywhere."""

    clear_tenderness: float
    regions: int
    mostly_symmetric: float
    upper: tuple[str, ...]
    lower: tuple[str, ...]
    axial: tuple[str, ...]


@dataclass(frozen=True)
class Symmetric(Basis):
    """When deficits are equal on both sides."""

    abnormal: float
    sites: int


@dataclass(frozen=True)
class RedFlags(Basis):
    """Values that are referred before any level is thought about."""

    reflex_brisk: float
    weak_at_most: float
    saddle_roots: tuple[str, ...]
    saddle_reflexes: tuple[str, ...]
    saddle_muscles: tuple[str, ...]
    saddle_on_both_sides: tuple[str, ...]
    cord_levels: int
    lively: float
    lively_reflexes: tuple[str, ...]
    lively_deficits: int
    age_over: int


@dataclass(frozen=True)
class Checked(Basis):
    """How many written cases this version answers rightly, and how many the first version did."""

    cases_tuning: int
    right_tuning: int
    first_right_tuning: int
    cases_held_back: int
    right_held_back: int
    first_right_held_back: int


@dataclass(frozen=True, eq=False)
class SegmentModel:
    """All parameters of the model."""

    version: str
    roots: RankedRoots
    prior: Prior
    limbs: Mapping[str, tuple[str, ...]]
    regions: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, tuple[tuple[float, float], ...]]
    side: SideRule
    coefficients: Coefficients
    groups: Mapping[str, Group]
    signs: Mapping[str, SignRule]
    weights: Weights
    adding: Adding
    gate: Gate
    labels: Labels
    several: Several
    nerves: NerveRule
    widespread: Widespread
    symmetric: Symmetric
    red_flags: RedFlags
    checked: Checked
