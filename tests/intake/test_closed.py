"""What a patient submitted and signed, tried as the application's own database role."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from intake.models import Consent, IntakeAnswer
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE intake_intakeanswer SET value = 'no'",
        "DELETE FROM intake_intakeanswer",
        "UPDATE intake_consent SET signed_name = 'Somebody'",
        "DELETE FROM intake_consent",
        "UPDATE intake_screeningresult SET status = 'clear'",
        "DELETE FROM intake_screeningresult",
    ],
)
def test_what_a_patient_submitted_and_signed_is_closed(statement: str) -> None:
    screening = factories.make_screening(factories.make_patient())
    factories.make_consent(screening.intake.patient, screening.intake)
    IntakeAnswer.objects.create(
        intake=screening.intake, question="pregnancy", wording="Are you pregnant?", value="yes"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_consent_is_withdrawn_once() -> None:
    consent = factories.make_consent(factories.make_patient())
    consent.withdrawn_at = timezone.now()
    consent.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(withdrawn_at=None)
