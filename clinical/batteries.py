"""Which muscles and signs each region's examination offers, in the order of the hands.

A battery only proposes; whatever is left out stays "not tested". Rules of the choice:

* every muscle of ``levels.csv`` that tells a root of the limb apart and can be reached stands
  among the muscles, and among the strength tests where the hand can test it (EDX_RULE: every
  root by two muscles through different nerves; TSAO2003, FURUKAWA2021: which muscles);
* psoas major is palpated but its strength is that of hip flexion, recorded at iliacus;
* the multifidi are graded level by level as paraspinals, not a second time as muscles, so that
  one finding never counts twice (GUNN_SIGNS, DILLINGHAM: always examine beside the spine);
* of the head and jaw, muscles of a cranial nerve are graded and never point to a spinal root; the
  full examination is all regions joined, each sign at each site once;
* skin signs at a level are the posterior ramus, skin signs of a limb part its autonomic supply
  (GUNN_SIGNS, TAYLOR1990); provocation tests as in WAINNER2003, VDW2010 and SURI2011.
"""

import functools

from clinical.battery import Battery, SiteGroup, joined
from clinical.csv_rows import ReferenceError  # noqa: A004 - our own error
from clinical.entries import Reference
from clinical.grades import sites_recorded
from clinical.reference import reference

SOURCES = (
    "EDX_RULE",
    "TSAO2003",
    "FURUKAWA2021",
    "GUNN_SIGNS",
    "DILLINGHAM",
    "TAYLOR1990",
    "WAINNER2003",
    "VDW2010",
    "SURI2011",
    "COOK2010",
)
FILE = "batteries.py"


def _muscles(name: str, *sites: str) -> SiteGroup:
    return SiteGroup(name, ("muscle_tone", "tenderness"), sites)


def _strength(name: str, *sites: str) -> SiteGroup:
    return SiteGroup(name, ("strength_mrc",), sites)


def _reflexes(*sites: str) -> tuple[SiteGroup, ...]:
    return (SiteGroup("Tendon reflexes", ("reflex",), sites),)


def _sensation(*roots: str) -> tuple[SiteGroup, ...]:
    return (SiteGroup("Key sensory points", ("light_touch", "pinprick"), roots),)


def _paraspinal(*roots: str) -> tuple[SiteGroup, ...]:
    return (SiteGroup("Beside the spine, level by level", ("paraspinal_band",), roots),)


def _skin_levels(*roots: str) -> SiteGroup:
    signs = ("skin_roll_peau_dorange", "matchstick_test", "trophedema_visible")
    return SiteGroup("Skin beside the spine", signs, roots)


def _limb(name: str, sign: str, *regions: str) -> SiteGroup:
    return SiteGroup(name, (sign,), regions)


def _motion(*movements: str) -> tuple[SiteGroup, ...]:
    return (SiteGroup("Range of motion", ("joint_range",), movements),)


def _tests(name: str, *signs: str) -> SiteGroup:
    return SiteGroup(name, signs, ("",))


def _sites(name: str, sign: str, *sites: str) -> SiteGroup:
    return SiteGroup(name, (sign,), sites)


NECK_ARM = Battery(
    id="neck_arm",
    roots=("C2", "C3", "C4", "C5", "C6", "C7", "C8", "T1"),
    muscles=(
        _muscles(
            "Neck and shoulder",
            *("sternocleidomastoid", "splenius_capitis", "trapezius_upper", "levator_scapulae"),
            *("rhomboid_major", "supraspinatus", "infraspinatus", "deltoid"),
        ),
        _muscles("Upper arm and back", "biceps_brachii", "triceps_brachii", "latissimus_dorsi"),
        _muscles(
            "Forearm",
            *("brachioradialis", "extensor_carpi_radialis_longus"),
            *("extensor_carpi_radialis_brevis", "extensor_digitorum", "extensor_indicis"),
            *("pronator_teres", "flexor_carpi_radialis", "flexor_pollicis_longus"),
        ),
        _muscles(
            "Hand",
            *("abductor_pollicis_brevis", "first_dorsal_interosseous"),
            "abductor_digiti_minimi_hand",
        ),
    ),
    strength=(
        _strength(
            "Shoulder and upper arm",
            *("trapezius_upper", "rhomboid_major", "supraspinatus", "infraspinatus", "deltoid"),
            *("biceps_brachii", "triceps_brachii", "latissimus_dorsi"),
        ),
        _strength(
            "Forearm and wrist",
            *("brachioradialis", "extensor_carpi_radialis_longus"),
            *("extensor_carpi_radialis_brevis", "pronator_teres", "flexor_carpi_radialis"),
        ),
        _strength(
            "Fingers and thumb",
            *("extensor_digitorum", "extensor_indicis", "flexor_digitorum_profundus_radial"),
            *("flexor_pollicis_longus", "abductor_pollicis_brevis", "opponens_pollicis"),
            *("first_dorsal_interosseous", "interossei_hand", "abductor_digiti_minimi_hand"),
        ),
    ),
    reflexes=_reflexes("biceps", "brachioradialis", "pronator", "triceps", "finger_flexor"),
    sensation=_sensation("C2", "C3", "C4", "C5", "C6", "C7", "C8", "T1"),
    paraspinal=_paraspinal("C2", "C3", "C4", "C5", "C6", "C7", "C8", "T1"),
    skin=(
        _skin_levels("C4", "C5", "C6", "C7", "C8"),
        _limb("Skin temperature", "skin_temperature", "arm", "forearm", "hand"),
        _limb("Sweating", "sudomotor", "forearm", "hand"),
        _limb("Goose-bumps", "pilomotor", "arm", "forearm"),
        _limb("Hair loss", "hair_loss", "forearm"),
        _limb("Nails and skin", "nail_skin_trophic", "hand"),
    ),
    motion=_motion(
        *("neck_rotation", "neck_side_bending", "shoulder_flexion", "shoulder_abduction"),
        *("shoulder_external_rotation", "wrist_extension"),
    ),
    tests=(
        _tests("Provocation", "spurling", "neck_distraction", "ulnt1"),
        _sites("Tapping a nerve", "nerve_palpation", "median", "ulnar", "radial"),
        _sites(
            "Spinal cord: any sign stops the search for a root",
            "umn_signs",
            *("hoffmann", "inverted_supinator", "babinski", "clonus", "gait"),
        ),
    ),
)

TRUNK = ("T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12")

MID_BACK = Battery(
    id="mid_back",
    roots=TRUNK,
    muscles=(
        _muscles(
            "Shoulder blade",
            *("trapezius_middle", "trapezius_lower", "rhomboid_major", "rhomboid_minor"),
            *("serratus_anterior", "latissimus_dorsi"),
        ),
        _muscles(
            "Long muscles beside the spine",
            *("semispinalis_thoracis", "longissimus_thoracis", "iliocostalis_thoracis"),
            *("serratus_posterior_superior", "serratus_posterior_inferior"),
            "quadratus_lumborum",
        ),
        _muscles(
            "Chest and belly wall",
            *("intercostals_upper", "intercostals_lower", "rectus_abdominis"),
            *("obliquus_externus_abdominis", "obliquus_internus_abdominis"),
        ),
    ),
    strength=(
        _strength(
            "Shoulder blade and belly",
            *("rhomboid_major", "serratus_anterior", "latissimus_dorsi", "rectus_abdominis"),
        ),
    ),
    reflexes=(
        SiteGroup("Belly skin reflexes", ("reflex",), ("abdominal_upper", "abdominal_lower")),
    ),
    sensation=_sensation(*TRUNK),
    paraspinal=_paraspinal("T1", *TRUNK),
    skin=(
        _skin_levels(*TRUNK),
        _limb("Sweating", "sudomotor", "thorax", "abdomen_back"),
        _limb("Goose-bumps", "pilomotor", "thorax", "abdomen_back"),
    ),
    motion=_motion("trunk_rotation", "trunk_side_bending"),
    tests=(
        _tests("Cauda equina: any change is an emergency", "saddle_sensation"),
        _sites(
            "Spinal cord: any sign stops the search for a root",
            "umn_signs",
            *("hoffmann", "babinski", "clonus", "gait"),
        ),
    ),
)

LOW_BACK_LEG = Battery(
    id="low_back_leg",
    roots=("L1", "L2", "L3", "L4", "L5", "S1", "S2"),
    muscles=(
        _muscles(
            "Loin and hip",
            *("quadratus_lumborum", "psoas_major", "iliacus", "gluteus_maximus"),
            *("gluteus_medius", "tensor_fasciae_latae", "piriformis"),
        ),
        _muscles(
            "Thigh",
            *("sartorius", "rectus_femoris", "vastus_medialis", "adductor_longus"),
            *("semitendinosus", "biceps_femoris_long_head", "biceps_femoris_short_head"),
        ),
        _muscles(
            "Lower leg",
            *("tibialis_anterior", "extensor_hallucis_longus", "fibularis_longus"),
            *("tibialis_posterior", "gastrocnemius_medial", "gastrocnemius_lateral", "soleus"),
        ),
        _muscles("Foot", "extensor_digitorum_brevis", "abductor_digiti_minimi_foot"),
    ),
    strength=(
        _strength(
            "Hip",
            *("iliacus", "sartorius", "adductor_longus", "gluteus_medius"),
            *("tensor_fasciae_latae", "gluteus_maximus"),
        ),
        _strength(
            "Knee",
            *("rectus_femoris", "vastus_medialis", "biceps_femoris_long_head"),
            *("biceps_femoris_short_head", "semitendinosus"),
        ),
        _strength(
            "Ankle and foot",
            *("tibialis_anterior", "extensor_hallucis_longus", "extensor_digitorum_brevis"),
            *("fibularis_longus", "tibialis_posterior", "gastrocnemius_medial"),
            *("gastrocnemius_lateral", "soleus", "abductor_digiti_minimi_foot"),
        ),
    ),
    reflexes=_reflexes(
        "patellar", "adductor", "medial_hamstring", "tibialis_posterior", "achilles"
    ),
    sensation=_sensation("L1", "L2", "L3", "L4", "L5", "S1", "S2"),
    paraspinal=_paraspinal("T12", "L1", "L2", "L3", "L4", "L5", "S1"),
    skin=(
        _skin_levels("L1", "L2", "L3", "L4", "L5", "S1"),
        _limb("Skin temperature", "skin_temperature", "thigh", "leg", "foot"),
        _limb("Sweating", "sudomotor", "leg", "foot"),
        _limb("Goose-bumps", "pilomotor", "thigh", "leg"),
        _limb("Hair loss", "hair_loss", "leg"),
        _limb("Nails and skin", "nail_skin_trophic", "foot"),
    ),
    motion=_motion("hip_flexion", "hip_internal_rotation", "knee_flexion", "ankle_dorsiflexion"),
    tests=(
        _tests("Nerve stretch", "slr", "crossed_slr", "femoral_stretch"),
        _tests("On one leg", "sit_to_stand_1leg", "heel_walk", "heel_raise_1leg"),
        _sites(
            "Tapping a nerve",
            "nerve_palpation",
            *("common_fibular", "tibial", "lateral_femoral_cutaneous"),
        ),
        _tests("Cauda equina: any change is an emergency", "saddle_sensation"),
        _sites(
            "Spinal cord: any sign stops the search for a root",
            "umn_signs",
            *("babinski", "clonus", "gait"),
        ),
    ),
)


HEAD_JAW = Battery(
    id="head_jaw",
    roots=("C2", "C3", "C4"),
    muscles=(
        _muscles("Jaw", "temporalis", "masseter", "lateral_pterygoid"),
        _muscles(
            "Below the skull",
            *("rectus_capitis_posterior_major", "obliquus_capitis_superior"),
            *("obliquus_capitis_inferior", "semispinalis_capitis", "splenius_capitis"),
        ),
        _muscles(
            "Side of the neck",
            *("sternocleidomastoid", "scalenus_anterior", "scalenus_medius", "scalenus_posterior"),
            *("splenius_cervicis", "levator_scapulae", "trapezius_upper"),
        ),
    ),
    strength=(
        _strength(
            "Neck and shoulder", "sternocleidomastoid", "levator_scapulae", "trapezius_upper"
        ),
    ),
    reflexes=(),
    sensation=_sensation("C2", "C3", "C4"),
    paraspinal=_paraspinal("C2", "C3", "C4"),
    skin=(_skin_levels("C2", "C3", "C4"),),
    motion=_motion("neck_rotation", "neck_side_bending"),
    tests=(
        _tests("Provocation", "spurling", "neck_distraction"),
        _sites(
            "Spinal cord: any sign stops the search for a root",
            "umn_signs",
            *("hoffmann", "inverted_supinator", "babinski", "clonus", "gait"),
        ),
    ),
)

REGIONS = (NECK_ARM, MID_BACK, LOW_BACK_LEG, HEAD_JAW)
FULL = joined("full", REGIONS)


def check_battery(battery: Battery, known: Reference) -> None:
    """Raise ``ReferenceError`` for a sign or site that may not be recorded, or stands twice."""
    seen = set()
    for sign, site in battery.places():
        if sign not in known.model.signs or site not in sites_recorded(sign, known):
            raise ReferenceError(FILE, 0, battery.id, f"{sign} cannot be recorded at {site!r}")
        if (sign, site) in seen:
            raise ReferenceError(FILE, 0, battery.id, f"{sign} at {site!r} is there twice")
        seen.add((sign, site))


@functools.cache
def batteries() -> dict[str, Battery]:
    """The batteries by their id, checked against the reference data."""
    found = {battery.id: battery for battery in (*REGIONS, FULL)}
    for battery in found.values():
        check_battery(battery, reference())
    return found
