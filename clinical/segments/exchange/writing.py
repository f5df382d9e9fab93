"""A report as a JSON document and as text for reading."""

from collections.abc import Iterable, Iterator
from typing import Any

from clinical.segments.explain import label_words, words
from clinical.segments.report import (
    Completeness,
    Evidence,
    LevelFlag,
    NerveHypothesis,
    SegmentReport,
)


def report_document(report: SegmentReport) -> dict[str, Any]:
    """The report as it is printed; its shape is ``infer_segments.output.schema.json``."""
    return {
        "pattern": report.pattern.value,
        "levels": [_level(level, rank) for rank, level in enumerate(report.levels)],
        "nerve": _nerve(report.nerve),
        "messages": [{"code": m.code, "text": m.text} for m in report.messages],
        "completeness": _completeness(report.completeness),
        "model_version": report.model_version,
    }


def _level(level: LevelFlag, rank: int) -> dict[str, Any]:
    return {
        "root": level.root,
        "side": level.side.value,
        "label": level.label.value,
        "score": level.score,
        "rank": rank,
        "alternatives": list(level.equal_candidates),
        "concurrent": list(level.concurrent_with),
        "evidence": _evidence(level.evidence),
        "against": _evidence(level.against),
        "missing": list(level.best_untested),
        "depends_on": list(level.depends_on),
    }


def _evidence(pieces: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [
        {
            "sign": piece.sign,
            "site": piece.site,
            "kind": piece.kind.value,
            "points": piece.points,
            "sentence": piece.sentence,
        }
        for piece in pieces
    ]


def _nerve(nerve: NerveHypothesis | None) -> dict[str, Any] | None:
    if nerve is None:
        return None
    return {"name": nerve.nerve, "side": nerve.side.value, "score": nerve.score}


def _completeness(done: Completeness) -> dict[str, Any]:
    return {"tested": done.tested, "expected": done.expected, "missing": list(done.missing)}


def report_text(report: SegmentReport) -> str:
    """The report for reading: urgent messages first, then levels, the nerve and what is missing."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: SegmentReport) -> Iterator[str]:
    yield f"Pattern: {words(report.pattern)}"
    for message in report.messages:
        yield f"- {message.text}"
    for rank, level in enumerate(report.levels, 1):
        yield ""
        yield f"{rank}. {level.root} on the {level.side}: {label_words(level.label)}"
        yield f"   {level.explanation}"
    if report.nerve:
        yield ""
        yield f"Nerve: {report.nerve.sentence}"
    done = report.completeness
    missing = f"; missing: {', '.join(done.missing)}" if done.missing else ""
    yield ""
    yield f"Tested on both sides: {done.tested} of {done.expected}{missing}"
    yield f"Model {report.model_version}"
