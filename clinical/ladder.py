"""The nerve-root ladder for print: one row a root, right on the left of left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from clinical.vocabulary import ROOTS, Side

LETTERS: Mapping[str, str] = {
    "M": "weakness",
    "P": "palpation",
    "S": "sensation",
    "R": "reflex",
    "A": "autonomic",
}
LADDER_ROOTS = ROOTS[ROOTS.index("C2") : ROOTS.index("S4") + 1]

WIDTH, TOP, ROW = 360, 30, 17
CENTRE, BOX, BOXES_FROM, WORD_FROM = WIDTH // 2, 16, 28, 116
HEIGHT = TOP + ROW * len(LADDER_ROOTS) + 24
INK, QUIET, LINE, ACCENT, SUNKEN = "#1d2829", "#485557", "#dddad2", "#0f5f63", "#eceae4"
STRONG_WORDS = ("moderate", "strong")


@dataclass(frozen=True)
class LadderCell:
    """One root on one side: its word, and the letters of the kinds of evidence found there."""

    root: str
    side: Side
    label: str
    letters: str
    tested: bool


def render_ladder_svg(cells: Iterable[LadderCell], *, title: str = "Nerve-root ladder") -> str:
    """The ladder from C2 to S4 as SVG text that needs no style sheet.

    A root and side without a cell is drawn as not tested.
    """
    known = _by_place(cells)
    rows = "".join(
        _row(root, TOP + ROW * index, {side: known.get((root, side)) for side in Side})
        for index, root in enumerate(LADDER_ROOTS)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="\'Noto Sans\',sans-serif" font-size="10" fill="{INK}">'
        f"<title>{escape(title)}</title>{_heading()}{rows}{_legend()}</svg>"
    )


def _by_place(cells: Iterable[LadderCell]) -> dict[tuple[str, Side], LadderCell]:
    places: dict[tuple[str, Side], LadderCell] = {}
    for cell in cells:
        place = (cell.root, cell.side)
        if cell.root not in LADDER_ROOTS:
            raise ValueError(f"{cell.root} is not on the ladder")
        if place in places:
            raise ValueError(f"{cell.root} {cell.side} is there twice")
        if not set(cell.letters) <= set(LETTERS):
            raise ValueError(f"{cell.root} {cell.side}: unknown letter in {cell.letters!r}")
        places[place] = cell
    return places


def _heading() -> str:
    return (
        _text(_outwards(Side.RIGHT, WORD_FROM), 18, "R right", anchor="end", weight=650)
        + _text(CENTRE, 18, "root", weight=650)
        + _text(_outwards(Side.LEFT, WORD_FROM), 18, "L left", anchor="start", weight=650)
        + f'<path d="M0 {TOP - 4}h{WIDTH}" stroke="{LINE}"/>'
    )


def _row(root: str, y: int, cells: Mapping[Side, LadderCell | None]) -> str:
    is_tested = any(cell is not None and cell.tested for cell in cells.values())
    badge = f'fill="{SUNKEN}"' if is_tested else f'fill="none" stroke="{QUIET}" {_dashes()}'
    return (
        f'<g data-root="{root}"><rect x="{CENTRE - 17}" y="{y}" width="34" height="{ROW - 3}" '
        f'rx="3" {badge}/>'
        + _text(CENTRE, y + 11, root, weight=650 if is_tested else 400)
        + "".join(_cell(side, cell, y) for side, cell in cells.items())
        + "</g>"
    )


def _cell(side: Side, cell: LadderCell | None, y: int) -> str:
    """Not tested (dashed, in words), nothing found (a dash) and found (letters) stay apart."""
    middle = _outwards(side, BOXES_FROM + BOX * len(LETTERS) / 2)
    if cell is None or not cell.tested:
        width = BOX * len(LETTERS)
        frame = (
            f'<rect x="{middle - width / 2:g}" y="{y}" width="{width}" height="{ROW - 3}" rx="3" '
            f'fill="none" stroke="{LINE}" {_dashes()}/>'
        )
        return frame + _text(middle, y + 10, "not tested", size=8, fill=QUIET)
    if not cell.letters:
        return _text(middle, y + 11, "–", fill=QUIET)
    boxes = "".join(
        _box(letter, middle + BOX * (index - len(LETTERS) / 2), y, letter in cell.letters)
        for index, letter in enumerate(LETTERS)
    )
    weight = 750 if cell.label in STRONG_WORDS else 500
    anchor = "end" if side is Side.RIGHT else "start"
    word = _text(_outwards(side, WORD_FROM), y + 11, cell.label, anchor=anchor, weight=weight)
    return boxes + word


def _box(letter: str, x: float, y: int, is_found: bool) -> str:
    look = f'fill="{ACCENT}"' if is_found else f'fill="none" stroke="{LINE}"'
    box = f'<rect x="{x + 1:g}" y="{y}" width="{BOX - 2}" height="{ROW - 3}" rx="2.5" {look}/>'
    if not is_found:
        return box
    return box + _text(x + BOX / 2, y + 10.5, letter, size=9, weight=700, fill="#fff")


def _legend() -> str:
    words = " · ".join(f"{letter} {word}" for letter, word in LETTERS.items())
    return _text(CENTRE, HEIGHT - 8, f"{words} · – nothing found", size=9, fill=QUIET)


def _outwards(side: Side, distance: float) -> float:
    """A place on the half of a side: right is drawn on the left, as in the findings."""
    return CENTRE - distance if side is Side.RIGHT else CENTRE + distance


def _dashes() -> str:
    return 'stroke-width=".8" stroke-dasharray="2.5 2"'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "middle",
    size: int = 10,
    weight: int = 400,
    fill: str = INK,
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}" fill="{fill}">{escape(words)}</text>'
    )
