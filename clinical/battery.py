"""What an examination consists of: groups of sites for every tab, and how several are joined."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from clinical.vocabulary import ROOTS

PARTS = ("muscles", "strength", "reflexes", "sensation", "paraspinal", "skin", "motion", "tests")
CUSTOM = "custom"


@dataclass(frozen=True)
class SiteGroup:
    """Neighbouring sites that are examined with the same signs, one after the other."""

    name: str
    signs: tuple[str, ...]
    sites: tuple[str, ...]


@dataclass(frozen=True)
class Battery:
    """The examination of one region: groups of sites for every tab of the form."""

    id: str
    roots: tuple[str, ...]
    muscles: tuple[SiteGroup, ...]
    strength: tuple[SiteGroup, ...]
    reflexes: tuple[SiteGroup, ...]
    sensation: tuple[SiteGroup, ...]
    paraspinal: tuple[SiteGroup, ...]
    skin: tuple[SiteGroup, ...]
    motion: tuple[SiteGroup, ...]
    tests: tuple[SiteGroup, ...]

    @property
    def groups(self) -> tuple[SiteGroup, ...]:
        """Every group of the battery."""
        return (
            *self.muscles,
            *self.strength,
            *self.reflexes,
            *self.sensation,
            *self.paraspinal,
            *self.skin,
            *self.motion,
            *self.tests,
        )

    def places(self) -> Iterator[tuple[str, str]]:
        """Every sign with every site that the battery offers."""
        return ((sign, site) for g in self.groups for site in g.sites for sign in g.signs)


class Pick(NamedTuple):
    """One group of a battery that can be picked for an examination of one's own."""

    battery: str
    part: str
    name: str

    @property
    def key(self) -> str:
        """As it is stored: ``neck_arm|muscles|Forearm``."""
        return "|".join(self)


def picks_of(battery: Battery) -> Iterator[Pick]:
    """Every group of a battery, tab by tab."""
    return (
        Pick(battery.id, part, group.name) for part in PARTS for group in getattr(battery, part)
    )


def joined(battery_id: str, batteries: Iterable[Battery]) -> Battery:
    """Several examinations as one: every sign at every site once, groups of one name together."""
    several = tuple(batteries)
    seen: set[tuple[str, str]] = set()
    parts = {part: _merged((g for b in several for g in getattr(b, part)), seen) for part in PARTS}
    named = {root for battery in several for root in battery.roots}
    return Battery(battery_id, tuple(root for root in ROOTS if root in named), **parts)


def picked(keys: Iterable[str], known: Mapping[str, Battery]) -> Battery:
    """The examination of the picked groups; a key that names none is left out."""
    wanted = set(keys)
    return joined(CUSTOM, (_only(battery, wanted) for battery in known.values()))


def _only(battery: Battery, wanted: set[str]) -> Battery:
    """The groups of a battery that are wanted, with its roots when there are any."""
    parts = {
        part: tuple(
            group
            for group in getattr(battery, part)
            if Pick(battery.id, part, group.name).key in wanted
        )
        for part in PARTS
    }
    return Battery(battery.id, battery.roots if any(parts.values()) else (), **parts)


def _merged(groups: Iterable[SiteGroup], seen: set[tuple[str, str]]) -> tuple[SiteGroup, ...]:
    found: dict[tuple[str, tuple[str, ...]], SiteGroup] = {}
    for group in groups:
        rest = _unseen(group, seen)
        if not rest.signs or not rest.sites:
            continue
        seen.update((sign, site) for sign in rest.signs for site in rest.sites)
        same = found.get((rest.name, rest.signs))
        sites = (*same.sites, *rest.sites) if same else rest.sites
        found[rest.name, rest.signs] = replace(rest, sites=sites)
    return tuple(found.values())


def _unseen(group: SiteGroup, seen: set[tuple[str, str]]) -> SiteGroup:
    """What a group adds; the tests of a whole side differ by their sign, others by their site."""
    if group.sites == ("",):
        return replace(group, signs=tuple(s for s in group.signs if (s, "") not in seen))
    first = group.signs[0]
    return replace(group, sites=tuple(site for site in group.sites if (first, site) not in seen))
