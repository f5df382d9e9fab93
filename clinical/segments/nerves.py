"""The competing explanation: one peripheral nerve."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clinical.entries import Reference
from clinical.segments.nerve_scoring import NerveScore, is_inside
from clinical.segments.nerve_supply import nerves_at
from clinical.segments.scoring import RootScore, Scoreboard, coefficient
from clinical.segments.severity import ROUNDING, Item

ROOT_SIGNS = ("weakness", "palpation", "sensory", "reflex", "paraspinal", "regional")
STARTING_GROUPS = ("weakness", "sensory", "nerve")


class Verdict(StrEnum):
    """What the comparison of a nerve with the best root says."""

    NERVE = "nerve"
    UNCLEAR = "unclear"
    SECOND = "second"


@dataclass(frozen=True, eq=False)
class NerveChoice:
    """A nerve that could explain the findings, and the root it competes with."""

    score: NerveScore
    verdict: Verdict
    root: RootScore | None
    same_score: tuple[str, ...]


def _best_root(score: NerveScore, board: Scoreboard) -> RootScore | None:
    shared = [
        board.score(root)
        for root in board.suspects
        if any(coefficient(point.item, root, board.reference) > 0 for point in score.positives)
    ]
    return max(shared, key=lambda root: root.ranking, default=None)


def _outside(score: NerveScore, root: RootScore | None, reference: Reference) -> set[str]:
    """The kinds of signs of the root that the nerve does not explain.

    A tension test that pulls on the nerve, too, is none of them.
    """
    positives = root.positives if root else ()
    return {
        point.item.group
        for point in positives
        if point.item.group in ROOT_SIGNS
        and point.item.sign not in reference.model.nerves.tension
        and not is_inside(point.item, score.nerve, reference)
    }


def _is_weak_outside(score: NerveScore, board: Scoreboard) -> bool:
    """Whether a weak muscle of the same roots lies in another nerve: then it is not one nerve."""
    known, least = board.reference, board.reference.model.gate.muscle
    return any(
        item.is_positive
        and item.group == "weakness"
        and not is_inside(item, score.nerve, known)
        and any(coefficient(item, root, known) >= least for root in score.roots)
        for item in board.items
    )


def _needed_lead(score: NerveScore, outside: set[str], reference: Reference) -> float:
    """By how much the nerve must lead: less when muscles of the root around it are strong."""
    rule = reference.model.nerves
    is_trunk = score.nerve in reference.model.gate.trunks
    is_typical = score.weak_muscles >= max(rule.typical, len(score.normal_muscles))
    is_typical = is_typical or score.nerve in rule.single
    spared = min(len(score.spared), rule.spared) if is_typical and not outside else 0
    return (rule.trunk_wins_by if is_trunk else rule.wins_by) - rule.spared_step * spared


def _is_unclear(
    score: NerveScore, root: RootScore | None, outside: set[str], reference: Reference
) -> bool:
    """Whether nobody can say: a whole picture of the nerve, and nothing that speaks for a root."""
    rule = reference.model.nerves
    has_reflex = any(point.item.group == "reflex" for point in root.positives) if root else False
    is_trunk = score.nerve in reference.model.gate.trunks
    is_picture = score.weak_muscles >= rule.typical or score.has_own_sign
    is_most = score.weak_muscles > len(score.normal_muscles)
    return is_picture and is_most and not (outside - {"regional"} or has_reflex or is_trunk)


def verdict_of(score: NerveScore, root: RootScore | None, board: Scoreboard) -> Verdict:
    """Nerve, cannot be separated, or second to the root.

    Between equal scores the muscles of the root outside the nerve decide: strong, they make it
    the nerve; not tested, nobody can say. A nerve of which most muscles are strong is no picture,
    unless its skin or a Tinel sign shows where it is hurt.
    """
    reference = board.reference
    rule = reference.model.nerves
    if score.score < rule.least or _is_weak_outside(score, board):
        return Verdict.SECOND
    lead = score.score - (root.ranking if root else 0.0)
    outside = _outside(score, root, reference)
    is_likely = score.has_own_sign or score.weak_muscles >= len(score.normal_muscles)
    if is_likely and lead >= _needed_lead(score, outside, reference) - ROUNDING:
        return Verdict.NERVE
    is_close = abs(lead) < rule.unclear_within
    is_unclear = is_close and _is_unclear(score, root, outside, reference)
    return Verdict.UNCLEAR if is_unclear else Verdict.SECOND


def suspected_nerves(items: Iterable[Item], reference: Reference) -> set[str]:
    """The nerves in which anything at all is positive."""
    return {
        name
        for item in items
        if item.is_positive and item.group in STARTING_GROUPS
        for name in nerves_at(item.sign, item.site, reference)
    }


def choose_nerves(scored: Iterable[NerveScore], board: Scoreboard) -> list[NerveChoice]:
    """The nerves that could explain findings of one side; no finding is used twice."""
    found = sorted(scored, key=lambda s: (-round(s.score, 9), -s.depth, s.nerve))
    chosen: list[NerveChoice] = []
    used: set[Item] = set()
    for score in found:
        mine = {point.item for point in score.positives}
        if used & mine:
            continue
        used |= mine
        root = _best_root(score, board)
        same = [
            s.nerve
            for s in found
            if s is not score and {p.item for p in s.positives} == mine and s.score == score.score
        ]
        verdict = verdict_of(score, root, board)
        chosen.append(NerveChoice(score, verdict, root, tuple(same)))
    return chosen
