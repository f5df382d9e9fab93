"""``infer_segments``: findings in, a report with all its reasons out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from clinical.entries import Reference
from clinical.reference import reference as shipped_reference
from clinical.segments import explain, patterns
from clinical.segments.advice import advice
from clinical.segments.completeness import (
    Check,
    best_untested,
    completeness_of,
    tested_on_both_sides,
)
from clinical.segments.decision import Decision, Flagged, decide, has_neurology
from clinical.segments.findings import Context, Finding, scored_findings
from clinical.segments.fragility import dependence
from clinical.segments.levels import gate_muscles, passes_gate
from clinical.segments.nerve_supply import nerve_key
from clinical.segments.nerves import NerveChoice, Verdict
from clinical.segments.report import (
    NOT_A_DIAGNOSIS,
    Candidate,
    Completeness,
    ConcurrentLevels,
    LevelFlag,
    Message,
    NerveHypothesis,
    SegmentReport,
)
from clinical.segments.scoring import coefficients
from clinical.vocabulary import ROOTS, Side

Depends = Mapping[tuple[str, Side], tuple[str, ...]]


def infer_segments(
    findings: Iterable[Finding],
    context: Context = Context(),  # noqa: B008 - frozen
    reference: Reference | None = None,
    *,
    with_fragility: bool = True,
) -> SegmentReport:
    """Suspect nerve roots on each side, each with its evidence. Never a diagnosis.

    The fragility (``depends_on``) decides once for each finding; leave it out while a hand waits.
    """
    known = reference or shipped_reference()
    scored = scored_findings(findings, known)
    decision = decide(scored, context, known)
    depends = dependence(decision, scored, known) if with_fragility else {}
    tested = tested_on_both_sides(scored, known)
    levels = tuple(_level(flag, tested, depends, known) for flag in decision.flagged)
    nerves = tuple(_nerve(nerve, scored, known) for nerve in decision.nerves)
    items = [item for view in decision.views.values() for item in view.board.items]
    return SegmentReport(
        pattern=decision.pattern,
        levels=levels,
        candidates=_candidates(decision, known),
        concurrent_levels=_concurrent(levels),
        nerves=nerves,
        messages=(
            *_messages(decision, levels, nerves),
            *patterns.confounder_messages(context, known),
            *advice(decision.pattern, levels, nerves, items, known),
            Message("not_a_diagnosis", NOT_A_DIAGNOSIS),
        ),
        completeness=_completeness(levels, scored, tested, known),
        model_version=known.model.version,
    )


def _level(
    flag: Flagged,
    tested: Collection[Check],
    depends: Depends,
    known: Reference,
) -> LevelFlag:
    choice, score = flag.choice, flag.choice.score
    evidence = tuple(explain.evidence_of(point, known) for point in score.positives)
    muscles = gate_muscles(score.positives, known)
    level = LevelFlag(
        root=score.root,
        side=score.side,
        label=flag.label,
        score=round(score.ranking, 3),
        label_score=round(score.label, 3),
        evidence=evidence,
        against=tuple(explain.evidence_of(point, known) for point in score.negatives),
        letters=explain.letters_of(evidence),
        equal_candidates=choice.equal,
        concurrent_with=choice.concurrent,
        neighbours=tuple((root, round(points, 3)) for root, points in choice.neighbour_scores),
        best_untested=best_untested(score.root, _rival(flag), tested, known),
        depends_on=depends.get((score.root, score.side), ()),
        completeness=completeness_of([score.root], tested, known),
        is_palpation_only=not has_neurology(score, known),
        is_second=choice.is_second,
        explanation="",
    )
    nerves = tuple(dict.fromkeys(nerve_key(item, known) for item in muscles))
    return replace(level, explanation=explain.explain(level, nerves))


def _rival(flag: Flagged) -> str:
    """The neighbour that is hardest to tell from the root."""
    return max(flag.choice.neighbour_scores, key=lambda pair: pair[1])[0]


def _candidates(decision: Decision, known: Reference) -> tuple[Candidate, ...]:
    found = [
        Candidate(
            score.root,
            score.side,
            round(score.ranking, 3),
            round(score.label, 3),
            passes_gate(score, known),
        )
        for view in decision.views.values()
        for score in map(view.board.score, view.board.suspects)
    ]
    return tuple(sorted(found, key=lambda c: (-c.score, ROOTS.index(c.root), c.side != Side.RIGHT)))


def _concurrent(levels: Iterable[LevelFlag]) -> tuple[ConcurrentLevels, ...]:
    found = {}
    for level in levels:
        roots = tuple(sorted((level.root, *level.concurrent_with), key=ROOTS.index))
        if len(roots) > 1:
            text = f"{' and '.join(roots)} on the {level.side} each have findings of their own."
            found[roots, level.side] = ConcurrentLevels(roots, level.side, text)
    return tuple(found.values())


def _nerve_sentence(
    choice: NerveChoice, name: str, scored: Sequence[Finding], known: Reference
) -> str:
    score, root = choice.score, choice.root
    where = f"on the {score.side}"
    if choice.verdict is Verdict.NERVE:
        return f"Pattern of one peripheral nerve {where}: {name} nerve."
    compared = root.root if root else "a root"
    if choice.verdict is Verdict.UNCLEAR:
        tests = _outside_tests(choice, scored, known)
        ask = f" Test {', '.join(tests)} on both sides." if tests else ""
        return f"{compared} or the {name} nerve {where}: cannot be separated.{ask}"
    return f"The {name} nerve {where} is a second explanation beside {compared} {where}."


def _outside_tests(
    choice: NerveChoice, scored: Sequence[Finding], known: Reference
) -> tuple[str, ...]:
    """Untested muscles of the root that the nerve does not supply."""
    root = choice.root.root if choice.root else None
    muscles = known.levels[root].discriminating_muscles if root else ()
    tested = {finding.site for finding in scored if finding.sign == "strength_mrc"}
    return tuple(
        known.muscles[muscle].name
        for muscle in muscles
        if choice.score.nerve not in known.muscles[muscle].nerve_chain and muscle not in tested
    )


def _nerve(choice: NerveChoice, scored: Sequence[Finding], known: Reference) -> NerveHypothesis:
    score, root = choice.score, choice.root
    same = tuple(explain.words(name) for name in choice.same_score)
    name = explain.words(score.nerve) + (f" (or {', '.join(same)})" if same else "")
    return NerveHypothesis(
        nerve=score.nerve,
        name=name,
        side=score.side,
        score=round(score.score, 3),
        verdict=choice.verdict,
        compared_root=root.root if root else None,
        compared_score=round(root.ranking, 3) if root else 0.0,
        same_score=choice.same_score,
        evidence=tuple(explain.evidence_of(point, known) for point in score.positives),
        sentence=_nerve_sentence(choice, name, scored, known),
    )


def _messages(
    decision: Decision, levels: Sequence[LevelFlag], nerves: Sequence[NerveHypothesis]
) -> list[Message]:
    messages = list(decision.messages)
    for flag, level in zip(decision.flagged, levels, strict=True):
        where = f"{level.root} on the {level.side}"
        if flag.is_contradicted:
            text = f"{where}: signs disagree about the side, right or left. Re-examine."
            messages.append(Message("sides_disagree", text))
        if any(piece.is_unverified for piece in level.evidence):
            text = (
                f"{where} is unverified: the {level.side.other} side was not tested for all signs."
            )
            messages.append(Message("other_side_not_tested", text))
    for nerve in nerves:
        code = {Verdict.NERVE: "peripheral_nerve", Verdict.UNCLEAR: "root_or_nerve"}
        if nerve.verdict in code:
            messages.append(Message(code[nerve.verdict], nerve.sentence))
    return messages


def _completeness(
    levels: Sequence[LevelFlag],
    scored: Sequence[Finding],
    tested: Collection[Check],
    known: Reference,
) -> Completeness:
    """Of the flagged roots, or else of every root that a finding touches firmly."""
    flagged = {root for level in levels for root in (level.root, *level.equal_candidates)}
    roots = sorted(flagged or _touched(scored, known), key=ROOTS.index)
    return completeness_of(roots, tested, known)


def _touched(scored: Sequence[Finding], known: Reference) -> set[str]:
    least = known.model.gate.muscle
    return {
        root
        for finding in scored
        for root, weight in coefficients(finding.sign, finding.site, known).items()
        if weight >= least
    }
