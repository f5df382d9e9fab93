from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ims_clinic.inbox import count_for, inbox_of
from intake.choices import AskedBy, IntakeStatus
from intake.consent import withdraw_consent
from people.models import Practitioner
from sessions.choices import AlertUrgency, CheckHours
from sessions.models import Alert, SorenessFollowUp, TreatmentSession
from tests import factories

pytestmark = pytest.mark.django_db


def make_alert(treatment: TreatmentSession, urgency: AlertUrgency) -> Alert:
    check = SorenessFollowUp.objects.create(
        treatment=treatment,
        hours=CheckHours.DAY_ONE,
        due_at=timezone.now() + timedelta(seconds=SorenessFollowUp.objects.count()),
    )
    return Alert.objects.create(
        patient=treatment.patient,
        practitioner=treatment.practitioner,
        follow_up=check,
        urgency=urgency,
        reasons=[],
    )


def fill_inbox(practitioner: Practitioner) -> None:
    """One of each: an alert on a signed session, an intake, an assessment, a session."""
    signed = factories.make_treatment(practitioner=practitioner, signed_at=timezone.now())
    make_alert(signed, AlertUrgency.CONTACT_CLINIC)
    appointment = factories.make_appointment(practitioner=practitioner)
    factories.make_intake(
        appointment.patient, appointment=appointment, status=IntakeStatus.SUBMITTED
    )
    factories.make_assessment(practitioner=practitioner)
    factories.make_treatment(practitioner=practitioner)


def test_each_list_holds_what_waits_for_me_and_not_for_others() -> None:
    me, other = factories.make_practitioner(), factories.make_practitioner()
    fill_inbox(me)
    mine = inbox_of(me.user)
    sizes = [len(rows) for rows in (mine.alerts, mine.intakes, mine.assessments, mine.treatments)]
    assert sizes == [1, 1, 1, 1]
    assert (count_for(me.user), count_for(other.user)) == (4, 0)
    assert inbox_of(other.user, everyones=True).count == 4


def test_an_alert_that_cannot_wait_shows_in_every_inbox(physio_client: Client) -> None:
    colleague = factories.make_practitioner()
    signed = factories.make_treatment(practitioner=colleague, signed_at=timezone.now())
    make_alert(signed, AlertUrgency.EMERGENCY)
    page = physio_client.get(reverse("clinic:inbox")).content.decode()
    assert signed.patient.full_name in page
    assert colleague.user.full_name in page


def test_an_emergency_comes_before_an_older_call() -> None:
    me = factories.make_practitioner()
    for urgency in (AlertUrgency.CONTACT_CLINIC, AlertUrgency.EMERGENCY, AlertUrgency.SAME_DAY):
        make_alert(factories.make_treatment(practitioner=me, signed_at=timezone.now()), urgency)
    assert [alert.urgency for alert in inbox_of(me.user).alerts] == [
        AlertUrgency.EMERGENCY,
        AlertUrgency.SAME_DAY,
        AlertUrgency.CONTACT_CLINIC,
    ]


def test_the_page_shows_the_lists_and_an_empty_one_says_all_done(physio_client: Client) -> None:
    assert b"All done" in physio_client.get(reverse("clinic:inbox")).content
    me = Practitioner.objects.get(user=physio_client.user)  # type: ignore[attr-defined]
    fill_inbox(me)
    page = physio_client.get(reverse("clinic:inbox")).content.decode()
    assert "Answers that need a call" in page
    assert "Inbox <span" in page


def test_a_record_unsigned_for_more_than_a_day_is_marked_late(physio_client: Client) -> None:
    me = Practitioner.objects.get(user=physio_client.user)  # type: ignore[attr-defined]
    factories.make_treatment(practitioner=me, started_at=timezone.now() - timedelta(days=2))
    factories.make_treatment(practitioner=me)
    page = physio_client.get(reverse("clinic:inbox")).content.decode()
    assert page.count(">late<") == 1


def test_everyones_inbox_names_whose_it_is(physio_client: Client) -> None:
    other = factories.make_practitioner()
    fill_inbox(other)
    page = physio_client.get(reverse("clinic:inbox"), {"whose": "everyone"}).content.decode()
    assert other.user.full_name in page


def test_a_consent_withdrawn_by_link_waits_until_the_record_is_opened(
    physio_client: Client,
) -> None:
    practitioner = Practitioner.objects.get()
    patient = factories.make_cleared_patient()
    factories.make_appointment(patient=patient, practitioner=practitioner)
    withdraw_consent(patient=patient, asked_by=AskedBy.LINK)
    me = practitioner.user
    assert (count_for(me), inbox_of(me).count) == (1, 1)
    for address in (reverse("clinic:inbox"), reverse("clinic:home")):
        page = physio_client.get(address).content.decode()
        assert "by the patient’s own link" in page
    physio_client.get(reverse("clinic:patient", args=[patient.pk]))
    assert (count_for(me), inbox_of(me).count) == (0, 0)
