"""An alert that nobody opens is passed on step by step, each step once."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from intake.models import IntakeAlert
from notifications.models import Message
from people.choices import EscalationStage, Role
from people.models import EscalationStep, FirstReading, PhoneListEntry, Practitioner, User
from sessions import escalation
from sessions.choices import AlertUrgency
from sessions.inbox import open_alerts_for
from sessions.models import Alert, TreatmentSession
from sessions.tasks import sweep_alerts
from tests import factories

ZONE = ZoneInfo("America/Vancouver")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZONE)
MIDNIGHT = datetime(2026, 11, 25, 23, 30, tzinfo=ZONE)
MINUTE = timedelta(minutes=1)


def open_alert(
    treatment: TreatmentSession, urgency: str = AlertUrgency.EMERGENCY, at: datetime = NOON
) -> Alert:
    return Alert.objects.create(
        patient=treatment.patient,
        practitioner=treatment.practitioner,
        follow_up=treatment.follow_ups.first(),
        urgency=urgency,
        reasons=[],
        opened_at=at,
    )


def sweep(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        sweep_alerts(0)


def pass_on(at: datetime) -> None:
    """What a sweep does, without its clock."""
    for rows, pk, page in escalation.open_alerts():
        escalation.escalate(rows=rows, pk=pk, page=page, now=at)


def stages() -> list[str]:
    return list(EscalationStep.objects.values_list("stage", flat=True))


def told() -> list[str]:
    return sorted(
        Message.objects.filter(subject=escalation.SUBJECT).values_list("recipient", flat=True)
    )


@pytest.fixture
def cover(practitioner: Practitioner) -> Practitioner:
    practitioner.cover = factories.make_practitioner()
    practitioner.save()
    return practitioner.cover


@pytest.fixture
def alert(signed: TreatmentSession) -> Alert:
    return open_alert(signed)


def test_each_step_comes_in_its_time_and_once(alert: Alert, cover: Practitioner) -> None:
    PhoneListEntry.objects.create(place=1, name="Dr Vale", phone="604 1", email="vale@x.example")
    sweep(NOON + 9 * MINUTE)
    assert (stages(), told()) == ([EscalationStage.FIRST], [])
    for minutes in (10, 11, 19):
        sweep(NOON + minutes * MINUTE)
        assert told() == [cover.user.full_name]
    for minutes in (20, 21, 90):
        sweep(NOON + minutes * MINUTE)
    assert stages() == [EscalationStage.FIRST, EscalationStage.SECOND, EscalationStage.PHONE_LIST]
    everybody = {
        *User.objects.filter(role=Role.PHYSIOTHERAPIST).values_list("full_name", flat=True)
    }
    assert told() == sorted([*everybody, "Dr Vale", cover.user.full_name])


def test_an_opened_alert_goes_no_further(alert: Alert, physio_client: Client) -> None:
    sweep(NOON + 10 * MINUTE)
    assert stages()[-1] == EscalationStage.SECOND
    page = physio_client.get(reverse("sessions:alert", args=[alert.pk])).content.decode()
    assert "Passed on: " in page
    assert f"First opened by {physio_client.user}" in page  # type: ignore[attr-defined]
    sweep(NOON + timedelta(days=1))
    assert stages()[-1] == EscalationStage.SECOND


def test_a_second_reader_does_not_replace_the_first(
    alert: Alert, physio: Client, physio_client: Client
) -> None:
    for client in (physio, physio_client):
        client.get(reverse("sessions:alert", args=[alert.pk]))
    assert FirstReading.objects.get().read_by == physio.user  # type: ignore[attr-defined]


def test_a_closed_alert_goes_no_further(alert: Alert) -> None:
    Alert.objects.update(closed_at=NOON + MINUTE, action_taken="Phoned.")
    sweep(NOON + timedelta(days=1))
    assert stages() == []


def test_an_alert_that_became_graver_after_it_was_read_waits_anew(
    signed: TreatmentSession, cover: Practitioner, physio: Client
) -> None:
    alert = open_alert(signed, AlertUrgency.CONTACT_CLINIC)
    sweep(NOON)
    physio.get(reverse("sessions:alert", args=[alert.pk]))
    Alert.objects.update(urgency=AlertUrgency.EMERGENCY)
    sweep(NOON + 60 * MINUTE)
    assert told() == []
    sweep(NOON + 70 * MINUTE)
    assert told() == [cover.user.full_name]


def test_a_call_that_was_passed_on_stands_in_every_inbox(
    signed: TreatmentSession, cover: Practitioner
) -> None:
    alert = open_alert(signed, AlertUrgency.CONTACT_CLINIC)
    assert list(open_alerts_for(cover.user)) == []
    sweep(NOON + timedelta(hours=24))
    assert list(open_alerts_for(cover.user)) == [alert]


@pytest.mark.parametrize(
    ("urgency", "is_told"), [(AlertUrgency.EMERGENCY, True), (AlertUrgency.SAME_DAY, False)]
)
def test_at_night_only_an_emergency_is_passed_on(
    signed: TreatmentSession, cover: Practitioner, urgency: str, is_told: bool
) -> None:
    open_alert(signed, urgency, at=MIDNIGHT - timedelta(hours=3))
    sweep(MIDNIGHT)
    assert bool(told()) == is_told
    sweep(MIDNIGHT + timedelta(hours=9))
    assert cover.user.full_name in told()


def test_without_a_cover_all_on_duty_today_are_told(
    alert: Alert, practitioner: Practitioner
) -> None:
    working = factories.make_practitioner()
    for one in (working, practitioner):
        factories.make_availability(one)
    assert escalation.second_people(practitioner.user, NOON) == [working.user]
    working.availability_set.all().delete()
    everybody = set(escalation.physiotherapists())
    others = everybody - {practitioner.user}
    assert set(escalation.second_people(practitioner.user, NOON)) == others
    assert set(escalation.second_people(None, NOON)) == {practitioner.user}


def test_a_red_flag_of_an_intake_goes_the_same_way(
    cover: Practitioner, practitioner: Practitioner
) -> None:
    booked = factories.make_appointment(practitioner=practitioner)
    intake = factories.make_intake(booked.patient, appointment=booked)
    IntakeAlert.objects.create(
        intake=intake,
        patient=booked.patient,
        urgency="emergency",
        questions=[{"wording": "Numb"}],
        opened_at=NOON,
    )
    sweep(NOON + 10 * MINUTE)
    assert told() == [cover.user.full_name]


def test_the_mail_says_nothing_of_the_patient(alert: Alert, cover: Practitioner) -> None:
    sweep(NOON + 10 * MINUTE)
    mail = Message.objects.get(subject=escalation.SUBJECT)
    text = f"{mail.subject} {mail.body}".lower()
    for word in (alert.patient.given_name, alert.patient.family_name, "emergency", "alert", "red"):
        assert word.lower() not in text.replace("unread", "")


@pytest.mark.parametrize("change", ["UPDATE {} SET urgency = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["people_escalationstep", "people_firstreading"])
def test_steps_and_first_readings_are_never_changed(alert: Alert, table: str, change: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_within_a_step_leaves_nothing_of_it(
    alert: Alert, cover: Practitioner
) -> None:
    def killed() -> None:
        connection.set_autocommit(False)
        pass_on(NOON + 10 * MINUTE)
        connection.connection.close()  # as the server sees kill -9: gone without a commit

    worker = threading.Thread(target=killed)
    worker.start()
    worker.join()
    assert (stages(), told()) == ([], [])
    sweep(NOON + 10 * MINUTE)
    assert told() == [cover.user.full_name]


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_take_each_step_once(alert: Alert, cover: Practitioner) -> None:
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        pass_on(NOON + 10 * MINUTE)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (stages(), told()) == (
        [EscalationStage.FIRST, EscalationStage.SECOND],
        [cover.user.full_name],
    )
