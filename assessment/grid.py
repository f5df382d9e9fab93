"""The form of a battery as the page shows it: tabs, sections, rows, and a cell for each side."""

import functools
import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assessment.cells import Place, Rows, key_of, plain
from clinical.battery import Battery, SiteGroup
from clinical.grades import (
    LEAST_DIFFERENCE,
    PAIN_SIGN,
    Grade,
    Scale,
    difference_words,
    scale_of,
    sites_recorded,
)
from clinical.reference import reference
from clinical.segments.explain import site_name
from clinical.vocabulary import ROOTS, Side

# The tabs, each with its words and the signs it holds.
TABS = (
    ("muscles", "Muscles", ("muscle_tone", "tenderness", "familiar_pain")),
    ("strength", "Strength", ("strength_mrc",)),
    ("reflexes", "Reflexes", ("reflex",)),
    ("sensation", "Sensation", ("light_touch", "pinprick")),
    ("paraspinal", "Paraspinals", ("paraspinal_band",)),
    (
        "skin",
        "Skin",
        (
            *("skin_roll_peau_dorange", "matchstick_test", "trophedema_visible"),
            *("skin_temperature", "sudomotor", "pilomotor", "hair_loss", "nail_skin_trophic"),
        ),
    ),
    ("motion", "Motion", ("joint_range",)),
    (
        "tests",
        "Tests",
        (
            *("spurling", "neck_distraction", "ulnt1", "slr", "crossed_slr", "femoral_stretch"),
            *("sit_to_stand_1leg", "heel_walk", "heel_raise_1leg", "nerve_palpation"),
            *("saddle_sensation", "umn_signs"),
        ),
    ),
)
# The name of a line where a row has several signs.
LINE_NAMES = {
    "muscle_tone": "Tone",
    "tenderness": "Tenderness",
    "familiar_pain": "Familiar pain",
    "strength_mrc": "Strength",
    "paraspinal_band": "Tenderness beside the spine",
    "light_touch": "Light touch",
    "pinprick": "Pinprick",
    "skin_roll_peau_dorange": "Skin roll",
    "matchstick_test": "Matchstick",
    "trophedema_visible": "Swelling",
    "joint_range": "Range",
}
ALSO_RECORDED = "Also recorded"
# What may be asked of a palpated muscle beside its grades, when its row is opened.
PALPATED = ("muscle_tone", "tenderness")
ASKED_MORE = ("familiar_pain", "strength_mrc")


@dataclass(frozen=True)
class Option:
    """One button of a cell, in the texts that the page needs."""

    value: str
    words: str
    look: str
    pressed: str


@dataclass(frozen=True)
class CellShown:
    """The control of one side: the grades with the chosen one, or a typed number."""

    key: str
    label: str
    side: Side
    scale: Scale
    value: Decimal | None
    last: Decimal | None
    is_pain_inhibited: bool
    takes_pain: bool

    @property
    def is_tested(self) -> bool:
        return self.value is not None

    @property
    def value_text(self) -> str:
        return plain(self.value)

    @property
    def normal_text(self) -> str:
        return plain(self.scale.normal)

    @property
    def last_text(self) -> str:
        return plain(self.last)

    @property
    def last_words(self) -> str:
        """What was found the time before, as it is read aloud."""
        grade = next((one for one in self.scale.grades if one.value == self.last), None)
        return grade.short if grade else f"{self.last_text} {self.scale.unit}"

    @property
    def least_difference(self) -> Decimal:
        """From here on a measured side differs from the other."""
        return LEAST_DIFFERENCE.get(self.key.partition("|")[0], Decimal(0))

    @property
    def arrow(self) -> str:
        """Whether the value went up or down since the time before."""
        if self.value is None or self.last is None:
            return ""
        return "=" if self.value == self.last else "↑" if self.value > self.last else "↓"

    @property
    def is_long(self) -> bool:
        """Whether the grades are written as words instead of digits."""
        return len(self.scale.grades) == 2

    @property
    def options(self) -> tuple[Option, ...]:
        """The grades as buttons."""
        return options_of(self.scale, self.value, self.last)


@dataclass(frozen=True)
class Line:
    """One sign at one site, right and left."""

    sign: str
    name: str
    right: CellShown
    left: CellShown

    @property
    def cells(self) -> tuple[CellShown, CellShown]:
        return self.right, self.left

    @property
    def missing(self) -> str:
        """Which side is not tested, in words."""
        if not self.right.is_tested and not self.left.is_tested:
            return "not tested"
        if not self.right.is_tested:
            return "right not tested"
        return "" if self.left.is_tested else "left not tested"

    @property
    def difference(self) -> str:
        """How much less one side measures, in words; only of a measured sign."""
        right, left = self.right.value, self.left.value
        if right is None or left is None:
            return ""
        return difference_words(self.sign, right, left, reference())

    @property
    def remark(self) -> str:
        """What is said beside the name: what is missing, or how the sides differ."""
        return self.missing or self.difference


@dataclass(frozen=True)
class RowShown:
    """One site, or one test, with a line for each of its signs, and what may be asked more."""

    site: str
    name: str
    hint: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether something stands among what was asked more."""
        return any(cell.is_tested for line in self.more for cell in line.cells)


@dataclass(frozen=True)
class Section:
    """A group of rows that may be filled as normal together."""

    key: str
    name: str
    rows: tuple[RowShown, ...]

    @property
    def cells(self) -> Iterator[CellShown]:
        return (cell for row in self.rows for line in row.lines for cell in line.cells)

    @property
    def every_cell(self) -> Iterator[CellShown]:
        """Also what is asked only of some muscles."""
        more = (cell for row in self.rows for line in row.more for cell in line.cells)
        return itertools.chain(self.cells, more)

    @property
    def has_normal(self) -> bool:
        return any(cell.scale.normal is not None for cell in self.cells)


@dataclass(frozen=True)
class Legend:
    """The grades of a sign in words."""

    name: str
    grades: tuple[Grade, ...]


@dataclass(frozen=True)
class Tab:
    id: str
    name: str
    sections: tuple[Section, ...]
    legends: tuple[Legend, ...] = field(default=())

    @property
    def cells(self) -> list[CellShown]:
        return [cell for section in self.sections for cell in section.cells]

    @property
    def every_cell(self) -> list[CellShown]:
        return [cell for section in self.sections for cell in section.every_cell]

    @property
    def tested(self) -> int:
        return sum(cell.is_tested for cell in self.cells)

    @property
    def total(self) -> int:
        return len(self.cells)


@functools.lru_cache(maxsize=2048)
def options_of(scale: Scale, value: Decimal | None, last: Decimal | None) -> tuple[Option, ...]:
    """The buttons of a scale, with the chosen grade and the one of the time before."""
    is_long = len(scale.grades) == 2
    return tuple(
        Option(
            value=plain(grade.value),
            words=grade.words if is_long else grade.short,
            look=f"v{grade.step}{' was' if grade.value == last else ''}",
            pressed="true" if grade.value == value else "false",
        )
        for grade in scale.grades
    )


def tabs_of(battery: Battery, rows: Rows, last: Rows) -> tuple[Tab, ...]:
    """The whole form. ``last`` holds what was found the time before."""
    tabs = []
    for tab_id, name, signs in TABS:
        groups = [*getattr(battery, tab_id), *_extra(battery, rows, signs)]
        more = _more_places(battery)
        sections = tuple(
            Section(f"{tab_id}-{number}", group.name, tuple(_rows(group, more, rows, last)))
            for number, group in enumerate(groups)
        )
        tabs.append(Tab(tab_id, name, sections, _legends(groups)))
    return tuple(tab for tab in tabs if tab.total)


@functools.cache
def _more_places(battery: Battery) -> frozenset[tuple[str, str]]:
    """What may be asked of the palpated muscles and is not offered anyway."""
    sites = {site for group in battery.muscles for site in group.sites}
    asked = {(s, site) for s in ASKED_MORE for site in sites & sites_recorded(s, reference())}
    return frozenset(asked - set(battery.places()))


def _extra(battery: Battery, rows: Rows, signs: tuple[str, ...]) -> Iterator[SiteGroup]:
    """What was recorded at places that the battery does not offer."""
    offered = {*battery.places(), *_more_places(battery)}
    for sign in signs:
        sites = {s: None for (found, s, _) in rows if found == sign and (sign, s) not in offered}
        if sites:
            yield SiteGroup(ALSO_RECORDED, (sign,), tuple(sites))


def _rows(
    group: SiteGroup, more: Collection[tuple[str, str]], rows: Rows, last: Rows
) -> Iterator[RowShown]:
    if group.sites == ("",):
        for sign in group.signs:
            line = _line(sign, "", sign_name(sign), rows, last)
            yield RowShown(sign, sign_name(sign), reference().signs[sign].maps_to, (line,))
        return
    for site in group.sites:
        name = place_name(site)
        lines = tuple(_line(sign, site, name, rows, last) for sign in group.signs)
        signs = ASKED_MORE if group.signs[0] in PALPATED else ()
        asked = tuple(_line(s, site, name, rows, last) for s in signs if (s, site) in more)
        yield RowShown(site, name, _hint(group.signs[0], site), lines, asked)


def _line(sign: str, site: str, name: str, rows: Rows, last: Rows) -> Line:
    line_name = LINE_NAMES.get(sign, sign_name(sign))
    label = name if name == line_name else f"{name}, {line_name.lower()}"
    right, left = (_cell((sign, site, side), label, rows, last) for side in Side)
    return Line(sign, line_name, right, left)


def _cell(place: Place, label: str, rows: Rows, last: Rows) -> CellShown:
    sign, _site, side = place
    row, before = rows.get(place), last.get(place)
    return CellShown(
        key=key_of(*place),
        label=f"{label}, {side}",
        side=Side(side),
        scale=scale_of(sign, reference()),
        value=row.value if row else None,
        last=before.value if before else None,
        is_pain_inhibited=bool(row and row.is_pain_inhibited),
        takes_pain=sign == PAIN_SIGN,
    )


def _legends(groups: Iterable[SiteGroup]) -> tuple[Legend, ...]:
    signs = dict.fromkeys(sign for group in groups for sign in group.signs)
    scales = ((sign, scale_of(sign, reference())) for sign in signs)
    return tuple(
        Legend(sign_name(sign), tuple(g for g in scale.grades if g.words != g.short))
        for sign, scale in scales
        if len(scale.grades) > 2
    )


def sign_name(sign: str) -> str:
    """The name of a sign without its explanation in brackets."""
    return reference().signs[sign].name.partition(" (")[0]


def place_name(site: str) -> str:
    """A muscle's name, a root, or the words of a region, reflex or nerve."""
    name = site_name(site, reference())
    return name if name in ROOTS else name[:1].upper() + name[1:]


def _hint(sign: str, site: str) -> str:
    """The roots of a muscle or reflex, or where the key point of a root lies."""
    known = reference()
    if site in known.muscles:
        muscle = known.muscles[site]
        minor = f" ({' '.join(muscle.roots_minor)})" if muscle.roots_minor else ""
        nerve = f" · {_nerve(muscle.peripheral_nerve)}" if sign == PAIN_SIGN else ""
        return " ".join(muscle.roots_major) + minor + nerve
    if sign == "reflex":
        least = known.model.coefficients.smallest_reflex
        roots = (root for root, one in known.levels.items() if one.reflexes.get(site, 0) >= least)
        return " ".join(roots)
    if sign in ("light_touch", "pinprick") and site in known.levels:
        return known.levels[site].dermatome_landmark
    return ""


def _nerve(words: str) -> str:
    """The first nerve of a muscle, without its branch."""
    return words.partition(";")[0].partition(" (")[0]
