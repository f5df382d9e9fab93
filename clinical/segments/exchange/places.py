"""Places as people write them: nerves and sites of the skin."""

import functools
import re
from collections.abc import Mapping

from clinical.entries import Reference
from clinical.segments.findings import nerve_names
from clinical.vocabulary import ROOTS

FILLERS = ("the", "of", "nerve", "n")
SAME_WORD = {"peroneal": "fibular"}
# Other names of the same nerve, without their fillers.
OTHER_NAMES = {
    "palmar_cutaneous_median": (
        "palmar_branch_median",
        "palmar_cutaneous_branch_median",
        "median_palmar_branch",
        "median_palmar_cutaneous",
        "median_palmar_cutaneous_branch",
        "palmar_branch",
        "palmar_cutaneous",
        "palmar_cutaneous_branch",
    ),
    "dorsal_cutaneous_ulnar": (
        "dorsal_branch_ulnar",
        "dorsal_cutaneous_branch_ulnar",
        "dorsal_ulnar",
        "dorsal_ulnar_cutaneous",
        "ulnar_dorsal_branch",
        "ulnar_dorsal_cutaneous",
    ),
    "lateral_femoral_cutaneous": ("lateral_cutaneous_thigh", "lateral_cutaneous_femoral"),
    "posterior_femoral_cutaneous": ("posterior_cutaneous_thigh",),
    "superficial_radial": ("superficial_branch_radial", "superficial_radial_branch"),
    "medial_antebrachial_cutaneous": ("medial_cutaneous_forearm",),
    "lateral_antebrachial_cutaneous": ("lateral_cutaneous_forearm",),
    "posterior_antebrachial_cutaneous": ("posterior_cutaneous_forearm",),
    "medial_brachial_cutaneous": ("medial_cutaneous_arm",),
}
# The part of the body that a word of a site names; the first that is found decides, so the more
# precise words stand first.
PARTS = {
    "hand": "hand finger fingers thumb palm thenar hypothenar wrist knuckle fingertip fingertips",
    "foot": "foot toe toes heel sole ankle malleolus hallux plantar instep",
    "forearm": "forearm elbow antecubital",
    "leg": "calf shin leg knee popliteal pretibial",
    "thigh": "thigh",
    "pelvis_hip": "hip pelvis buttock gluteal sacrum sacral groin",
    "arm": "arm axilla",
    "shoulder_girdle": "shoulder scapula scapular deltoid",
    "thorax": "chest thorax thoracic rib ribs trunk",
    "head_neck": "head neck face occiput cervical",
    "abdomen_back": "abdomen abdominal belly lumbar loin flank back",
}
WORD = re.compile(r"[^a-z0-9]+")


def _tokens(text: str) -> list[str]:
    return [token for token in WORD.split(text.casefold()) if token]


def _nerve_key(text: str) -> str:
    tokens = (SAME_WORD.get(token, token) for token in _tokens(text))
    return "_".join(token for token in tokens if token not in FILLERS)


@functools.lru_cache(maxsize=8)
def nerve_keys(reference: Reference) -> Mapping[str, str]:
    """Every way to write a nerve; also the bundles that are no single nerve."""
    names = nerve_names(reference) | set(reference.model.nerves.not_single)
    keys = {_nerve_key(name): name for name in names}
    return keys | {other: name for name, others in OTHER_NAMES.items() for other in others}


def nerve_of(text: str, reference: Reference) -> str | None:
    """The nerve that a text names, or None."""
    return nerve_keys(reference).get(_nerve_key(text))


def root_of(text: str) -> str | None:
    """The root that a text names; S4 and S5 are one level of the skin."""
    if text in ("S4-5", "S4-S5", "S4/5"):
        return "S4"
    return text if text in ROOTS else None


def skin_area_of(text: str, reference: Reference) -> str | None:
    """The root or the part of the body that a site of the skin belongs to, or None."""
    key = "_".join(_tokens(text))
    if key.upper() in ROOTS:
        return key.upper()
    if key in reference.model.regions:
        return key
    tokens = set(_tokens(text))
    return next((part for part, names in PARTS.items() if tokens & set(names.split())), None)
