"""One entry of a document, read field by field; every fault is kept with its path."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from clinical.entries import Reference
from clinical.segments.exchange.scales import NOT_TESTED_WORD, Measure, Scale, shown
from clinical.vocabulary import Side

SIDE_WORDS: Mapping[object, tuple[bool, bool]] = {
    "right": (True, False),
    "left": (False, True),
    "both": (True, True),
    "yes": (True, True),
    "no": (False, False),
}
YES_NO: Mapping[str, bool] = {"true": True, "false": False, "yes": True, "no": False}


class Entry(dict[str, object]):
    """A JSON object that remembers which of its keys were there twice."""

    repeated: tuple[str, ...] = ()


def entry_of(pairs: list[tuple[str, object]]) -> Entry:
    """For ``json.loads``: a later key never quietly replaces an earlier one."""
    entry = Entry(pairs)
    names = [name for name, _ in pairs]
    entry.repeated = tuple(dict.fromkeys(n for n in names if names.count(n) > 1))
    return entry


@dataclass
class Fields:
    """Reads one entry. A field that cannot be read gives a harmless value and a fault."""

    entry: Mapping[str, object]
    path: str
    known: Reference
    faults: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=lambda: {"type", "note"})

    def fault(self, name: str, text: str) -> None:
        """Keep one error with its path."""
        self.faults.append(f"{self.path}.{name}: {text}")

    def get(self, name: str) -> object:
        """The raw value of a field."""
        self.used.add(name)
        return self.entry.get(name)

    def text(self, name: str) -> str:
        """Words that must be there."""
        value = self.get(name)
        if value is None:
            self.fault(name, "is missing")
        elif not isinstance(value, str) or not value.strip():
            self.fault(name, f"{shown(value)} is not a text")
        else:
            return value.strip()
        return ""

    def optional_text(self, name: str) -> str:
        """Words that may be left out."""
        return "" if self.get(name) is None else self.text(name)

    def choice(self, name: str, allowed: Collection[str], what: str) -> str:
        """One of some names, written exactly; a near miss is named in the error, not taken."""
        text = self.text(name)
        if text and text not in allowed:
            near = difflib.get_close_matches(text, sorted(allowed), 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            self.fault(name, f"{shown(text)} is not {what}{hint}")
            return ""
        return text

    def found(self, name: str, text: str, value: str | None, what: str) -> str:
        """A name that was looked up, or a fault."""
        if text and value is None:
            self.fault(name, f"{shown(text)} is not {what}")
        return value or ""

    def side(self, side: Side, scale: Scale | Measure) -> float | None:
        """The value of one side; NT, null and a missing key are not tested."""
        value = self.get(side.value)
        if value is None or value == NOT_TESTED_WORD:
            return None
        number = scale.read(value)
        if number is None:
            self.fault(side.value, f"{shown(value)} is not {scale.name}")
        return number

    def sides(self, scale: Scale | Measure) -> tuple[float | None, float | None]:
        """The values right and left."""
        return self.side(Side.RIGHT, scale), self.side(Side.LEFT, scale)

    def on_sides(self, name: str) -> tuple[bool, bool] | None:
        """On which sides something optional holds, right and left; None when it was left out."""
        value = self.get(name)
        if value is None:
            return None
        if isinstance(value, bool):
            return (value, value)
        found = SIDE_WORDS.get(value) if isinstance(value, str) else None
        if found is None:
            self.fault(name, f"{shown(value)} is not left, right, both, yes or no")
        return found

    def yes_no(self, name: str) -> bool:
        """True or false; no when it was left out."""
        value = self.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        if not isinstance(value, str) or value not in YES_NO:
            self.fault(name, f"{shown(value)} is not true or false")
            return False
        return YES_NO[value]

    def check_keys(self) -> None:
        """No key may be unknown or there twice."""
        for name in self.entry:
            if name not in self.used:
                self.fault(name, "is not a field of this type")
        for name in getattr(self.entry, "repeated", ()):
            self.fault(name, "is there twice")
