from django.db import models


class Role(models.TextChoices):
    FRONT_DESK = "front_desk", "Front desk"
    PHYSIOTHERAPIST = "physiotherapist", "Physiotherapist"
    CLINIC_ADMIN = "clinic_admin", "Clinic admin"


class SexRecorded(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not recorded"


class LinkPurpose(models.TextChoices):
    """A patient link opens the pages of one purpose and no other."""

    INTAKE = "intake", "Intake"
    SORENESS_CHECK = "soreness_check", "24 and 48 hour check"
    CONSENT = "consent", "Consent"


class EscalationStage(models.TextChoices):
    """How far an alert went that nobody opened."""

    FIRST = "first", "Told first"
    SECOND = "second", "Passed on"
    PHONE_LIST = "phone_list", "Clinic phone list told"
