"""Documents of the command for tests: every type of finding with any values that it may have."""

from typing import Any

from hypothesis import strategies as st

from clinical.reference import reference
from clinical.segments.exchange.kinds import TESTS, UMN_TESTS
from clinical.segments.findings import MRC_GRADES, reflex_names

KNOWN = reference()
ROOT_NAMES = ["C2", "C6", "T4", "L5", "S1", "S4-5"]
NERVES = ["median", "common fibular", "palmar branch of the median", "saphenous", "intercostal"]
SITES = ["left big toe", "back of the hand", "C6", "low back", "somewhere", "forearm"]
UNTESTED = ["NT", None]


def grades(highest: int) -> list[Any]:
    """The whole numbers up to the highest grade, as numbers and as texts, and not tested."""
    numbers = range(highest + 1)
    return [*numbers, *map(str, numbers), *UNTESTED]


VALUES: dict[str, list[Any]] = {
    "strength_mrc": [*grades(5), *MRC_GRADES],
    "reflex": grades(3),
    "pinprick": grades(2),
    "light_touch": grades(2),
    "paraspinal_tenderness": grades(4),
    "tenderness": grades(4),
    "tone": grades(4),
    "trophedema_matchstick": grades(3),
    "skin_roll": grades(3),
    "skin_temperature": [28, 29.5, "30.25", "31", *UNTESTED],
    "sudomotor": grades(2),
    "pilomotor": grades(2),
    "hair_loss": grades(2),
    "provocation": ["positive", "negative", *UNTESTED],
    "tinel": ["positive", "negative", *UNTESTED],
    "sensory_area": grades(2),
    "vibration": grades(2),
    "umn_sign": ["present", "absent", "positive", "negative", *UNTESTED],
    "symptom": [],
}
ON_SIDES = ["left", "right", "both", "yes", "no", True, False, None]
MUSCLES = {"muscle": sorted(KNOWN.muscles)}
NEEDED: dict[str, dict[str, list[Any]]] = {
    "strength_mrc": MUSCLES,
    "reflex": {"reflex": sorted(reflex_names(KNOWN))},
    "pinprick": {"dermatome": ROOT_NAMES},
    "light_touch": {"dermatome": ROOT_NAMES},
    "paraspinal_tenderness": {"level": ROOT_NAMES},
    "tenderness": MUSCLES,
    "tone": MUSCLES,
    "trophedema_matchstick": {"level": ROOT_NAMES},
    "skin_roll": {"level": ROOT_NAMES},
    "skin_temperature": {"site": SITES},
    "sudomotor": {"site": SITES},
    "pilomotor": {"site": SITES},
    "hair_loss": {"site": SITES},
    "provocation": {"test": list(TESTS)},
    "tinel": {"nerve": NERVES},
    "sensory_area": {"nerve": NERVES},
    "vibration": {"site": SITES},
    "umn_sign": {"test": list(UMN_TESTS)},
    "symptom": {"text": ["Night pain", "Numb saddle"]},
}
OPTIONAL: dict[str, dict[str, list[Any]]] = {
    "strength_mrc": {"pain_inhibited": ON_SIDES},
    "tenderness": {"familiar_pain": ON_SIDES},
    "sudomotor": {"level": ["T4", "L5", None]},
    "pilomotor": {"level": ["T4", "L5", None]},
    "hair_loss": {"level": ["T4", "L5", None]},
    "tinel": {"site": ["wrist", "elbow", None]},
    "sensory_area": {"area": ["thumb", None]},
    "symptom": {"red_flag": [True, False, "true", "no", None]},
}


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """Any finding that the command must take."""
    kind = draw(st.sampled_from(sorted(NEEDED)))
    entry = {"type": kind}
    entry |= {name: draw(st.sampled_from(words)) for name, words in NEEDED[kind].items()}
    for name, words in OPTIONAL.get(kind, {}).items():
        if draw(st.booleans()):
            entry[name] = draw(st.sampled_from(words))
    values = VALUES[kind]
    if str(entry.get("test", "")).startswith("single_leg"):
        values = ["able", "unable", *values]
    for side in ("left", "right"):
        if values and draw(st.booleans()):
            entry[side] = draw(st.sampled_from(values))
    if draw(st.booleans()):
        entry["note"] = "as always"
    return entry


def place_of(entry: dict[str, Any]) -> tuple[Any, ...]:
    """What must not be there twice."""
    names = ("muscle", "reflex", "dermatome", "test", "nerve", "site", "level", "area", "text")
    return (entry["type"], *(entry.get(name) for name in names))


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Any document that the command must take."""
    ages = st.sampled_from([None, 0, 52, "52", 130])
    found = st.lists(entries(), max_size=12, unique_by=place_of)
    return st.fixed_dictionaries({"age": ages, "findings": found})
