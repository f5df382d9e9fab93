from django.db import models


class IntakeStatus(models.TextChoices):
    SENT = "sent", "Sent"
    STARTED = "started", "Started"
    SUBMITTED = "submitted", "Complete"
    REVIEWED = "reviewed", "Reviewed"


class ReviewDecision(models.TextChoices):
    SUITABLE = "suitable", "Suitable for needling"
    WITH_PRECAUTIONS = "with_precautions", "Suitable with precautions"
    POSTPONE = "postpone", "Postpone needling"
    NOT_SUITABLE = "not_suitable", "Not suitable for needling"


# Only these open the way to a treatment session.
NEEDLING_ALLOWED = (ReviewDecision.SUITABLE, ReviewDecision.WITH_PRECAUTIONS)
