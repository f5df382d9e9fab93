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
