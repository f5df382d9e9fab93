"""One fill of the demo clinic on a Tuesday at 13:00, and what must hold of it."""

import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Q
from django.test import TestCase, override_settings

from assessment.models import Assessment, SegmentFlag
from audit.models import AuditEvent
from ims_clinic.demo_accounts import ACCOUNTS, PASSWORD, SHOWN
from intake.choices import IntakeStatus, ReviewDecision
from intake.models import Consent, Intake, IntakeAlert, IntakeReminder, IntakeReview, Rescreening
from intake.services import needling_obstacles
from intake.status import ASK_WHAT_CHANGED
from intake.withdrawals import unseen_withdrawals
from notifications.models import Message
from people.choices import Role
from people.models import Patient, Practitioner, User
from scheduling.choices import AppointmentStatus
from scheduling.models import Appointment, Availability, Room
from sessions.models import Alert, CoSignature, SorenessFollowUp, TreatmentSession
from tests.factories import make_patient

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
OVER = (AppointmentStatus.DONE, AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELLED)


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("demo_clinic", *words, stdout=out)
    return out.getvalue()


def waiting_jobs() -> list[datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at FROM procrastinate_jobs "
            "WHERE status = 'todo' AND task_name <> 'reports.store_consent'"
        )
        return [at for (at,) in cursor.fetchall()]


@override_settings(DEMO=True)
class DemoClinicTests(TestCase):
    """Filled once for all of them, since a fill takes seconds."""

    said: str

    @classmethod
    def setUpTestData(cls) -> None:
        with time_machine.travel(NOW, tick=False):
            cls.said = run()

    def test_the_command_says_what_it_did(self) -> None:
        number = Appointment.objects.count()
        words = f"The demo clinic is filled: 80 invented patients, {number} appointments.\n"
        assert self.said == words

    def test_the_house_is_complete(self) -> None:
        roles = Counter(User.objects.values_list("role", flat=True))
        wanted = {Role.PHYSIOTHERAPIST: 4, Role.FRONT_DESK: 2, Role.CLINIC_ADMIN: 1}
        assert roles == wanted
        assert (Room.objects.count(), Patient.objects.count()) == (3, 80)

    def test_everybody_is_invented(self) -> None:
        real = Patient.objects.exclude(
            email__endswith=".example", phone__startswith="604 555 0", emergency_contact__gt=""
        )
        assert not real.exists()
        assert not User.objects.exclude(email__endswith=".example").exists()

    def test_twelve_weeks_lie_around_a_dense_today(self) -> None:
        days = Counter(Appointment.objects.values_list("wall_date", flat=True))
        assert min(days) <= TODAY - timedelta(days=35)
        assert max(days) >= TODAY + timedelta(days=35)
        assert 20 <= days[TODAY] <= 30

    def test_every_appointment_lies_in_the_hours_and_the_room_of_its_practitioner(self) -> None:
        for one in Appointment.objects.with_people():
            hours = Availability.objects.filter(
                practitioner=one.practitioner,
                room=one.room,
                weekday=one.wall_date.weekday(),
                starts__lte=one.wall_time,
                ends__gte=one.local_end.time(),
            )
            assert hours.exists(), one

    def test_two_practitioners_share_a_room_by_the_clock(self) -> None:
        users = {
            room.name: set(room.appointment_set.values_list("practitioner", flat=True))
            for room in Room.objects.all()
        }
        assert sorted(len(people) for people in users.values()) == [1, 1, 2]

    def test_the_statuses_follow_the_clock(self) -> None:
        gone_by = Appointment.objects.filter(ends_at__lte=NOW)
        assert not gone_by.exclude(status__in=OVER).exists()
        running = Appointment.objects.filter(starts_at__lt=NOW, ends_at__gt=NOW)
        here = (AppointmentStatus.IN_ROOM, *OVER)
        assert not running.exclude(status__in=here).exists()
        later = Appointment.objects.filter(starts_at__gt=NOW + timedelta(minutes=15))
        cancelled = AppointmentStatus.CANCELLED
        expected = (AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED, cancelled)
        assert not later.exclude(status__in=expected).exists()
        for status in (AppointmentStatus.NO_SHOW, cancelled):
            assert Appointment.objects.filter(status=status).exists()

    def test_intakes_are_in_every_state(self) -> None:
        assert set(Intake.objects.values_list("status", flat=True)) == set(IntakeStatus)
        unreviewed = Intake.objects.filter(status=IntakeStatus.SUBMITTED)
        outcomes = set(unreviewed.values_list("screening__urgency", "screening__status"))
        assert {("emergency", "urgent"), ("none", "clear")} <= outcomes
        decisions = set(IntakeReview.objects.values_list("decision", flat=True))
        assert decisions == {
            ReviewDecision.SUITABLE,
            ReviewDecision.WITH_PRECAUTIONS,
            ReviewDecision.POSTPONE,
        }

    def test_what_follows_an_intake_is_shown(self) -> None:
        assert IntakeAlert.objects.open().count() == 2
        assert IntakeReminder.objects.exclude(sent_by=None).exists()
        assert Rescreening.objects.exclude(reasons=[]).count() == 1
        assert unseen_withdrawals(None).count() == 1
        assert Intake.objects.filter(patient__language="fr", submitted_at__isnull=False).exists()
        french, drawn = Consent.objects.get(language="fr"), Consent.objects.exclude(signature=[])
        assert drawn.count() == 2
        assert french in drawn
        young = Consent.objects.get(age_at_signing__lt=18)
        assert (young.age_at_signing, young.guardian_relation) == (15, "parent")

    def test_assessments_show_clear_roots_and_none(self) -> None:
        signed = Assessment.objects.exclude(signed_at=None)
        roots = set(SegmentFlag.objects.values_list("root", flat=True))
        assert {"C5", "C6", "C7", "C8", "L4", "L5", "S1"} <= roots
        assert signed.filter(flags=None).exists()
        assert len(set(SegmentFlag.objects.values_list("label", flat=True))) > 1

    def test_nobody_was_needled_against_an_obstacle_or_outside_the_appointment(self) -> None:
        for treatment in TreatmentSession.objects.select_related("patient", "appointment"):
            assert set(needling_obstacles(treatment.patient, TODAY)) <= {ASK_WHAT_CHANGED}
            assert treatment.appointment is not None
            assert treatment.appointment.rescreenings.exists()
            assert treatment.appointment.starts_at < treatment.started_at
            assert treatment.started_at < treatment.appointment.ends_at
        late = TreatmentSession.objects.filter(signed_at__gt=F("appointment__ends_at"))
        assert not late.exists()

    def test_one_assessment_and_its_session_wait_to_be_signed(self) -> None:
        old = Q(appointment__ends_at__lt=NOW, signed_at=None)
        assert TreatmentSession.objects.filter(old).count() == 1
        assert Assessment.objects.filter(old).count() == 1

    def test_pain_falls_over_the_sessions_of_some_patients(self) -> None:
        long_courses = 0
        for patient in Patient.objects.all():
            scores = list(
                TreatmentSession.objects.filter(patient=patient)
                .order_by("started_at")
                .values_list("pain_before", flat=True)
            )
            if len(scores) > 3:
                long_courses += 1
                assert scores[-1] < scores[0]
        assert long_courses >= 5

    def test_checks_are_answered_and_not_and_alerts_open_and_closed(self) -> None:
        sent = SorenessFollowUp.objects.exclude(sent_at=None)
        assert sent.exclude(answered_at=None).exists()
        assert sent.filter(answered_at=None).exists()
        assert Alert.objects.open().count() >= 3
        assert Alert.objects.exclude(closed_at=None).count() >= 4
        mara = Practitioner.objects.get(user__email=SHOWN[1])
        assert Alert.objects.open().filter(practitioner=mara).exists()

    def test_sessions_of_the_supervised_wait_for_the_first_physiotherapist(self) -> None:
        waiting = CoSignature.objects.waiting().select_related("asked_of")
        assert {one.asked_of.email for one in waiting} == {SHOWN[1]}
        assert 1 <= waiting.count() <= 8

    def test_no_message_and_no_job_of_the_past_is_left_waiting(self) -> None:
        assert set(Message.objects.values_list("status", flat=True)) == {"sent"}
        assert not Message.objects.filter(sent_at__gt=NOW).exists()
        assert [at for at in waiting_jobs() if at is None or at <= NOW] == []

    def test_every_check_to_come_has_its_job(self) -> None:
        unsent = SorenessFollowUp.objects.filter(sent_at=None)
        assert unsent.count() == len(waiting_jobs()) > 0

    @override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.ScryptPasswordHasher"])
    def test_staff_can_sign_in_with_the_shown_password(self) -> None:
        assert User.objects.get(email=SHOWN[0]).check_password(PASSWORD)

    def test_a_second_run_leaves_everything_as_it_is(self) -> None:
        before = AuditEvent.objects.count()
        assert run() == "The demo clinic is already filled; nothing was changed.\n"
        assert AuditEvent.objects.count() == before


@override_settings(DEMO=True)
def test_the_sign_ins_are_printed_one_a_line() -> None:
    lines = run("--sign-ins").splitlines()
    assert [line.split()[-2:] for line in lines] == [[email, PASSWORD] for email in SHOWN]


@pytest.mark.django_db
def test_a_database_of_a_real_clinic_is_refused(settings: Any) -> None:
    settings.DEMO = True
    make_patient()
    with pytest.raises(CommandError, match="the demo needs an empty one"):
        run()
    assert User.objects.count() == 0


def test_without_the_demo_setting_nothing_is_done(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="IMS_DEMO=1"):
        run()


def test_every_shown_sign_in_is_an_account() -> None:
    assert set(SHOWN) <= {email for email, _name, _role in ACCOUNTS}
