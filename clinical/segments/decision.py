"""The order of decisions: red flags, widespread, symmetric, then roots and nerves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinical.entries import Reference
from clinical.segments import patterns, symmetry
from clinical.segments.cord import cord_flags
from clinical.segments.findings import Context, Finding
from clinical.segments.levels import Choice, has_two_weak_muscles, limb_of, rank
from clinical.segments.nerves import NerveChoice, Verdict
from clinical.segments.report import Label, Message, Pattern
from clinical.segments.scoring import Point, RootScore, Scoreboard
from clinical.segments.severity import items_of
from clinical.segments.sides import SideView
from clinical.vocabulary import Side

SIDED_GROUPS = ("weakness", "reflex", "sensory", "palpation", "paraspinal")


Views = Mapping[Side, SideView]


@dataclass(frozen=True)
class Equality:
    """What is equal on both sides: tenderness everywhere, and deficits by limb."""

    is_widespread: bool
    is_symmetric: bool
    deficits_by_limb: Mapping[str, int]


@dataclass(frozen=True)
class Flagged:
    """A chosen root with its word. Unclear: a nerve or the other side has as much to say."""

    choice: Choice
    label: Label
    is_contradicted: bool
    is_unclear: bool


@dataclass(frozen=True)
class Answer:
    """What is said of roots and nerves."""

    pattern: Pattern
    flagged: tuple[Flagged, ...]
    nerves: tuple[NerveChoice, ...]


@dataclass(frozen=True)
class Decision(Answer):
    """Everything decided, before it is put into words."""

    views: Views
    equality: Equality
    messages: tuple[Message, ...]


def has_neurology(score: RootScore, reference: Reference) -> bool:
    """Whether weakness, a reflex or sensation speaks for the root."""
    groups = reference.model.groups
    return any(groups[point.item.group].is_neurological for point in score.positives)


def label_of(score: RootScore, reference: Reference) -> Label:
    """The word for a label score; without a neurological sign at most moderate."""
    limits = reference.model.labels
    if score.label < limits.weak:
        return Label.WEAK if has_two_weak_muscles(score, reference) else Label.NOTED
    if score.label < limits.moderate:
        return Label.WEAK
    if score.label < limits.strong or not has_neurology(score, reference):
        return Label.MODERATE
    return Label.STRONG


def _is_contradicted(choice: Choice, other: Scoreboard, reference: Reference) -> bool:
    """Whether other signs of the same root speak for the other side."""
    if choice.score.root not in other.suspects:
        return False
    least = reference.model.gate.muscle
    points = [
        point.points
        for point in other.score(choice.score.root).positives
        if point.item.group in SIDED_GROUPS and point.coefficient >= least
    ]
    return sum(points) >= reference.model.several.contradiction


def _is_a_draw(choice: Choice, other: Scoreboard, reference: Reference) -> bool:
    """Whether the other side has so much of the same root that no side can be named."""
    share = reference.model.several.contradiction_share
    return other.score(choice.score.root).ranking >= share * choice.score.ranking


def _flag(
    choice: Choice, nerves: Sequence[NerveChoice], other: Scoreboard, reference: Reference
) -> Flagged:
    is_contradicted = _is_contradicted(choice, other, reference)
    is_unclear = any(
        nerve.verdict is Verdict.UNCLEAR
        and nerve.root is not None
        and nerve.root.root in (choice.score.root, *choice.equal)
        for nerve in nerves
    )
    is_unclear = is_unclear or (is_contradicted and _is_a_draw(choice, other, reference))
    label = label_of(choice.score, reference)
    if (is_contradicted or is_unclear) and label is not Label.NOTED:
        label = Label.WEAK
    return Flagged(choice, label, is_contradicted, is_unclear)


def _explains(nerve: NerveChoice, flagged: Flagged) -> bool:
    score = flagged.choice.score
    items = {point.item for point in score.positives}
    shared = items & {point.item for point in nerve.score.positives}
    return nerve.score.side is score.side and bool(shared)


def _pattern(
    flagged: Sequence[Flagged], nerves: Sequence[NerveChoice], equality: Equality
) -> Pattern:
    winning = [nerve for nerve in nerves if nerve.verdict is Verdict.NERVE]
    named = [flag for flag in flagged if flag.label is not Label.NOTED]
    own = [flag for flag in named if not any(_explains(nerve, flag) for nerve in winning)]
    if any(not flag.is_unclear for flag in own):
        return Pattern.ROOT
    if winning:
        return Pattern.PERIPHERAL_NERVE
    if equality.is_widespread:
        return Pattern.WIDESPREAD
    if equality.is_symmetric:
        return Pattern.SYMMETRIC
    is_unclear = any(nerve.verdict is Verdict.UNCLEAR for nerve in nerves) or bool(named)
    return Pattern.INDETERMINATE if is_unclear else Pattern.NONE


def _order(flag: Flagged, reference: Reference) -> tuple[float, int, int, int]:
    score = flag.choice.score
    return (*rank(score, reference), list(Side).index(score.side))


def _nerve_order(nerve: NerveChoice) -> tuple[int, float, str, int]:
    place = list(Verdict).index(nerve.verdict)
    side = list(Side).index(nerve.score.side)
    return (place, -round(nerve.score.score, 9), nerve.score.nerve, side)


def _stands_out(
    points: Iterable[Point], root: RootScore | None, equality: Equality, reference: Reference
) -> bool:
    """Whether more deficits are on one side than equal ones are in the same limb."""
    groups = reference.model.groups
    found = {
        (item.group, item.site)
        for item, _, _ in points
        if item.group in groups and groups[item.group].is_neurological
    }
    limb = limb_of(root.root, reference) if root else ""
    return len(found) > equality.deficits_by_limb.get(limb, 0)


def settle(views: Views, equality: Equality, reference: Reference) -> Answer:
    """Roots and nerves of both sides, less what is equal on both sides."""
    nerves = [nerve for view in views.values() for nerve in view.nerves]
    flagged = [
        _flag(choice, view.nerves, views[side.other].board, reference)
        for side, view in views.items()
        for choice in view.choices
    ]
    if equality.is_widespread:
        flagged = [flag for flag in flagged if has_neurology(flag.choice.score, reference)]
    if equality.is_symmetric:
        scores = ((flag, flag.choice.score) for flag in flagged)
        flagged = [f for f, s in scores if _stands_out(s.positives, s, equality, reference)]
        nerves = [n for n in nerves if _stands_out(n.score.positives, n.root, equality, reference)]
    return Answer(
        _pattern(flagged, nerves, equality),
        tuple(sorted(flagged, key=lambda flag: _order(flag, reference))),
        tuple(sorted(nerves, key=_nerve_order)),
    )


def equality_of(findings: Sequence[Finding], reference: Reference) -> Equality:
    """What is equal on both sides."""
    deficits = symmetry.equal_deficits(findings, reference)
    return Equality(
        symmetry.is_widespread(findings, reference),
        symmetry.is_symmetric_deficit(deficits, reference),
        symmetry.limbs_of(deficits, reference),
    )


def decide(findings: Sequence[Finding], context: Context, reference: Reference) -> Decision:
    """Decide about checked and sorted findings."""
    items = items_of(findings, reference)
    views = {side: SideView(Scoreboard(items, side, reference)) for side in Side}
    equality = equality_of(findings, reference)
    cord = cord_flags(findings, reference)
    history = patterns.context_flags(context)
    first = [*cord, *history, *patterns.deficit_messages(findings, reference)]
    if cord:
        return Decision(Pattern.RED_FLAG, (), (), {}, equality, tuple(first))
    answer = settle(views, equality, reference)
    first += [WIDESPREAD] * equality.is_widespread + [SYMMETRIC] * equality.is_symmetric
    if not (equality.is_widespread or equality.is_symmetric):
        is_tight = symmetry.is_symmetric_tightness(findings, items, reference)
        first += [TIGHTNESS] if is_tight else _when_nothing_is_named(answer)
    pattern = Pattern.RED_FLAG if history else answer.pattern
    return Decision(pattern, answer.flagged, answer.nerves, views, equality, tuple(first))


def _when_nothing_is_named(answer: Answer) -> list[Message]:
    if answer.pattern is not Pattern.NONE:
        return []
    return [_noted(flag) for flag in answer.flagged] or [NO_LEVEL]


def _noted(flag: Flagged) -> Message:
    score = flag.choice.score
    text = (
        f"{score.root} on the {score.side} is only noted: its signs belong together, but much that "
        "was tested is normal. Judge it clinically."
    )
    return Message("noted_only", text)


WIDESPREAD = Message(
    "widespread",
    "Tenderness is widespread on the right and on the left: not a pattern of one segment. "
    "Flags from palpation alone are left out.",
)
SYMMETRIC = Message(
    "symmetric_deficit",
    "Deficits are equal on the right and on the left: bilateral pattern of the cord, the cauda "
    "equina, stenosis, polyneuropathy or age. They flag no side; consider referral.",
)
TIGHTNESS = Message(
    "symmetric_tightness",
    "Muscles are equally tight or tender on the right and on the left. No side is flagged.",
)
NO_LEVEL = Message(
    "no_level",
    "No root stands out on the right or on the left. Normal findings do not exclude a root.",
)
