"""A document becomes findings and a history, or a list of everything that is wrong with it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clinical.entries import Reference
from clinical.segments.exchange.fields import Fields, entry_of
from clinical.segments.exchange.kinds import KINDS, Part
from clinical.segments.exchange.scales import AGE, shown
from clinical.segments.findings import Context, Finding
from clinical.vocabulary import Side

# Where a lower number is the more abnormal one; elsewhere the higher one is.
LOWER_IS_WORSE = ("light_touch", "skin_temperature")


class BadInputError(ValueError):
    """Every error of a document, one sentence each, with its path."""

    def __init__(self, errors: Iterable[str]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(self.errors))


@dataclass(frozen=True)
class Examination:
    """What a document says, ready for the engine."""

    findings: tuple[Finding, ...]
    context: Context


@dataclass
class _Reader:
    known: Reference
    errors: list[str] = field(default_factory=list)
    first: dict[tuple[str, ...], str] = field(default_factory=dict)

    def part(self, entry: object, path: str) -> Part:
        """One entry of the list of findings."""
        if not isinstance(entry, Mapping):
            self.errors.append(f"{path}: {shown(entry)} is not a finding")
            return Part(())
        fields = Fields(entry, path, self.known)
        kind = fields.choice("type", KINDS, "a type of finding")
        if not kind:
            self.errors += fields.faults
            return Part(())
        part = KINDS[kind](fields)
        fields.check_keys()
        self.errors += fields.faults
        if any(part.place):
            self._check_first((kind, *part.place), path)
        return part

    def _check_first(self, place: tuple[str, ...], path: str) -> None:
        first = self.first.setdefault(place, path)
        if first != path:
            where = ", ".join(filter(None, place[1:]))
            self.errors.append(f"{path}: {place[0]} of {where} is there already, see {first}")

    def age(self, value: object) -> int | None:
        """The age in whole years, or None when it is not known."""
        if value is None:
            return None
        years = AGE.read(value)
        if years is None:
            self.errors.append(f"age: {shown(value)} is not {AGE.name}")
        return None if years is None else int(years)

    def findings(self, document: Mapping[str, object]) -> list[Part]:
        """Every entry of the list of findings."""
        entries = document.get("findings")
        if not isinstance(entries, list):
            text = "is missing" if entries is None else f"{shown(entries)} is not a list"
            self.errors.append(f"findings: {text}")
            return []
        return [self.part(entry, f"findings[{place}]") for place, entry in enumerate(entries)]


def read_document(document: object, reference: Reference) -> Examination:
    """Read a parsed document. Raises ``BadInputError`` with all errors; nothing is guessed.

    At the top only ``age`` and ``findings`` are read; other keys are remarks of the author.
    """
    if not isinstance(document, Mapping):
        raise BadInputError([f"document: {shown(document)} is not an object with findings"])
    reader = _Reader(reference)
    repeated = [n for n in getattr(document, "repeated", ()) if n in ("age", "findings")]
    reader.errors += [f"{name}: is there twice" for name in repeated]
    age = reader.age(document.get("age"))
    parts = reader.findings(document)
    if reader.errors:
        raise BadInputError(reader.errors)
    red_flags = tuple(text for part in parts for text in part.red_flags)
    found = _merged(finding for part in parts for finding in part.findings)
    return Examination(found, Context(red_flags=red_flags, age=age))


def read_examination(text: str, reference: Reference) -> Examination:
    """Read a JSON text. Raises ``BadInputError``."""
    try:
        document = json.loads(text, object_pairs_hook=entry_of)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadInputError([f"document: not JSON, {error.msg} ({where})"]) from None
    except RecursionError:
        raise BadInputError(["document: not JSON that can be read, too many brackets"]) from None
    return read_document(document, reference)


def _merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Several sites of one nerve or of one part of the body are one finding of the engine."""
    places: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        places.setdefault((finding.sign, finding.site), []).append(finding)
    return tuple(same[0] if len(same) == 1 else _one_of(same) for same in places.values())


def _one_of(same: list[Finding]) -> Finding:
    """The most abnormal value of each side; of two temperatures the pair that differs most."""
    sign, site = same[0].sign, same[0].site
    if sign == "skin_temperature":
        return max(same, key=lambda f: (_difference(f), f.value(Side.RIGHT) or 0.0))
    worst = min if sign in LOWER_IS_WORSE else max
    right, left = (
        worst((v for f in same if (v := f.value(side)) is not None), default=None) for side in Side
    )
    return Finding(sign, site, right, left)


def _difference(finding: Finding) -> float:
    right, left = (finding.value(side) for side in Side)
    return -1.0 if right is None or left is None else abs(right - left)
