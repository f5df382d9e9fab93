"""The ladder and the messages of a report as a page shows them, for drafts and signed ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clinical.battery import Battery
from clinical.ladder import LADDER_ROOTS, LETTERS, LadderCell
from clinical.segments import Label
from clinical.vocabulary import Side

URGENT = ("red_flag", "neurological_deficit")
SAID_ELSEWHERE = ("not_a_diagnosis", "urgent_referral")
NOTHING_FOUND = ("no_level",)  # means something only where something was tested
FOUND_NOTHING = "nothing found"


@dataclass(frozen=True)
class Message:
    code: str
    text: str


@dataclass(frozen=True)
class Rung:
    """A root with both sides, and the reasons of its flags."""

    root: str
    right: LadderCell
    left: LadderCell
    levels: tuple[dict[str, Any], ...]
    is_first: bool
    right_last: LadderCell | None = None
    left_last: LadderCell | None = None

    @property
    def right_was(self) -> str:
        return _was(self.right, self.right_last)

    @property
    def left_was(self) -> str:
        return _was(self.left, self.left_last)

    @property
    def words(self) -> str:
        """The row read aloud."""
        right = f"{_said(self.right)}{_said_before(self.right, self.right_last)}"
        left = f"{_said(self.left)}{_said_before(self.left, self.left_last)}"
        return f"{self.root}. Right: {right}. Left: {left}."


@dataclass(frozen=True)
class LastRung:
    """A root as it was signed the time before; hidden where the ladder of now has no such rung."""

    root: str
    right: LadderCell
    left: LadderCell
    is_shown: bool

    @property
    def words(self) -> str:
        """The row read aloud."""
        return f"{self.root}. Right: {_said(self.right)}. Left: {_said(self.left)}."


@dataclass(frozen=True)
class LadderPage:
    """Everything the ladder pane and the alerts above the form show."""

    alerts: tuple[Message, ...]
    notes: tuple[Message, ...]
    rungs: tuple[Rung, ...]
    also_calm: tuple[str, ...]
    nerves: tuple[str, ...]
    levels: tuple[dict[str, Any], ...]
    completeness: dict[str, Any]
    is_empty: bool
    letters: tuple[tuple[str, str], ...] = tuple(LETTERS.items())


def _said(cell: LadderCell) -> str:
    if not cell.tested:
        return "not tested"
    kinds = ", ".join(LETTERS[letter] for letter in cell.letters) or FOUND_NOTHING
    return f"{cell.label}, {kinds}" if cell.label else kinds


def _said_before(now: LadderCell, last: LadderCell | None) -> str:
    """The cell of the time before, where anything in it was another."""
    return "" if last is None or _said(now) == _said(last) else f", last time {_said(last)}"


def _was(now: LadderCell, last: LadderCell | None) -> str:
    """The word of the time before, where it was another."""
    if last is None or (now.tested == last.tested and now.label == last.label):
        return ""
    return f"was {last.label or 'calm'}" if last.tested else "was not tested"


def ladder_page(
    report: dict[str, Any],
    cells: Iterable[LadderCell],
    battery: Battery,
    last: Iterable[LadderCell] = (),
) -> LadderPage:
    """``report`` is the segment report as JSON, stored or new; ``last`` the ladder before."""
    messages = [Message(**message) for message in report["messages"]]
    by_place = {(cell.root, cell.side): cell for cell in cells}
    is_empty = not any(cell.tested for cell in by_place.values())
    silent = SAID_ELSEWHERE + (NOTHING_FOUND if is_empty else ())
    shown = [message for message in messages if message.code not in silent]
    levels = report["levels"]
    return LadderPage(
        alerts=tuple(m for m in shown if m.code.startswith(URGENT)),
        notes=tuple(m for m in shown if not m.code.startswith(URGENT)),
        rungs=_rungs(by_place, {(one.root, one.side): one for one in last}, levels, battery),
        also_calm=_also_calm(by_place, battery),
        nerves=tuple(
            nerve["sentence"] for nerve in report["nerves"] if nerve["verdict"] == "second"
        ),
        levels=tuple(levels),
        completeness=report["completeness"],
        is_empty=is_empty,
    )


def last_rungs(last: Iterable[LadderCell], page: LadderPage) -> tuple[LastRung, ...]:
    """Every root of the stored ladder, those shown that ``page`` shows."""
    cells = {(cell.root, cell.side): cell for cell in last}
    shown = {rung.root for rung in page.rungs}
    return tuple(LastRung(root, *_pair(cells, root), root in shown) for root in LADDER_ROOTS)


def _pair(cells: dict[tuple[str, Side], LadderCell], root: str) -> tuple[LadderCell, LadderCell]:
    right, left = (
        cells.get((root, side)) or LadderCell(root, side, "", "", tested=False) for side in Side
    )
    return right, left


def _rungs(
    cells: dict[tuple[str, Side], LadderCell],
    last: dict[tuple[str, Side], LadderCell],
    levels: Sequence[dict[str, Any]],
    battery: Battery,
) -> tuple[Rung, ...]:
    """The roots of the battery, and every other root where something was found."""
    first = next((one["root"] for one in levels if one["label"] != Label.NOTED), None)
    rungs = []
    for root in LADDER_ROOTS:
        pair = _pair(cells, root)
        before = _pair(last, root)
        if root in battery.roots or any(cell.letters for cell in (*pair, *before)):
            own = tuple(level for level in levels if level["root"] == root)
            ghosts = before if last else (None, None)
            rungs.append(Rung(root, *pair, own, root == first, *ghosts))
    return tuple(rungs)


def _also_calm(cells: dict[tuple[str, Side], LadderCell], battery: Battery) -> tuple[str, ...]:
    """Other roots that were tested without a finding."""
    others = [root for root in LADDER_ROOTS if root not in battery.roots]
    pairs = ((root, _pair(cells, root)) for root in others)
    return tuple(
        root
        for root, pair in pairs
        if any(cell.tested for cell in pair) and not any(cell.letters for cell in pair)
    )
