"""What the demo patients have: findings of clear root patterns and of none."""

from dataclasses import dataclass
from decimal import Decimal

from assessment.choices import Battery

Cell = tuple[str, str, Decimal, Decimal]


def cell(sign: str, site: str, affected: float, other: float) -> Cell:
    """Sign, site, value on the affected side, value on the other side."""
    return sign, site, Decimal(str(affected)), Decimal(str(other))


def palpation(affected: int, *muscles: str) -> tuple[Cell, ...]:
    """Tone and tenderness of tight muscles against a calm other side."""
    return tuple(
        cell(sign, muscle, affected, 0)
        for muscle in muscles
        for sign in ("muscle_tone", "tenderness")
    )


@dataclass(frozen=True)
class Story:
    """An examination in words and cells; ``root`` is what the picture was drawn from, or none."""

    complaint: str
    area: str
    battery: Battery
    root: str
    cells: tuple[Cell, ...]
    needled: tuple[str, ...]


def calm(*muscles: str) -> tuple[Cell, ...]:
    return tuple(cell("tenderness", muscle, 0, 0) for muscle in muscles)


STORIES = (
    Story(
        "Shoulder and outer upper arm pain for 8 months",
        "shoulder",
        Battery.NECK_ARM,
        "C5",
        (
            *palpation(3, "deltoid", "infraspinatus", "biceps_brachii"),
            *calm("triceps_brachii", "pronator_teres", "first_dorsal_interosseous"),
            cell("strength_mrc", "deltoid", 4, 5),
            cell("strength_mrc", "infraspinatus", 4, 5),
            cell("strength_mrc", "triceps_brachii", 5, 5),
            cell("reflex", "biceps", 1, 2),
            cell("light_touch", "C5", 1, 2),
            cell("paraspinal_band", "C5", 3, 0),
            cell("paraspinal_band", "C7", 0, 0),
        ),
        ("deltoid", "infraspinatus", "biceps_brachii", "multifidus_cervical_lower"),
    ),
    Story(
        "Elbow and thumb-side forearm pain after keyboard work",
        "forearm",
        Battery.NECK_ARM,
        "C6",
        (
            *palpation(3, "extensor_carpi_radialis_brevis", "extensor_carpi_radialis_longus"),
            *palpation(2, "pronator_teres", "brachioradialis"),
            *calm("deltoid", "triceps_brachii", "first_dorsal_interosseous"),
            cell("strength_mrc", "extensor_carpi_radialis_brevis", 4, 5),
            cell("strength_mrc", "pronator_teres", 4, 5),
            cell("strength_mrc", "triceps_brachii", 5, 5),
            cell("reflex", "brachioradialis", 1, 2),
            cell("light_touch", "C6", 1, 2),
            cell("paraspinal_band", "C6", 3, 0),
        ),
        (
            "extensor_carpi_radialis_brevis",
            "extensor_carpi_radialis_longus",
            "pronator_teres",
            "multifidus_cervical_lower",
        ),
    ),
    Story(
        "Back of the arm pain down to the middle finger",
        "arm",
        Battery.NECK_ARM,
        "C7",
        (
            *palpation(3, "triceps_brachii", "flexor_carpi_radialis"),
            *palpation(2, "extensor_digitorum", "latissimus_dorsi"),
            *calm("deltoid", "biceps_brachii", "first_dorsal_interosseous"),
            cell("strength_mrc", "triceps_brachii", 4, 5),
            cell("strength_mrc", "flexor_carpi_radialis", 4.33, 5),
            cell("strength_mrc", "biceps_brachii", 5, 5),
            cell("reflex", "triceps", 1, 2),
            cell("pinprick", "C7", 1, 2),
            cell("paraspinal_band", "C7", 2, 0),
        ),
        ("triceps_brachii", "flexor_carpi_radialis", "multifidus_cervical_lower"),
    ),
    Story(
        "Little-finger side hand pain and weak grip",
        "hand",
        Battery.NECK_ARM,
        "C8",
        (
            *palpation(3, "extensor_indicis", "flexor_pollicis_longus"),
            *palpation(2, "first_dorsal_interosseous"),
            *calm("triceps_brachii", "deltoid", "pronator_teres"),
            cell("strength_mrc", "extensor_indicis", 4, 5),
            cell("strength_mrc", "flexor_pollicis_longus", 4, 5),
            cell("strength_mrc", "first_dorsal_interosseous", 4, 5),
            cell("reflex", "finger_flexor", 1, 2),
            cell("light_touch", "C8", 1, 2),
            cell("paraspinal_band", "C8", 2, 0),
        ),
        ("extensor_indicis", "flexor_pollicis_longus", "multifidus_cervical_lower"),
    ),
    Story(
        "Front thigh and inner shin pain, worse on stairs",
        "thigh",
        Battery.LOW_BACK_LEG,
        "L4",
        (
            *palpation(3, "vastus_medialis", "rectus_femoris"),
            *palpation(2, "adductor_longus"),
            *calm("gluteus_medius", "gastrocnemius_lateral", "tibialis_posterior"),
            cell("strength_mrc", "vastus_medialis", 4, 5),
            cell("strength_mrc", "adductor_longus", 4, 5),
            cell("strength_mrc", "tibialis_posterior", 5, 5),
            cell("reflex", "patellar", 1, 2),
            cell("pinprick", "L4", 1, 2),
            cell("paraspinal_band", "L4", 3, 0),
        ),
        ("vastus_medialis", "rectus_femoris", "adductor_longus", "multifidus_lumbar_lower"),
    ),
    Story(
        "Buttock and outer calf pain for over a year",
        "buttock",
        Battery.LOW_BACK_LEG,
        "L5",
        (
            *palpation(3, "gluteus_medius", "tibialis_posterior", "tensor_fasciae_latae"),
            *palpation(2, "fibularis_longus", "extensor_hallucis_longus"),
            *calm("gastrocnemius_lateral", "vastus_medialis", "biceps_femoris_short_head"),
            cell("strength_mrc", "gluteus_medius", 4, 5),
            cell("strength_mrc", "tibialis_posterior", 4, 5),
            cell("strength_mrc", "extensor_hallucis_longus", 4, 5),
            cell("strength_mrc", "gastrocnemius_lateral", 5, 5),
            cell("reflex", "achilles", 2, 2),
            cell("light_touch", "L5", 1, 2),
            cell("paraspinal_band", "L5", 3, 0),
        ),
        ("gluteus_medius", "tibialis_posterior", "fibularis_longus", "multifidus_lumbar_lower"),
    ),
    Story(
        "Calf and heel pain in a runner",
        "calf",
        Battery.LOW_BACK_LEG,
        "S1",
        (
            *palpation(3, "gastrocnemius_lateral", "gastrocnemius_medial"),
            *palpation(2, "gluteus_maximus", "biceps_femoris_long_head"),
            *calm("tibialis_posterior", "gluteus_medius", "vastus_medialis"),
            cell("strength_mrc", "gastrocnemius_lateral", 4, 5),
            cell("strength_mrc", "biceps_femoris_long_head", 4, 5),
            cell("strength_mrc", "tibialis_posterior", 5, 5),
            cell("reflex", "achilles", 0, 2),
            cell("pinprick", "S1", 1, 2),
            cell("paraspinal_band", "S1", 2, 0),
        ),
        ("gastrocnemius_lateral", "gastrocnemius_medial", "gluteus_maximus"),
    ),
    Story(
        "Tension at the neck base at the end of the day",
        "neck",
        Battery.NECK_ARM,
        "",
        (
            cell("tenderness", "trapezius_upper", 2, 2),
            cell("tenderness", "levator_scapulae", 2, 2),
            *calm("deltoid", "biceps_brachii", "triceps_brachii", "first_dorsal_interosseous"),
            cell("strength_mrc", "deltoid", 5, 5),
            cell("strength_mrc", "triceps_brachii", 5, 5),
            cell("reflex", "biceps", 2, 2),
            cell("reflex", "triceps", 2, 2),
        ),
        ("trapezius_upper", "levator_scapulae"),
    ),
)


NEXT_GRADE = {Decimal(4): Decimal("4.33"), Decimal("4.33"): Decimal(5)}
BY_HAND = ("muscle_tone", "tenderness", "paraspinal_band")
BY_TOUCH = ("light_touch", "pinprick")


def by_hand(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """What a short examination finds: palpation only, the rest is not tested."""
    return tuple(found for found in cells if found[0] in BY_HAND)


def eased(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The same places some weeks of treatment later: nearer to the other side."""
    return tuple((sign, site, _eased(sign, one, other), other) for sign, site, one, other in cells)


def _eased(sign: str, affected: Decimal, other: Decimal) -> Decimal:
    if sign in BY_HAND:
        return max(affected - 2, other)
    if sign in BY_TOUCH:
        return other
    return NEXT_GRADE.get(affected, affected) if sign == "strength_mrc" else affected
