from django.db import models


class NeedledSide(models.TextChoices):
    RIGHT = "right", "Right"
    LEFT = "left", "Left"


class Twitch(models.TextChoices):
    """The local twitch response. Not noted is an answer of its own."""

    NOT_NOTED = "not_noted", "not noted"
    NONE = "none", "none"
    WEAK = "weak", "weak"
    STRONG = "strong", "strong"


class Felt(models.TextChoices):
    """What the patient felt when the muscle was needled. Not noted is an answer of its own."""

    NOT_NOTED = "not_noted", "not noted"
    NEITHER = "neither", "neither"
    ACHE = "ache", "deep ache"
    FAMILIAR = "familiar", "familiar pain"
    BOTH = "both", "deep ache and familiar pain"

    def tapped(self, part: "Felt") -> "Felt":
        """The answer after a tap on one of its parts: each of the two goes on or off."""
        parts = {self.ACHE, self.FAMILIAR}
        held = parts if self is Felt.BOTH else {self} & parts
        if part not in parts:
            return Felt.NOT_NOTED if part is self else part
        held = held ^ {part}
        return Felt.BOTH if held == parts else next(iter(held), Felt.NOT_NOTED)


class RetestSign(models.TextChoices):
    """What is tested before and after the needles; the values are the signs' own names."""

    TONE = "muscle_tone", "Tone"
    TENDERNESS = "tenderness", "Tenderness"
    RANGE = "joint_range", "Range"


class AdverseAnswer(models.TextChoices):
    """Whether something untoward happened in the session. Empty is not asked, never none."""

    NONE = "none", "None"
    SOME = "some", "Recorded"


class AdverseGrade(models.TextChoices):
    """The classes of ``clinical.adverse_events``."""

    MILD = "mild", "Mild"
    SIGNIFICANT = "significant", "Significant"
    SERIOUS = "serious", "Serious"


class AdverseOutcome(models.TextChoices):
    RESOLVED = "resolved", "Resolved"
    ONGOING = "ongoing", "Ongoing"
    REFERRED = "referred", "Referred"
    UNKNOWN = "unknown", "Not known yet"


class CheckHours(models.IntegerChoices):
    FIRST_EVENING = 4, "first evening"
    DAY_ONE = 24, "24 hours"
    DAY_TWO = 48, "48 hours"


class AlertUrgency(models.TextChoices):
    CONTACT_CLINIC = "contact_clinic", "Call the patient"
    SAME_DAY = "same_day", "Same day"
    EMERGENCY = "emergency", "Emergency"


# Needles in stock: gauge and length in millimetres. A row keeps another size that it already has.
NEEDLES = (
    ("0.20", 15),
    ("0.20", 30),
    ("0.25", 25),
    ("0.25", 30),
    ("0.25", 40),
    ("0.30", 25),
    ("0.30", 40),
    ("0.30", 50),
    ("0.30", 60),
    ("0.30", 75),
    ("0.35", 60),
    ("0.35", 75),
)
MOST_INSERTIONS = 30
MOST_TWITCHES = 99
COUNTED = (Twitch.WEAK, Twitch.STRONG)


class Figure(models.TextChoices):
    """The drawings of ``static/sessions/figures.svg``."""

    CHIN_IN = "chin_in", "Chin in"
    NECK_SIDE = "neck_side", "Ear to shoulder"
    NECK_TURN = "neck_turn", "Head turned"
    SHOULDER_ROLL = "shoulder_roll", "Shoulder roll"
    DOORWAY = "doorway", "In a doorway"
    ARM_ACROSS = "arm_across", "Arm across"
    SIDE_BEND = "side_bend", "Side bend"
    WRIST = "wrist", "Wrist"
    CAT = "cat", "Hands and knees"
    KNEES_CHEST = "knees_chest", "Knees to chest"
    BRIDGE = "bridge", "Bridge"
    HIP_CROSS = "hip_cross", "Figure four"
    KNEEL = "kneel", "Half kneeling"
    THIGH_FRONT = "thigh_front", "Heel to buttock"
    SIDE_LEG = "side_leg", "Side leg lift"
    LEG_UP = "leg_up", "Leg up"
    SQUAT = "squat", "Squat"
    CALF = "calf", "Step back"
