"""Examinations for tests of what must hold for every one of them."""

from hypothesis import strategies as st

from clinical.reference import reference
from clinical.segments import Finding
from clinical.segments.findings import MRC_GRADES

KNOWN = reference()
MUSCLES = sorted({m for level in KNOWN.levels.values() for m in level.discriminating_muscles})
REFLEXES = ["biceps", "brachioradialis", "triceps", "patellar", "achilles", "medial_hamstring"]
ROOT_NAMES = ["C5", "C6", "C7", "C8", "T1", "T4", "L3", "L4", "L5", "S1"]
SIGNS = {
    "strength_mrc": (MUSCLES, sorted(MRC_GRADES.values())),
    "strength_dynamometer": (MUSCLES, [0, 50, 85, 100]),
    "tenderness": (MUSCLES, [0, 1, 2, 3, 4]),
    "muscle_tone": (MUSCLES, [0, 1, 2, 3, 4]),
    "taut_band": (MUSCLES, [0, 1, 2]),
    "reflex": (REFLEXES, [0, 1, 2, 3]),
    "pinprick": (ROOT_NAMES, [0, 1, 2]),
    "light_touch": (["median", "saphenous", "lateral_femoral_cutaneous"], [0, 1, 2]),
    "paraspinal_band": (ROOT_NAMES, [0, 1, 2, 3, 4]),
    "matchstick_test": ([*ROOT_NAMES, "forearm"], [0, 1, 2, 3]),
    "skin_temperature": (["hand", "foot"], [29.0, 29.6, 30.0, 31.0]),
    "slr": ([""], [False, True]),
    "nerve_palpation": (["median", "common_fibular"], [False, True]),
}
ARM = ["triceps_brachii", "flexor_carpi_radialis", "pronator_teres", "latissimus_dorsi"]
LEG = ["gluteus_medius", "tibialis_posterior", "extensor_hallucis_longus", "tibialis_anterior"]


@st.composite
def findings(draw: st.DrawFn, *, allow_untested: bool = True) -> Finding:
    """Any sign at any site with any values."""
    sign = draw(st.sampled_from(sorted(SIGNS)))
    sites, values = SIGNS[sign]
    value = st.sampled_from(values)
    either = st.none() | value if allow_untested else value
    pain = st.just(False) if sign != "strength_mrc" else st.booleans()
    site = draw(st.sampled_from(sites))
    return Finding(sign, site, draw(either), draw(either), draw(pain), draw(pain))


def examinations(**options: bool) -> st.SearchStrategy[list[Finding]]:
    """Up to fourteen findings that need not belong together."""
    return st.lists(findings(**options), max_size=14, unique_by=lambda f: (f.sign, f.site))


@st.composite
def patients(draw: st.DrawFn) -> list[Finding]:
    """Signs of one root on the right among normal findings and a little noise."""
    muscles = draw(st.sampled_from([ARM, LEG]))
    grades = st.sampled_from([3.67, 4, 4.33, 5])
    strength = [Finding("strength_mrc", muscle, draw(grades), 5) for muscle in muscles]
    tender = [
        Finding("tenderness", m, draw(st.sampled_from([0, 2, 3])), draw(st.sampled_from([0, 1])))
        for m in muscles
    ]
    roots, reflex = (("C6", "C7"), "triceps") if muscles is ARM else (("L5", "S1"), "achilles")
    skin = [Finding("pinprick", root, draw(st.sampled_from([0, 1, 2])), 2) for root in roots]
    jerk = Finding("reflex", reflex, draw(st.sampled_from([0, 1, 2])), 2)
    noise = draw(st.lists(findings(), max_size=5))
    known = {(f.sign, f.site): f for f in (*noise, *strength, *tender, *skin, jerk)}
    return list(known.values())
