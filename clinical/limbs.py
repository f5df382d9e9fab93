"""Which limb a patient wrote about: words in, limbs and sides out; what is not clear is said so."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from clinical.vocabulary import Side


class Limb(StrEnum):
    ARM = "arm"
    LEG = "leg"


# The limb with its quadrant of the trunk, as the row lymphoedema of screening.csv has it.
LIMB_REGIONS: Mapping[Limb, frozenset[str]] = {
    Limb.ARM: frozenset({"shoulder_girdle", "arm", "forearm", "hand", "thorax"}),
    Limb.LEG: frozenset({"pelvis_hip", "thigh", "leg", "foot", "abdomen_back"}),
}
LIMB_WORDS: Mapping[Limb, frozenset[str]] = {
    Limb.ARM: frozenset(
        "arm arms forearm hand hands wrist elbow shoulder armpit axilla breast breasts chest "
        "bras main mains poignet coude épaule aisselle sein seins poitrine".split()
    ),
    Limb.LEG: frozenset(
        "leg legs thigh calf knee ankle foot feet groin jambe jambes cuisse mollet genou cheville "
        "pied pieds aine".split()
    ),
}
BOTH = frozenset("both bilateral deux bilatéral".split())
SIDE_WORDS: Mapping[Side, frozenset[str]] = {
    Side.RIGHT: frozenset("right droit droite droits droites".split()) | BOTH,
    Side.LEFT: frozenset("left gauche gauches".split()) | BOTH,
}
NOT_CLEAR = frozenset("not no never except other pas non sauf autre or ou maybe unsure".split())


@dataclass(frozen=True)
class Limbs:
    """The limbs that were named with their side, and whether nothing else may be meant."""

    named: frozenset[tuple[Limb, str]]
    is_clear: bool


@functools.cache
def limbs_in(words: str) -> Limbs:
    """The limbs of a patient's own words. Anything doubtful is not clear."""
    said = set(re.findall(r"[^\W\d_]+", words.casefold()))
    limbs = [limb for limb in Limb if said & LIMB_WORDS[limb]]
    sides = [side for side in Side if said & SIDE_WORDS[side]]
    is_clear = bool(limbs and sides) and not said & NOT_CLEAR
    is_clear = is_clear and (len(limbs) == 1 or len(sides) == 1)
    return Limbs(frozenset(product(limbs, map(str, sides))) if is_clear else frozenset(), is_clear)
