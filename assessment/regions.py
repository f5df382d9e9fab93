"""What is examined in an assessment: the battery of a region, or the groups that were picked."""

import functools
from collections.abc import Iterable

from assessment.choices import Battery as Region
from assessment.models import Assessment
from clinical.batteries import REGIONS, batteries
from clinical.battery import PARTS, Battery, Pick, picked, picks_of


def battery_of(assessment: Assessment) -> Battery:
    """The battery, for a selection of one's own only the groups that were picked."""
    if assessment.battery == Region.CUSTOM:
        return _picked(tuple(assessment.groups))
    return batteries()[assessment.battery]


@functools.lru_cache(maxsize=256)
def _picked(keys: tuple[str, ...]) -> Battery:
    return picked(keys, {battery.id: battery for battery in REGIONS})


def all_picks() -> dict[str, list[Pick]]:
    """Everything that can be picked, under the words of its region."""
    return {Region(battery.id).label: list(picks_of(battery)) for battery in REGIONS}


def known_keys(keys: Iterable[str]) -> list[str]:
    """Those of the keys that name a group, in the order of the form."""
    wanted = set(keys)
    picks = [pick for region in all_picks().values() for pick in region]
    in_order = sorted(picks, key=lambda pick: PARTS.index(pick.part))
    return [pick.key for pick in in_order if pick.key in wanted]
