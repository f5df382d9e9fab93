"""One place of the form: a sign at a site on a side, with the value that is wanted there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assessment.models import Finding
from clinical.segments import FindingError
from clinical.vocabulary import Side

Place = tuple[str, str, str]
State = tuple[Decimal | None, bool]  # what stands at a place: the value, and limited by pain
Rows = Mapping[Place, Finding]

SEPARATOR = "|"
PAIN_MARK, FILL_MARK = "pain", "fill"


@dataclass(frozen=True)
class Cell:
    """What shall stand at a place. Without a value it is not tested, which is never normal."""

    sign: str
    site: str
    side: Side
    value: Decimal | None
    is_pain_inhibited: bool = False
    is_fill: bool = False  # stands in for what is not tested; never replaces a finding
    known: frozenset[State] | None = None  # the states it may replace; None replaces any

    @property
    def place(self) -> Place:
        return self.sign, self.site, self.side

    @property
    def state(self) -> State:
        return self.value, self.is_pain_inhibited

    def may_replace(self, held: State) -> bool:
        """Whether the page knew what is held, or both say the same."""
        return self.known is None or held in self.known or held == self.state


def key_of(sign: str, site: str, side: str) -> str:
    """The name of a place in the page, as ``muscle_tone|deltoid|right``."""
    return SEPARATOR.join((sign, site, side))


def read_cell(text: str) -> Cell:
    """The cell of ``sign|site|side|value|pain`` or ``|fill``; FindingError when it is none."""
    parts = text.split(SEPARATOR)
    if len(parts) not in (4, 5) or parts[2] not in tuple(Side):
        raise FindingError("This cell is unknown. Reload the page.")
    sign, site, side, number = parts[:4]
    mark = "".join(parts[4:])
    return Cell(
        sign, site, Side(side), read_value(number), mark == PAIN_MARK, is_fill=mark == FILL_MARK
    )


def read_value(text: str) -> Decimal | None:
    """A number with at most two decimals; nothing is not tested."""
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= 10**4 or value != round(value, 2):
        raise FindingError(f"“{text[:20]}” is not a number with at most two decimals.")
    return value


def read_states(text: str) -> frozenset[State]:
    """The states of ``|4|4.33 pain``: not tested, 4, 4+ limited by pain."""
    pairs = (one.partition(f" {PAIN_MARK}") for one in text.split(SEPARATOR))
    return frozenset((read_value(number), bool(pain)) for number, pain, _ in pairs)


def state_of(row: Finding | None) -> State:
    """What stands at a place; no row is not tested."""
    return (row.value, row.is_pain_inhibited) if row else (None, False)


def plain(value: Decimal | None) -> str:
    """A number without needless zeros, as the buttons carry it; nothing for None."""
    return "" if value is None else f"{value.normalize():f}"


def state_text(row: Finding | None) -> str:
    """The state as the page compares it: nothing, ``4`` or ``4 pain``."""
    value, is_pain_inhibited = state_of(row)
    return plain(value) + (f" {PAIN_MARK}" if is_pain_inhibited else "")


def rows_by_place(findings: Iterable[Finding]) -> dict[Place, Finding]:
    """The stored findings by their place."""
    return {(row.sign, row.site, row.side): row for row in findings}
