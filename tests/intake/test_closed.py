"""What a patient submitted and signed, tried as the application's own database role."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from intake.choices import AskedBy
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


WITHDRAWAL = {
    "withdrawn_at": timezone.now(),
    "withdrawal_asked_by": AskedBy.PATIENT,
    "withdrawal_reason": "None given",
}


def refused(**changes: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(**changes)


@pytest.mark.parametrize(
    "change",
    [
        {"text_version": "2030.1"},
        {"language": "fr"},
        {"introduction": ["Other words"]},
        {"statements": []},
        {"signature": []},
        {"signed_at": timezone.now()},
        {"age_at_signing": 50},
        {"chaperone": "wanted"},
        {"guardian_name": "Somebody", "guardian_relation": "parent"},
        {"guardian_signature": [[[1, 1]]]},
        {"withdrawal_reason": "Before the withdrawal"},
    ],
)
def test_no_field_of_a_consent_is_changed_not_even_with_its_withdrawal(
    change: dict[str, object],
) -> None:
    factories.make_consent(
        factories.make_patient(),
        statements=[{"id": "a", "text": "A", "ticked": True}],
        signature=[[[1.0, 2.0]]],
    )
    refused(**change)
    if "withdrawal_reason" not in change:
        refused(**WITHDRAWAL, **change)


def test_a_consent_is_withdrawn_once() -> None:
    factories.make_consent(factories.make_patient())
    refused(withdrawn_at=None)
    assert Consent.objects.update(**WITHDRAWAL) == 1
    refused(withdrawn_at=None)
    refused(withdrawal_reason="Another reason")
    refused(withdrawn_at=timezone.now())


@pytest.mark.parametrize(
    "fields",
    [
        {"age_at_signing": 17},
        {"guardian_name": "Kim Sample"},
        {"guardian_relation": "parent"},
        {"withdrawal_reason": "No time"},
    ],
)
def test_a_half_signed_or_half_withdrawn_consent_cannot_be_stored(
    fields: dict[str, object],
) -> None:
    patient = factories.make_patient()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_consent(patient, **fields)
