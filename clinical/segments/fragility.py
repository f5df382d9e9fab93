"""On which single findings a flag depends: each is left out in turn."""

from collections.abc import Iterator, Mapping, Sequence

from clinical.entries import Reference
from clinical.segments.decision import Answer, Decision, equality_of, settle
from clinical.segments.explain import subject
from clinical.segments.findings import Finding
from clinical.segments.report import Label
from clinical.segments.severity import Item, items_of
from clinical.segments.symmetry import bears_on_equality
from clinical.vocabulary import Side

Flag = tuple[str, Side]


def words_of(answer: Answer) -> dict[Flag, Label]:
    """The word of every flagged root."""
    return {(f.choice.score.root, f.choice.score.side): f.label for f in answer.flagged}


def dependence(
    decision: Decision, scored: Sequence[Finding], reference: Reference
) -> Mapping[Flag, tuple[str, ...]]:
    """For each flag the findings without which it would vanish or change its word."""
    before = words_of(decision)
    depends: dict[Flag, dict[str, None]] = {flag: {} for flag in before}
    made = _items_by_finding(decision) if before else {}
    for dropped in scored if before else ():
        answer = _without(dropped, made, decision, scored)
        after = words_of(answer) if answer else before
        for flag, label in before.items():
            if after.get(flag) is not label:
                depends[flag][subject(dropped, reference)] = None
    return {flag: tuple(names) for flag, names in depends.items()}


def _items_by_finding(decision: Decision) -> dict[Finding, list[Item]]:
    made: dict[Finding, list[Item]] = {}
    for view in decision.views.values():
        for item in view.board.items:
            for finding in item.parts:
                made.setdefault(finding, []).append(item)
    return made


def _without(
    dropped: Finding,
    made: Mapping[Finding, Sequence[Item]],
    decision: Decision,
    scored: Sequence[Finding],
) -> Answer | None:
    """The answer without one finding, or None when it cannot be another one."""
    views = dict(decision.views)
    for side, view in decision.views.items():
        old = [item for item in made.get(dropped, ()) if item.side is side]
        if any(view.hears(item) for item in old):
            views[side] = view.changed(old, tuple(_rest(old, dropped, view.board.reference)))
    reference = next(iter(views.values())).board.reference
    bears = bears_on_equality(dropped, reference)
    if not bears and all(views[side] is decision.views[side] for side in Side):
        return None
    rest = [finding for finding in scored if finding != dropped]
    equality = equality_of(rest, reference) if bears else decision.equality
    return settle(views, equality, reference)


def _rest(old: Sequence[Item], dropped: Finding, reference: Reference) -> Iterator[Item]:
    """What the other signs of the same muscle still say on the same side."""
    for item in old:
        parts = [finding for finding in item.parts if finding != dropped]
        yield from (new for new in items_of(parts, reference) if new.side is item.side)
