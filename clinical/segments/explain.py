"""Sentences. Every one names its side in words, and none of them is a diagnosis."""

import functools
from collections.abc import Iterable

from clinical.entries import Reference
from clinical.segments.findings import MRC_GRADES, Finding
from clinical.segments.report import NOT_A_DIAGNOSIS, Evidence, EvidenceKind, Label, LevelFlag
from clinical.segments.scoring import Point
from clinical.segments.severity import Item
from clinical.vocabulary import ROOTS

GRADE_WORDS = {number: grade for grade, number in MRC_GRADES.items()}
POSITIVE = {
    "atrophy": "{what} is more wasted on the {side}",
    "cervical_rotation": "{what} is small on the {side}",
    "weakness": "{what} is weaker on the {side}",
    "reflex": "{what} is lower on the {side}",
    "sensory": "{what} is changed on the {side}",
    "palpation": "{what} is more tender or tight on the {side}",
    "paraspinal": "{what} are more tender on the {side}",
    "trophic": "{what} is more marked on the {side}",
    "autonomic": "{what} is more marked on the {side}",
    "temperature": "{what} is colder on the {side}",
    "regional": "{what} is positive on the {side}",
    "nerve": "{what} is positive on the {side}",
}
SUBJECTS = {
    "palpation": "{site}",
    "reflex": "{capital} reflex",
    "paraspinal": "Muscles beside the spine at {site}",
    "trophic": "{sign} ({site})",
    "autonomic": "{sign} ({site})",
    "temperature": "Skin ({site})",
    "regional": "{sign}",
    "nerve": "Tapping the {site} nerve",
}

SENSATIONS = {"pinprick": "Pinprick", "light_touch": "Light touch"}


def words(name: str) -> str:
    """An id as words."""
    return name.replace("_", " ")


def site_name(site: str, reference: Reference) -> str:
    """The name of a muscle, a root, a region or a nerve."""
    if site in reference.muscles:
        return reference.muscles[site].name
    return site if site in ROOTS else words(site)


def subject(finding: Finding, reference: Reference) -> str:
    """What was examined, as the beginning of a sentence."""
    group = reference.model.signs[finding.sign].group
    sign, site = reference.signs[finding.sign].name, site_name(finding.site, reference)
    if group == "weakness":
        return site if finding.site in reference.muscles else sign
    if group == "sensory":
        touch = SENSATIONS.get(finding.sign, sign)
        return f"{touch} at the {site} point" if finding.site in ROOTS else f"{touch} ({site})"
    return SUBJECTS[group].format(sign=sign, site=site, capital=site.capitalize())


def _value(item: Item, value: float | None, reference: Reference) -> str:
    if value is None:
        return "not tested"
    if reference.model.signs[item.sign].scale == "yes_no":
        return "positive" if value else "negative"
    if item.sign == "strength_mrc":
        return GRADE_WORDS.get(round(value, 2), f"{value:g}")
    return f"{value:g}"


def sentence(item: Item, reference: Reference) -> str:
    """One finding in words with both values."""
    side, finding = item.side, item.finding
    what = subject(finding, reference)
    positive = POSITIVE.get(item.sign, POSITIVE[item.group])
    template = positive if item.is_positive else "{what}: normal on the {side}"
    own, beside = (_value(item, finding.value(s), reference) for s in (side, side.other))
    pain = ", limited by pain" if item.is_pain_inhibited else ""
    return f"{template.format(what=what, side=side)} ({side} {own}, {side.other} {beside}{pain})"


@functools.lru_cache(maxsize=8192)
def evidence_of(point: Point, reference: Reference) -> Evidence:
    """A point as it is shown."""
    group = reference.model.groups.get(point.item.group)
    return Evidence(
        sign=point.item.sign,
        site=point.item.site,
        kind=EvidenceKind(group.letter if group else "P"),
        points=round(point.points, 3),
        sentence=sentence(point.item, reference),
        is_unverified=point.item.is_unverified,
    )


def letters_of(evidence: Iterable[Evidence]) -> tuple[EvidenceKind, ...]:
    """The kinds of evidence found, in fixed order."""
    kinds = {piece.kind for piece in evidence}
    return tuple(kind for kind in EvidenceKind if kind in kinds)


def _listed(evidence: Iterable[Evidence]) -> str:
    parts = [f"{piece.sentence} [{piece.points:+.2f}]" for piece in evidence]
    return "; ".join(parts) or "nothing"


def label_words(label: Label) -> str:
    """The label as it is read aloud."""
    return "strong pattern" if label is Label.STRONG else label.value


def explain(flag: LevelFlag, nerves: tuple[str, ...]) -> str:
    """The whole reasoning of one flag in one paragraph."""
    parts = [
        f"{flag.root} on the {flag.side}: {label_words(flag.label)}.",
        f"For: {_listed(flag.evidence)}.",
        f"Against: {_listed(flag.against)}.",
    ]
    if flag.equal_candidates:
        either = " or ".join((flag.root, *flag.equal_candidates))
        parts.append(f"It may be {either} on the {flag.side}.")
    if flag.concurrent_with:
        parts.append(f"Stands beside {' and '.join(flag.concurrent_with)} on the {flag.side}.")
    shown = ", ".join(f"{root} {score:.1f}" for root, score in flag.neighbours if score > 0)
    parts.append(f"Neighbours on the {flag.side}: {shown}." if shown else "")
    if flag.best_untested:
        parts.append(f"Would help: {', '.join(flag.best_untested)}, on both sides.")
    if len(nerves) > 1:
        listed = ", ".join(words(nerve) for nerve in nerves)
        parts.append(f"Signs in several nerves ({listed}) speak against a single nerve.")
    if flag.is_palpation_only:
        parts.append("Palpation only: two examiners often disagree about it.")
    if any(piece.is_unverified for piece in flag.evidence):
        parts.append(f"Unverified: the {flag.side.other} side was not tested for all of it.")
    if flag.depends_on:
        parts.append(f"Depends on: {'; '.join(flag.depends_on)}.")
    parts.append(NOT_A_DIAGNOSIS)
    return " ".join(part for part in parts if part)
