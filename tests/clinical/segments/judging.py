"""Reads the written cases and says whether a report answers one of them rightly.

What "right" means:

* The pattern is one of those that the case accepts, and no root is flagged on a wrong side.
* ``roots``: the first flagged root is one of these, on the side of the case, and no root further
  away than a neighbour of these is flagged beside it.
* ``both``: every one of these roots is flagged on the side of the case.
* ``flags``: every one of these roots is flagged on its own side, and nothing else is first.
* ``nerves``: the nerve named first is one of these (or its equal) on the side of the case.
* ``label``: whatever is flagged has one of these words.
* A case without any root expects no flagged root at all, unless the pattern is a nerve or a red
  flag: beside those a root may stand as the second explanation.

"Flagged" is a root with the word weak, moderate or strong; a root that is only noted is not.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinical.segments import (
    NOT_TESTED,
    Context,
    Finding,
    Label,
    LevelFlag,
    Pattern,
    SegmentReport,
    mrc,
)
from clinical.vocabulary import ROOTS, Side

FOLDER = Path(__file__).parent / "cases"
BESIDE_ROOTS = (Pattern.PERIPHERAL_NERVE, Pattern.RED_FLAG)
WORDS: Mapping[str, float | None] = {"yes": 1.0, "no": 0.0, "?": NOT_TESTED}


@dataclass(frozen=True)
class Case:
    """An examination with the answer that its author expects."""

    id: str
    kind: str
    text: str
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]
    context: Context
    pattern: tuple[Pattern, ...]
    side: Side | None
    roots: tuple[str, ...]
    both: tuple[str, ...]
    nerves: tuple[str, ...]
    flags: tuple[tuple[str, Side], ...]
    label: tuple[Label, ...]


def read_cases(name: str) -> tuple[Case, ...]:
    """The cases of one half: ``tuning`` or ``held_back``."""
    tables = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return tuple(_case(table) for table in tables)


def _case(table: Mapping[str, Any]) -> Case:
    context = dict(table.get("context", {}))
    context["red_flags"] = tuple(context.get("red_flags", ()))
    flags = (flag.split() for flag in table.get("flags", ()))
    return Case(
        *(table[key] for key in ("id", "kind", "text")),
        sources=tuple(table["sources"]),
        findings=tuple(_finding(line) for line in table["findings"].strip().splitlines()),
        context=Context(**context),
        pattern=tuple(Pattern(name) for name in table["pattern"]),
        side=Side(table["side"]) if "side" in table else None,
        **{key: tuple(table.get(key, ())) for key in ("roots", "both", "nerves")},
        flags=tuple((root, Side(side)) for root, side in flags),
        label=tuple(Label(word) for word in table.get("label", ())),
    )


def _finding(line: str) -> Finding:
    sign, site, right, left, *pain = line.split()
    return Finding(
        sign,
        "" if site == "." else site,
        _value(sign, right),
        _value(sign, left),
        pain_inhibited_right=pain == ["pain_right"],
        pain_inhibited_left=pain == ["pain_left"],
    )


def _value(sign: str, text: str) -> float | None:
    if text in WORDS:
        return WORDS[text]
    return mrc(text) if sign == "strength_mrc" else float(text)


def flagged(report: SegmentReport) -> list[LevelFlag]:
    """The roots that ask for attention, best first."""
    return [level for level in report.levels if level.label is not Label.NOTED]


def _sides(case: Case) -> set[Side]:
    if case.flags:
        return {side for _, side in case.flags}
    return {case.side} if case.side else set(Side)


def _near(root: str, others: tuple[str, ...]) -> bool:
    return any(abs(ROOTS.index(root) - ROOTS.index(other)) <= 1 for other in others)


def faults(case: Case, report: SegmentReport) -> list[str]:
    """What is wrong with the answer, in words; nothing when it is right."""
    found = []
    if report.pattern not in case.pattern:
        found.append(f"pattern {report.pattern}")
    found += [f"wrong side {flag.root} {flag.side}" for flag in wrong_sides(case, report)]
    if case.label:
        wrong = [flag for flag in flagged(report) if flag.label not in case.label]
        return found + [f"{flag.root} {flag.label}" for flag in wrong]
    if case.nerves:
        return found + _nerve_faults(case, report)
    return found + _root_faults(case, flagged(report))


def wrong_sides(case: Case, report: SegmentReport) -> list[LevelFlag]:
    """Flagged roots on a side on which the case has none."""
    return [flag for flag in flagged(report) if flag.side not in _sides(case)]


def misses_red_flag(case: Case, report: SegmentReport) -> bool:
    """Whether the case must be referred and is not."""
    return case.pattern == (Pattern.RED_FLAG,) and report.pattern is not Pattern.RED_FLAG


def _nerve_faults(case: Case, report: SegmentReport) -> list[str]:
    if report.pattern is not Pattern.PERIPHERAL_NERVE:
        return []
    nerve = report.nerve
    names = (nerve.nerve, *nerve.same_score) if nerve else ()
    is_right = nerve and nerve.side is case.side and set(names) & set(case.nerves)
    return [] if is_right else [f"nerve {', '.join(names)}"]


def _root_faults(case: Case, flags: list[LevelFlag]) -> list[str]:
    names = [flag.root for flag in flags]
    wanted = case.both or tuple(root for root, _ in case.flags)
    if wanted:
        places = {(flag.root, flag.side) for flag in flags}
        missing = [r for r, s in case.flags if (r, s) not in places]
        missing += [root for root in case.both if root not in names]
        extra = [] if names[:1] and names[0] in wanted else names[:1]
        return [f"missing {root}" for root in missing] + [f"first {root}" for root in extra]
    if case.roots:
        wrong = [name for name in names[:1] if name not in case.roots] or ([] if names else ["-"])
        far = [name for name in names[1:] if not _near(name, case.roots)]
        return [f"first {name}" for name in wrong] + [f"also {name}" for name in far]
    is_beside = any(pattern in BESIDE_ROOTS or pattern is Pattern.ROOT for pattern in case.pattern)
    return [] if is_beside else [f"flags {name}" for name in names]
