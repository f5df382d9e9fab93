from django.db import models


class BodySide(models.TextChoices):
    """The only two sides there are; bilateral means two rows. Values as ``clinical`` has them."""

    RIGHT = "right", "Right"
    LEFT = "left", "Left"


class Battery(models.TextChoices):
    NECK_ARM = "neck_arm", "Neck and arm"
    MID_BACK = "mid_back", "Mid-back"
    LOW_BACK_LEG = "low_back_leg", "Low back and leg"
    HEAD_JAW = "head_jaw", "Head and jaw"
    FULL = "full", "Full examination"
    CUSTOM = "custom", "My own selection"


class Decision(models.TextChoices):
    """What the physiotherapist says to a flag of the engine."""

    ACCEPTED = "accepted", "Accept"
    REJECTED = "rejected", "Reject"
    AMENDED = "amended", "Amend"


class SegmentLabel(models.TextChoices):
    NOTED = "noted", "noted"
    WEAK = "weak", "weak"
    MODERATE = "moderate", "moderate"
    STRONG = "strong", "strong"
