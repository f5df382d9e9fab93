"""The form of a battery as the page shows it: tabs, sections, rows, and a cell for each side."""

import functools
from collections.abc import Collection, Iterable, Iterator

from assessment.cells import Place, Rows, key_of
from assessment.shown import CellShown, Legend, Line, RowShown, Section, Tab
from clinical.battery import Battery, SiteGroup
from clinical.grades import PAIN_SIGN, scale_of, sites_recorded
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
PALPATION_TAB = TABS[0][0]
# What may be asked of a palpated muscle beside its grades, when its row is opened.
PALPATED = ("muscle_tone", "tenderness")
ASKED_MORE = ("familiar_pain", "strength_mrc")


def tabs_of(
    battery: Battery, rows: Rows, last: Rows, noted: Collection[str] = ()
) -> tuple[Tab, ...]:
    """The whole form. ``last`` holds what was found the time before, ``noted`` are muscles."""
    stand = {(sign, site) for sign, site, _ in rows} | {(PALPATED[0], one) for one in noted}
    tabs = []
    for tab_id, name, signs in TABS:
        groups = [*getattr(battery, tab_id), *_extra(battery, stand, signs)]
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


def _extra(
    battery: Battery, stand: Collection[tuple[str, str]], signs: tuple[str, ...]
) -> Iterator[SiteGroup]:
    """What was recorded at places that the battery does not offer."""
    others = set(stand) - {*battery.places(), *_more_places(battery)}
    for sign in signs:
        sites = sorted(site for found, site in others if found == sign)
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
