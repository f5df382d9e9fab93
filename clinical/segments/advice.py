"""What makes a report less certain, and what else could be the cause: the messages after it."""

from collections.abc import Iterable, Iterator, Sequence

from clinical.entries import Reference
from clinical.segments.explain import site_name
from clinical.segments.report import Label, LevelFlag, Message, NerveHypothesis, Pattern
from clinical.segments.severity import Item
from clinical.vocabulary import Side

NOT_LOCAL = ("temperature", "autonomic")
LOCAL_CAUSE = ("weakness", "palpation", "paraspinal")

URGENT_REFERRAL = Message(
    "urgent_referral",
    "Urgent referral comes first. Levels, where any are shown, are second to it.",
)


def advice(
    pattern: Pattern,
    levels: Sequence[LevelFlag],
    nerves: Sequence[NerveHypothesis],
    items: Iterable[Item],
    reference: Reference,
) -> Iterator[Message]:
    """Referral, low certainty, signs that do not localise and causes beside a nerve."""
    positives = [item for item in items if item.is_positive]
    if pattern is Pattern.RED_FLAG:
        yield URGENT_REFERRAL
    named = [level for level in levels if level.label is not Label.NOTED]
    yield from (_palpation_only(level) for level in named if level.is_palpation_only)
    yield from (_look_alikes(level, reference) for level in named)
    for side in Side:
        own = [item for item in positives if item.side is side]
        has_level = any(level.side is side for level in named)
        yield from _of_side(own, side, reference)
        if not has_level and not any(nerve.side is side for nerve in nerves):
            yield from _other_cause(own, side)


def _palpation_only(level: LevelFlag) -> Message:
    return Message(
        "palpation_only",
        f"{level.root} on the {level.side} rests on palpation and provocation alone: low "
        "certainty, since two examiners often disagree about them. Test strength, reflexes and "
        "sensation.",
    )


def _look_alikes(level: LevelFlag, reference: Reference) -> Message:
    cautions = reference.levels[level.root].cautions
    text = f"{level.root} on the {level.side}, other causes to consider: {cautions}."
    return Message("look_alikes", text)


def _of_side(items: Sequence[Item], side: Side, reference: Reference) -> Iterator[Message]:
    limited = [i.site for i in items if i.group == "weakness" and i.is_pain_inhibited]
    if limited:
        names = ", ".join(site_name(site, reference) for site in limited)
        yield Message(
            "pain_inhibited",
            f"Strength on the {side} was limited by pain ({names}): it counts less. Test again "
            "without pain.",
        )
    if any(item.group in NOT_LOCAL for item in items):
        yield Message(
            "autonomic_does_not_localise",
            f"Skin temperature, sweating, goose-bumps and hair on the {side} do not localise a "
            "level; they support it at most.",
        )


def _other_cause(items: Sequence[Item], side: Side) -> Iterator[Message]:
    if any(item.group in LOCAL_CAUSE for item in items):
        yield Message(
            "non_neural_cause",
            f"The signs on the {side} make no pattern of a root or a nerve: consider a muscle, "
            "tendon, joint or organ as their cause.",
        )
