"""The consent to needling, signed as the end of an intake."""

from collections.abc import Mapping
from datetime import datetime

from intake.form_pages import consent_questions
from intake.models import Consent, Intake, IntakeAnswer


def sign_consent(
    intake: Intake, answers: Mapping[str, IntakeAnswer], *, signed_name: str, at: datetime
) -> Consent:
    """Store the statements as they were ticked, with the typed name. Runs inside a submit."""
    return Consent.objects.create(
        patient=intake.patient,
        intake=intake,
        form_version=intake.form.version,
        statements=[{"id": q.id, "text": answers[q.id].wording} for q in consent_questions()],
        signed_name=signed_name.strip(),
        signed_at=at,
    )
