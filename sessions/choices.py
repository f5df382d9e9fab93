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


class CheckHours(models.IntegerChoices):
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
