"""The guard rails of a session: what asks for one word of reason, and what is forbidden.

What only lies near a muscle is said by ``guard_rails``; the muscles over the lung that a screening
or the clinic forbids by ``muscle_blocks``. Every rail here names its rule and its sources. More
conditions of the patient never take a rail away and never make one weaker.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clinical.guard_rails import both_sides
from clinical.limbs import LIMB_REGIONS, Limb, limbs_in
from clinical.muscle_precautions import deep_muscles
from clinical.needle_sizes import needle_class
from clinical.reference import reference
from clinical.review_rules import ReasonDecision
from clinical.screening import UNSURE
from clinical.vocabulary import RiskCategory, Side

ANTICOAGULANT, BLEEDING = "anticoagulant", "bleeding_disorder"
PREGNANCY, LYMPHOEDEMA = "pregnancy", "lymphoedema"
TOO_LONG, BOTH_SIDES = "needle_length", "bilateral_thorax"

# "abdomen, lumbar-sacral-pelvic region and (by convention) distal leg points", row pregnancy
IN_PREGNANCY = frozenset({"abdomen_back", "pelvis_hip", "leg", "foot"})


class Strength(StrEnum):
    CAUTION = "caution"
    BLOCK = "block"


@dataclass(frozen=True)
class Condition:
    """What the screening of the patient says about one rule that the session heeds."""

    rule: str
    detail: str = ""
    is_firm: bool = True
    is_absolute: bool = False

    @property
    def unsure(self) -> str:
        return "" if self.is_firm else " (not sure)"


@dataclass(frozen=True)
class Needled:
    """A muscle on a side, with the length of its needle; None when none is chosen yet."""

    muscle: str
    side: str
    length_mm: int | None = None


@dataclass(frozen=True)
class Rail:
    """One rail. ``muscle`` and ``side`` are empty where it is about the whole session."""

    rule: str
    strength: Strength
    text: str
    sources: tuple[str, ...]
    muscle: str = ""
    side: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.rule, self.muscle, self.side

    @property
    def is_block(self) -> bool:
        return self.strength is Strength.BLOCK


def conditions_from(
    reasons: Iterable[Mapping[str, Any]], decided: Iterable[Mapping[str, Any]]
) -> tuple[Condition, ...]:
    """The conditions in stored reasons; a later decision "not suitable" makes one absolute."""
    refused = {d["question"] for d in decided if d["decision"] == ReasonDecision.NOT_SUITABLE}
    found = (
        Condition(
            reason["question_id"],
            reason.get("detail", ""),
            is_firm=reason["answer"] not in UNSURE,
            is_absolute=_is_absolute(reason) or reason["question_id"] in refused,
        )
        for reason in reasons
        if reason["question_id"] in HEEDED
    )
    return tuple(dict.fromkeys(found))


def _is_absolute(reason: Mapping[str, Any]) -> bool:
    is_firm = reason["answer"] not in UNSURE
    return is_firm and bool(reason["category"] == RiskCategory.ABSOLUTE_CONTRAINDICATION)


def session_rails(needled: Iterable[Needled], conditions: Iterable[Condition]) -> tuple[Rail, ...]:
    """Every rail of these rows, once, the stronger one where two are about the same."""
    rows, held = list(needled), list(conditions)
    found: dict[tuple[str, str, str], Rail] = {}
    for rail in _all(rows, held):
        earlier = found.get(rail.key)
        if earlier is None or (rail.is_block and not earlier.is_block):
            found[rail.key] = rail
    return tuple(found.values())


def _all(rows: list[Needled], conditions: list[Condition]) -> Iterator[Rail]:
    both = both_sides((row.muscle, row.side) for row in rows)
    if both is not None:
        yield Rail(BOTH_SIDES, Strength.CAUTION, both.text, both.sources)
    for row in rows:
        if row.muscle not in reference().muscles:
            continue
        yield from _too_long(row)
        for condition in conditions:
            yield from HEEDED[condition.rule](row, condition)


def _too_long(row: Needled) -> Iterator[Rail]:
    limit = needle_class(row.muscle)
    if row.length_mm is not None and row.length_mm > limit.longest_mm:
        words = (
            f"A needle of {row.length_mm} mm is longer than the clinic’s limit of "
            f"{limit.longest_mm} mm for this muscle."
        )
        yield _of(row, TOO_LONG, Strength.CAUTION, words, limit.sources)


def _bleeding(row: Needled, condition: Condition) -> Iterator[Rail]:
    if row.muscle in deep_muscles():
        name = "Anticoagulant" if condition.rule == ANTICOAGULANT else "Bleeding disorder"
        words = f"{name}{condition.unsure}: a deep muscle that cannot be compressed."
        yield _of(row, condition.rule, Strength.CAUTION, words, _sources(BLEEDING))


def _pregnancy(row: Needled, condition: Condition) -> Iterator[Rail]:
    words = f"Pregnancy{condition.unsure}: "
    if condition.is_absolute:
        words += "needling is ruled out by the screening."
        yield _of(row, PREGNANCY, Strength.BLOCK, words, _sources(PREGNANCY))
    elif reference().muscles[row.muscle].region in IN_PREGNANCY:
        words += "abdomen, low back, pelvis and lower leg are avoided."
        yield _of(row, PREGNANCY, Strength.CAUTION, words, _sources(PREGNANCY))


def _lymphoedema(row: Needled, condition: Condition) -> Iterator[Rail]:
    """The limb that was named is forbidden; where it is not clear, every limb asks for a word."""
    limbs = limbs_in(condition.detail)
    near = [limb for limb in Limb if reference().muscles[row.muscle].region in LIMB_REGIONS[limb]]
    sources = _sources(LYMPHOEDEMA)
    if any((limb, row.side) in limbs.named for limb in near):
        words = f"Lymphoedema: {row.side} {near[0]} and quarter of the trunk are never needled."
        strength = Strength.BLOCK if condition.is_firm else Strength.CAUTION
        if not condition.is_firm:
            words = f"Lymphoedema (not sure) of the {row.side} {near[0]}: ask before needling."
        yield _of(row, LYMPHOEDEMA, strength, words, sources)
    elif not limbs.is_clear and near:
        said = f" “{condition.detail}” was written:" if condition.detail else ""
        words = f"Lymphoedema{condition.unsure}:{said} ask which limb, and never needle that one."
        yield Rail(f"{LYMPHOEDEMA}_limb", Strength.CAUTION, words, sources)


def _of(row: Needled, rule: str, strength: Strength, words: str, sources: tuple[str, ...]) -> Rail:
    return Rail(rule, strength, words, sources, row.muscle, row.side)


def _sources(rule: str) -> tuple[str, ...]:
    return reference().screening_by_id[rule].sources


HEEDED: Mapping[str, Callable[[Needled, Condition], Iterator[Rail]]] = {
    ANTICOAGULANT: _bleeding,
    BLEEDING: _bleeding,
    PREGNANCY: _pregnancy,
    LYMPHOEDEMA: _lymphoedema,
}


def blocked_places(conditions: Iterable[Condition]) -> frozenset[tuple[str, str]]:
    """Every muscle and side that the conditions forbid."""
    held = list(conditions)
    return frozenset(
        (muscle, str(side))
        for muscle in reference().muscles
        for side in Side
        for condition in held
        if any(r.is_block for r in HEEDED[condition.rule](Needled(muscle, side), condition))
    )
