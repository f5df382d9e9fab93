"""The order of decisions: red flags, widespread, symmetric, then roots and nerves."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinical.entries import Reference
from clinical.segments import patterns
from clinical.segments.findings import Context, Finding
from clinical.segments.levels import Choice, choose_levels
from clinical.segments.nerves import NerveChoice, Verdict, choose_nerves
from clinical.segments.report import Label, Message, Pattern
from clinical.segments.scoring import RootScore, score_side
from clinical.segments.severity import Item, items_of
from clinical.vocabulary import ROOTS, Side

SIDED_GROUPS = ("weakness", "reflex", "sensory", "palpation", "paraspinal")


@dataclass(frozen=True)
class Flagged:
    """A chosen root with its word."""

    choice: Choice
    label: Label
    is_contradicted: bool
    is_unclear: bool


@dataclass(frozen=True)
class Decision:
    """Everything decided, before it is put into words."""

    pattern: Pattern
    flagged: tuple[Flagged, ...]
    nerves: tuple[NerveChoice, ...]
    scores: dict[Side, dict[str, RootScore]]
    messages: tuple[Message, ...]


def has_neurology(score: RootScore, reference: Reference) -> bool:
    """Whether weakness, a reflex or sensation speaks for the root."""
    groups = reference.model.groups
    return any(groups[point.item.group].is_neurological for point in score.positives)


def label_of(score: RootScore, reference: Reference) -> Label:
    """The word for a label score; without a neurological sign at most moderate."""
    limits = reference.model.labels
    if score.label < limits.weak:
        return Label.NOTED
    if score.label < limits.moderate:
        return Label.WEAK
    if score.label < limits.strong or not has_neurology(score, reference):
        return Label.MODERATE
    return Label.STRONG


def _is_contradicted(choice: Choice, other: dict[str, RootScore], reference: Reference) -> bool:
    """Whether other signs of the same root speak for the other side."""
    least = reference.model.gate.muscle
    points = [
        point.points
        for point in other[choice.score.root].positives
        if point.item.group in SIDED_GROUPS and point.coefficient >= least
    ]
    return sum(points) >= reference.model.several.contradiction


def _flag(
    choice: Choice,
    nerves: Sequence[NerveChoice],
    scores: dict[Side, dict[str, RootScore]],
    reference: Reference,
) -> Flagged:
    root, side = choice.score.root, choice.score.side
    is_contradicted = _is_contradicted(choice, scores[side.other], reference)
    is_unclear = any(
        nerve.verdict is Verdict.UNCLEAR
        and nerve.score.side is side
        and nerve.root is not None
        and nerve.root.root in (root, *choice.equal)
        for nerve in nerves
    )
    label = label_of(choice.score, reference)
    if (is_contradicted or is_unclear) and label is not Label.NOTED:
        label = Label.WEAK
    return Flagged(choice, label, is_contradicted, is_unclear)


def _explains(nerve: NerveChoice, flagged: Flagged) -> bool:
    score = flagged.choice.score
    items = {point.item for point in score.positives}
    shared = items & {point.item for point in nerve.score.positives}
    return nerve.score.side is score.side and bool(shared)


def _root_pattern(flagged: Sequence[Flagged], nerves: Sequence[NerveChoice]) -> Pattern:
    winning = [nerve for nerve in nerves if nerve.verdict is Verdict.NERVE]
    unclear = [nerve for nerve in nerves if nerve.verdict is Verdict.UNCLEAR]
    named = [flag for flag in flagged if flag.label is not Label.NOTED]
    own = [flag for flag in named if not any(_explains(nerve, flag) for nerve in winning)]
    if any(not flag.is_unclear for flag in own):
        return Pattern.ROOT
    if winning:
        return Pattern.PERIPHERAL_NERVE
    return Pattern.INDETERMINATE if unclear else Pattern.NONE


def _order(flag: Flagged) -> tuple[float, int, int]:
    score = flag.choice.score
    return (-round(score.ranking, 9), ROOTS.index(score.root), list(Side).index(score.side))


def _nerve_order(nerve: NerveChoice) -> tuple[int, float, str, int]:
    rank = list(Verdict).index(nerve.verdict)
    side = list(Side).index(nerve.score.side)
    return (rank, -round(nerve.score.score, 9), nerve.score.nerve, side)


def _levels_and_nerves(
    items: Sequence[Item], scores: dict[Side, dict[str, RootScore]], reference: Reference
) -> tuple[tuple[Flagged, ...], tuple[NerveChoice, ...]]:
    nerves = [n for side in Side for n in choose_nerves(items, side, scores[side], reference)]
    choices = [choice for side in Side for choice in choose_levels(items, side, reference)]
    flagged = [_flag(choice, nerves, scores, reference) for choice in choices]
    return tuple(sorted(flagged, key=_order)), tuple(sorted(nerves, key=_nerve_order))


def decide(findings: Sequence[Finding], context: Context, reference: Reference) -> Decision:
    """Decide about checked and sorted findings."""
    items = items_of(findings, reference)
    scores = {side: score_side(items, side, reference) for side in Side}
    cord = patterns.cord_flags(findings, reference)
    history = patterns.context_flags(context)
    first = [*cord, *history, *patterns.deficit_messages(findings, reference)]
    if cord:
        return Decision(Pattern.RED_FLAG, (), (), {}, tuple(first))
    groups = patterns.symmetric_groups(findings, reference)
    flagged, nerves = _levels_and_nerves(items, scores, reference)
    if patterns.is_widespread(findings, reference):
        flagged = tuple(f for f in flagged if has_neurology(f.choice.score, reference))
        first.append(WIDESPREAD)
        pattern = _root_pattern(flagged, nerves)
        pattern = Pattern.WIDESPREAD if pattern is Pattern.NONE else pattern
    elif patterns.is_symmetric_deficit(groups, reference):
        flagged, nerves, pattern = (), (), Pattern.SYMMETRIC
        first.append(SYMMETRIC)
    else:
        pattern = _root_pattern(flagged, nerves)
        if patterns.is_symmetric_tightness(groups, items):
            first.append(TIGHTNESS)
        elif pattern is Pattern.NONE:
            first.append(NO_LEVEL)
    pattern = Pattern.RED_FLAG if history else pattern
    return Decision(pattern, flagged, nerves, scores, tuple(first))


WIDESPREAD = Message(
    "widespread",
    "Tenderness is widespread on the right and on the left: not a pattern of one segment. "
    "Flags from palpation alone are left out.",
)
SYMMETRIC = Message(
    "symmetric_deficit",
    "Deficits are equal on the right and on the left: bilateral pattern of the cord, the cauda "
    "equina, stenosis, polyneuropathy or age. No side is flagged; consider referral.",
)
TIGHTNESS = Message(
    "symmetric_tightness",
    "Muscles are equally tight or tender on the right and on the left. No side is flagged.",
)
NO_LEVEL = Message(
    "no_level",
    "No root stands out on the right or on the left. Normal findings do not exclude a root.",
)
