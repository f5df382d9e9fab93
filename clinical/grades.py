"""What may be recorded for a sign: its grades in words, what is normal, and what is refused."""

import functools
from dataclasses import dataclass
from decimal import Decimal

from clinical.entries import Reference
from clinical.segments.findings import MRC_GRADES, Finding, FindingError, sites_of
from clinical.segments.severity import severity
from clinical.vocabulary import Side

# Scales whose values are chosen; on every other scale a number is typed.
GRADED = (
    *("palpation", "mrc", "reflex", "sensation", "trophic", "autonomic", "performance"),
    "yes_no",
)
UNITS = {"celsius": "°C", "heel_raises": "raises", "degrees": "°"}
NORMAL = {"mrc": 5, "reflex": 2, "sensation": 2}
PAIN_SIGN = "strength_mrc"
# Lightness steps of the screen: severity up to these limits is drawn as 0, 1, 2 and 3.
STEPS = (0.0, 0.25, 0.55, 0.85)
# Signs that the model takes at any site are recorded at these; "" is the side as a whole.
# Sources: COOK2010 for the signs of the upper motor neuron.
FREE_SITES = {
    "umn_signs": ("hoffmann", "inverted_supinator", "babinski", "clonus", "gait"),
    "joint_range": (
        *("neck_rotation", "neck_side_bending"),
        *("shoulder_flexion", "shoulder_abduction", "shoulder_external_rotation"),
        *("wrist_extension", "trunk_rotation", "trunk_side_bending"),
        *("hip_flexion", "hip_internal_rotation", "knee_flexion", "ankle_dorsiflexion"),
    ),
}
# From here on two measured sides differ: more than the error of the goniometer (signs.csv).
LEAST_DIFFERENCE = {"joint_range": Decimal(10)}
# Yes or no in the words of the test.
ANSWERS = {
    "familiar_pain": ("no", "yes"),
    "saddle_sensation": ("normal", "altered"),
    "umn_signs": ("absent", "present"),
}
NEGATIVE_POSITIVE = ("negative", "positive")


@dataclass(frozen=True)
class Grade:
    """One value of a scale. ``step`` 0 to 4 is how abnormal it is drawn."""

    value: Decimal
    short: str
    words: str
    step: int


@dataclass(frozen=True)
class Scale:
    """The values of a sign. A measured sign has no grades but a range and a unit."""

    grades: tuple[Grade, ...]
    normal: Decimal | None
    lowest: Decimal
    highest: Decimal
    unit: str

    @property
    def is_measured(self) -> bool:
        """Whether a number is typed instead of a grade chosen."""
        return not self.grades

    @property
    def range_words(self) -> str:
        """What may be entered, for an error."""
        if self.is_measured:
            return f"{self.lowest} to {self.highest} {self.unit}".strip()
        return ", ".join(grade.short for grade in self.grades)


@functools.cache
def scale_of(sign: str, reference: Reference) -> Scale:
    """The scale of a recorded sign; ``FindingError`` for any other."""
    if sign not in reference.model.signs:
        raise FindingError(f"“{sign}” is not a sign that an assessment records.")
    name = reference.model.signs[sign].scale
    points = reference.model.scales[name]
    lowest, highest = (Decimal(str(points[place][0])) for place in (0, -1))
    if name not in GRADED:
        return Scale((), None, lowest, highest, UNITS.get(name, ""))
    values = _values(name, lowest, highest)
    words = _words(sign, name, reference)
    grades = tuple(
        Grade(value, short, words.get(short, short), _step(sign, value, reference))
        for value, short in values
    )
    return Scale(grades, Decimal(NORMAL.get(name, 0)), lowest, highest, "")


def _values(name: str, lowest: Decimal, highest: Decimal) -> list[tuple[Decimal, str]]:
    if name == "mrc":
        return [(Decimal(f"{number:g}"), short) for short, number in MRC_GRADES.items()]
    return [(Decimal(n), str(n)) for n in range(int(lowest), int(highest) + 1)]


def _words(sign: str, name: str, reference: Reference) -> dict[str, str]:
    """The grades in words, from the sign's own row (``0 none | 1 mild | ...``)."""
    if name == "yes_no":
        no, yes = ANSWERS.get(sign, NEGATIVE_POSITIVE)
        return {"0": no, "1": yes}
    source = "tenderness" if sign == "paraspinal_band" else sign  # its row says: as tenderness
    parts = [part.strip() for part in reference.signs[source].scale_labels.split("|")]
    pairs = (part.partition(" ") for part in parts)
    return {short: words for short, _, words in pairs if words}


def _step(sign: str, value: Decimal, reference: Reference) -> int:
    brisk = reference.model.red_flags.reflex_brisk
    if sign == "reflex" and value >= brisk:
        return len(STEPS)
    found = severity(Finding(sign), float(value), reference)
    return sum(found > limit for limit in STEPS)


def grade_of(sign: str, value: Decimal, reference: Reference) -> Grade | None:
    """The grade of this value, or None for a measured value."""
    grades = scale_of(sign, reference).grades
    return next((grade for grade in grades if grade.value == value), None)


def value_words(sign: str, value: Decimal, reference: Reference) -> str:
    """A value as it is written in a row: ``4+``, ``positive``, ``31.5 °C``."""
    scale, grade = scale_of(sign, reference), grade_of(sign, value, reference)
    if grade is None:
        return f"{value.normalize():f} {scale.unit}".strip()
    is_yes_no = reference.model.signs[sign].scale == "yes_no"
    return grade.words if is_yes_no else grade.short


def is_abnormal(sign: str, value: Decimal, reference: Reference) -> bool:
    """Whether the value alone is worth a look. Nothing is said of a measured value."""
    grade = grade_of(sign, value, reference)
    return grade is not None and grade.step > 0


def sides_differ(sign: str, one: Decimal, other: Decimal) -> bool:
    """Whether two sides differ by more than the error of a measurement."""
    apart = abs(one - other)
    return apart >= LEAST_DIFFERENCE[sign] if sign in LEAST_DIFFERENCE else apart > 0


def difference_words(sign: str, right: Decimal, left: Decimal, reference: Reference) -> str:
    """How much less one side measures, for a measured sign: ``15 ° less on the left``."""
    scale = scale_of(sign, reference)
    if not scale.is_measured or right == left:
        return ""
    side = Side.RIGHT if right < left else Side.LEFT
    return f"{abs(right - left).normalize():f} {scale.unit} less on the {side}"


@functools.cache
def sites_recorded(sign: str, reference: Reference) -> frozenset[str]:
    """The sites at which a sign may be recorded."""
    sites = sites_of(sign, reference)
    return frozenset(FREE_SITES.get(sign, ("",))) if sites is None else sites


def check_value(
    sign: str,
    site: str,
    side: Side,
    value: Decimal | None,
    *,
    is_pain_inhibited: bool,
    reference: Reference,
) -> None:
    """Raise ``FindingError`` with a sentence that names the field and the mend."""
    scale = scale_of(sign, reference)
    name = reference.signs[sign].name
    if site not in sites_recorded(sign, reference):
        raise FindingError(f"{name} cannot be recorded at “{site or 'no site'}”.")
    if is_pain_inhibited and sign != PAIN_SIGN:
        raise FindingError(f"{name}, {side}: only strength can be limited by pain.")
    if value is None:
        return
    in_range = scale.lowest <= value <= scale.highest
    if not in_range or (scale.grades and grade_of(sign, value, reference) is None):
        raise FindingError(
            f"{name}, {side}: {value.normalize():f} is not on the scale. "
            f"Choose one of: {scale.range_words}."
        )
