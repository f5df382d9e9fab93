from django.db import models
from django.utils.translation import gettext_lazy as _


class IntakeStatus(models.TextChoices):
    SENT = "sent", "Sent"
    STARTED = "started", "Started"
    SUBMITTED = "submitted", "Complete"
    REVIEWED = "reviewed", "Reviewed"


class IntakeSource(models.TextChoices):
    """Who gave the answers: the patient on a screen, or a physiotherapist from signed paper."""

    ONLINE = "online", "Online"
    PAPER = "paper", "Paper"


class ReviewDecision(models.TextChoices):
    SUITABLE = "suitable", "Suitable for needling"
    WITH_PRECAUTIONS = "with_precautions", "Suitable with precautions"
    POSTPONE = "postpone", "Defer needling"
    NOT_SUITABLE = "not_suitable", "Not suitable for needling"


# Only these open the way to a treatment session.
NEEDLING_ALLOWED = (ReviewDecision.SUITABLE, ReviewDecision.WITH_PRECAUTIONS)


class Chaperone(models.TextChoices):
    """Whether the patient would like another person in the room."""

    WANTED = "wanted", _("Yes, I would like a chaperone")
    NOT_WANTED = "not_wanted", _("No, thank you")


class GuardianRelation(models.TextChoices):
    """Who signs beside the patient."""

    PARENT = "parent", _("Parent")
    GUARDIAN = "guardian", _("Legal guardian")
    DECISION_MAKER = "decision_maker", _("Legal decision-maker")


class AskedBy(models.TextChoices):
    """Who asked that a consent be taken back."""

    PATIENT = "patient", "The patient"
    LINK = "link", "The patient, by the link"
    GUARDIAN = "guardian", "Parent or guardian"
    DECISION_MAKER = "decision_maker", "Legal decision-maker"


class ConsentState(models.TextChoices):
    """The consent of a patient in words that say nothing clinical."""

    ON_FILE = "on_file", "Consent on file"
    OLDER_TEXT = "older_text", "Consent is of an older text"
    WITHDRAWN = "withdrawn", "Consent withdrawn"
    MISSING = "missing", "No consent on file"


class AlertUrgency(models.TextChoices):
    """How soon somebody has to act on an answer of the intake."""

    URGENT = "urgent", "Before the visit"
    SAME_DAY = "same_day", "Same day"
    EMERGENCY = "emergency", "Emergency"


class RescreenDecision(models.TextChoices):
    """What follows from what has changed since last time."""

    NO_CHANGE = "no_change", "Nothing changed"
    WITH_PRECAUTIONS = "with_precautions", "Go on with precautions"
    DEFER = "defer", "Defer needling"
    NOT_TODAY = "not_today", "Not today"


# Only these open the way to a session on the day they were given.
GOES_ON = (RescreenDecision.NO_CHANGE, RescreenDecision.WITH_PRECAUTIONS)
