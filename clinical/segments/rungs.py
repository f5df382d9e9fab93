"""The ladder of an examination: for each root and side what was found, in letters and a word."""

import functools
from collections.abc import Iterable, Sequence

from clinical.entries import Reference
from clinical.ladder import LADDER_ROOTS, LadderCell
from clinical.reference import reference as shipped_reference
from clinical.segments.findings import Finding, scored_findings
from clinical.segments.report import EvidenceKind, Label, SegmentReport
from clinical.segments.scoring import Scoreboard, coefficients, ranked_roots
from clinical.segments.severity import items_of, severity
from clinical.vocabulary import SIDES, Side

# Signs of a whole limb or region; one alone does not make a root "tested".
NOT_OF_ONE_ROOT = ("regional", "temperature", "autonomic", "nerve", "red_flag", "recorded")

Words = dict[tuple[str, Side], str]


def ladder_cells(
    findings: Iterable[Finding], report: SegmentReport, reference: Reference | None = None
) -> tuple[LadderCell, ...]:
    """Every root of the ladder on each side. A cell without a label carries no flag.

    The letters say what was found even where the report names no level (red flags, widespread
    tenderness); then the word is missing.
    """
    known = reference or shipped_reference()
    scored = scored_findings(findings, known)
    items = items_of(scored, known)
    words, touched = _words(report), _touched(scored, known)
    cells = []
    for side in Side:
        board, ranked = Scoreboard(items, side, known), ranked_roots(known.model)
        for root in LADDER_ROOTS:
            if root in ranked:
                letters = _letters(board.groups_for(root), known)
                is_tested = bool(letters) or (root, side) in touched
            else:
                letters, is_tested = _unranked(root, side, scored, known)
            label = words.get((root, side), "") if letters else ""
            cells.append(LadderCell(root, side, label, letters, is_tested))
    return tuple(cells)


def _words(report: SegmentReport) -> Words:
    """Flagged roots by their label, roots that fit as well by their rival, the rest as noted."""
    words: Words = {(found.root, found.side): Label.NOTED for found in report.candidates}
    for level in report.levels:
        words |= {(root, level.side): f"or {level.root}" for root in level.equal_candidates}
    return words | {(level.root, level.side): level.label for level in report.levels}


def _letters(groups: Iterable[str], known: Reference) -> str:
    found = {known.model.groups[group].letter for group in groups}
    return "".join(kind for kind in EvidenceKind if kind in found)


def _touched(scored: Sequence[Finding], known: Reference) -> set[tuple[str, Side]]:
    """The roots on each side to which something that was tested belongs firmly."""
    return {
        (root, side)
        for finding in scored
        for side in SIDES
        if finding.value(side) is not None
        for root in _firm_roots(finding.sign, finding.site, known)
    }


@functools.lru_cache(maxsize=4096)
def _firm_roots(sign: str, site: str, known: Reference) -> tuple[str, ...]:
    """The roots that a sign at a site tests; none for the signs of a whole limb."""
    if known.model.signs[sign].group in NOT_OF_ONE_ROOT:
        return ()
    least = known.model.gate.muscle
    return tuple(root for root, w in coefficients(sign, site, known).items() if w >= least)


def _unranked(
    root: str, side: Side, scored: Sequence[Finding], known: Reference
) -> tuple[str, bool]:
    """Roots that are never flagged (S3, S4) show only what was found at their own site."""
    own = [f for f in scored if f.site == root and f.value(side) is not None]
    groups = {
        known.model.signs[finding.sign].group
        for finding in own
        if severity(finding, finding.value(side) or 0.0, known) > 0
    }
    return _letters(groups, known), bool(own)
