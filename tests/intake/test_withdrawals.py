from datetime import timedelta

import pytest
from django.utils import timezone

from audit.actor import acting_as
from audit.choices import Action
from audit.services import record
from intake.choices import AskedBy
from intake.consent import withdraw_consent
from intake.withdrawals import unseen_withdrawals
from people.models import Patient, Practitioner, User
from tests import factories

pytestmark = pytest.mark.django_db


def names(user: User | None) -> list[Patient]:
    return [one.patient for one in unseen_withdrawals(user)]


def withdrawn_patient(practitioner: Practitioner, asked_by: AskedBy) -> Patient:
    patient = factories.make_cleared_patient()
    factories.make_appointment(patient=patient, practitioner=practitioner)
    withdraw_consent(patient=patient, asked_by=asked_by)
    return patient


def test_the_patients_physiotherapist_is_told_of_a_withdrawal_by_link() -> None:
    me, other = factories.make_practitioner(), factories.make_practitioner()
    patient = withdrawn_patient(me, AskedBy.LINK)
    assert (names(me.user), names(other.user), names(None)) == ([patient], [], [patient])


def test_a_withdrawal_that_staff_recorded_is_no_news() -> None:
    me = factories.make_practitioner()
    withdrawn_patient(me, AskedBy.PATIENT)
    assert names(me.user) == []


def test_it_is_told_until_this_physiotherapist_opens_the_record() -> None:
    me, other = factories.make_practitioner(), factories.make_practitioner()
    patient = withdrawn_patient(me, AskedBy.LINK)
    later = timezone.now() + timedelta(days=3)
    factories.make_appointment(patient=patient, practitioner=other, starts_at=later)
    with acting_as(f"user:{me.user.pk}"):
        record(Action.VIEW, patient, patient_id=patient.pk)
    assert (names(me.user), names(other.user), names(None)) == ([], [patient], [])


def test_a_new_consent_ends_it() -> None:
    me = factories.make_practitioner()
    patient = withdrawn_patient(me, AskedBy.LINK)
    factories.make_consent(patient, signed_at=timezone.now())
    assert names(me.user) == []
