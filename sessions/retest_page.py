"""The re-test as the session page, its review and its document show it."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessment.cells import plain
from assessment.grid import place_name
from assessment.shown import Option, options_of
from clinical.grades import Scale, scale_of, value_words
from clinical.reference import reference
from clinical.retest import RANGE, SOURCES, WORDS, Change, change_of, sentence
from clinical.vocabulary import Side
from sessions.choices import NeedledSide, RetestSign
from sessions.counting import in_words
from sessions.models import NeedledMuscle, Retest, TreatmentSession
from sessions.retesting import AFTER, BEFORE, Examined, RetestPlace, examined, places, tested

NOT_TESTED = "not tested"


@dataclass(frozen=True)
class MomentShown:
    """The value before or after, with the buttons that change it."""

    name: str
    label: str
    scale: Scale
    value: Decimal | None
    day: date | None = None

    @property
    def is_tested(self) -> bool:
        return self.value is not None

    @property
    def value_text(self) -> str:
        return plain(self.value)

    @property
    def options(self) -> tuple[Option, ...]:
        return options_of(self.scale, self.value, None)


@dataclass(frozen=True)
class LineShown:
    """One sign of a place, before and after, and how it changed in words."""

    sign: str
    name: str
    before: MomentShown
    after: MomentShown

    @property
    def moments(self) -> tuple[MomentShown, MomentShown]:
        return self.before, self.after

    @property
    def change(self) -> Change | None:
        return change_of(self.sign, self.before.value, self.after.value)

    @property
    def change_words(self) -> str:
        """The change in a word; nothing while a value is missing."""
        words = dict(zip((Change.EASED, Change.WORSE), WORDS[self.sign], strict=True))
        return words.get(self.change, "same") if self.change else ""

    @property
    def before_words(self) -> str:
        return _said(self.sign, self.before.value)

    @property
    def after_words(self) -> str:
        return _said(self.sign, self.after.value)


@dataclass(frozen=True)
class PlaceShown:
    """One row of the table: a muscle or a movement on one side."""

    place: RetestPlace
    lines: tuple[LineShown, ...]

    @property
    def id(self) -> str:
        return f"retest-{self.place.site}-{self.place.side}"

    @property
    def name(self) -> str:
        return place_name(self.place.site)

    @property
    def side_words(self) -> str:
        return str(NeedledSide(self.place.side).label)

    @property
    def is_range(self) -> bool:
        return self.place.signs == (RANGE,)

    @property
    def group(self) -> str:
        """Needled or not, and the root."""
        if self.is_range:
            return "Range"
        if self.place.is_needled:
            return "Needled"
        return f"Not needled, same root {self.place.root}"

    @property
    def is_entered(self) -> bool:
        return any(line.after.is_tested for line in self.lines)


class RetestPage:
    """Read when it is first looked at: two queries, whatever the number of rows."""

    sources = SOURCES

    def __init__(self, treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> None:
        self.treatment = treatment
        self.needled = rows

    @functools.cached_property
    def _held(self) -> list[Retest]:
        return list(self.treatment.retests.all())

    @functools.cached_property
    def places(self) -> list[PlaceShown]:
        """Everything that may be tested again, in the order of the page."""
        found = examined(self.treatment)
        held = {(one.sign, one.site, one.side): one for one in self._held}
        listed = places(self.needled, self._held, found)
        return [PlaceShown(one, tuple(_lines(one, held, found))) for one in listed]

    @property
    def lines_entered(self) -> list[tuple[PlaceShown, LineShown]]:
        """What was tested again, for the review and the document."""
        return [
            (place, line) for place in self.places for line in place.lines if line.after.is_tested
        ]

    @property
    def sentence(self) -> str:
        return sentence(tested(self._held, self.needled))

    @property
    def without_root(self) -> list[str]:
        """Needled muscles whose root is not noted, in words: they have no neighbours."""
        return [in_words(row) for row in self.needled if not row.segment]

    def place(self, site: str, side: str) -> PlaceShown | None:
        """One row of the table."""
        return next((p for p in self.places if (p.place.site, p.place.side) == (site, side)), None)


def _lines(
    place: RetestPlace, held: dict[tuple[str, str, str], Retest], found: Examined
) -> Iterable[LineShown]:
    for sign in place.signs:
        row = held.get((sign, place.site, place.side))
        before, day = _before(row, found, sign, place)
        name = str(RetestSign(sign).label)
        label = f"{place_name(place.site)}, {place.side}, {name.lower()}"
        scale = scale_of(sign, reference())
        yield LineShown(
            sign,
            name,
            MomentShown(f"{sign}-{BEFORE}", f"{label} before", scale, before, day),
            MomentShown(f"{sign}-{AFTER}", f"{label} after", scale, row.after if row else None),
        )


def _before(
    row: Retest | None, found: Examined, sign: str, place: RetestPlace
) -> tuple[Decimal | None, date | None]:
    """What stands before: the stored value, else the one of the session's assessment."""
    if row is not None:
        return row.before, row.before_on
    value = found.values.get((sign, place.site, Side(place.side)))
    return value, found.day if value is not None else None


def _said(sign: str, value: Decimal | None) -> str:
    return NOT_TESTED if value is None else value_words(sign, value, reference())
