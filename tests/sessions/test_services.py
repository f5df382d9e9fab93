from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.choices import Action
from audit.models import AuditEvent
from intake.choices import AskedBy
from intake.consent import withdraw_consent
from intake.models import Consent, Intake
from people.models import Patient, Practitioner
from scheduling.choices import AppointmentStatus
from sessions.adverse import answer_none
from sessions.check_times import due_at, last_needle_out
from sessions.choices import CheckHours
from sessions.models import SorenessFollowUp, TreatmentSession
from sessions.needling import (
    add_muscle,
    change_muscle,
    remove_muscle,
    save_details,
    step_insertions,
)
from sessions.services import CannotSign, NotReady, sign_session, start_session
from tests import factories
from tests.sessions.conftest import finish, make_flagged_assessment, needle


def obstacles(patient: Patient, practitioner: Practitioner, **fields: object) -> list[str]:
    with pytest.raises(NotReady) as refusal:
        start_session(patient=patient, practitioner=practitioner, **fields)
    assert TreatmentSession.objects.filter(patient=patient, signed_at=None).count() == 0
    return refusal.value.obstacles


def test_a_cleared_patient_gets_a_session_with_consent_and_newest_signed_assessment(
    patient: Patient, practitioner: Practitioner
) -> None:
    make_flagged_assessment(patient)
    newest = make_flagged_assessment(patient)
    factories.make_assessment(patient)
    consent = factories.make_consent(patient)
    treatment = start_session(patient=patient, practitioner=practitioner)
    assert (treatment.assessment, treatment.consent) == (newest, consent)
    acts = AuditEvent.objects.filter(
        action=Action.CREATE, subject="treatment_sessions_treatmentsession"
    )
    assert [act.patient_number for act in acts] == [patient.pk]


def test_a_withdrawn_consent_is_not_taken(patient: Patient, practitioner: Practitioner) -> None:
    valid = Consent.objects.get(patient=patient)
    withdrawn = factories.make_consent(patient)
    withdrawn.withdrawn_at = timezone.now()
    withdrawn.save()
    assert start_session(patient=patient, practitioner=practitioner).consent == valid


def test_without_an_intake_no_session_starts(practitioner: Practitioner) -> None:
    patient = factories.make_patient()
    assert obstacles(patient, practitioner) == [
        "The patient has not submitted an intake.",
        "There is no valid consent to needling.",
    ]


def test_without_consent_no_session_starts(patient: Patient, practitioner: Practitioner) -> None:
    Consent.objects.filter(patient=patient).update(withdrawn_at=timezone.now())
    assert obstacles(patient, practitioner) == [
        "The consent to needling was withdrawn. Ask for a new one."
    ]


def test_a_consent_to_an_older_text_starts_no_session(
    patient: Patient, practitioner: Practitioner
) -> None:
    cleared = factories.make_patient()
    intake = factories.make_intake(cleared, status="reviewed")
    factories.make_review(intake)
    factories.make_consent(cleared, intake, text_version="2020.1")
    assert obstacles(cleared, practitioner) == [
        "The consent on file is of an older text. Ask for a new one."
    ]
    newer = factories.make_consent(cleared)
    assert start_session(patient=cleared, practitioner=practitioner).consent == newer


def test_after_a_withdrawal_an_open_session_takes_no_muscle_but_is_written_up_and_signed(
    treatment: TreatmentSession,
) -> None:
    row = needle(treatment)
    assert treatment.consent_withdrawn_at is None
    withdraw_consent(patient=treatment.patient, asked_by=AskedBy.PATIENT)
    treatment = TreatmentSession.objects.get(pk=treatment.pk)
    assert treatment.consent_withdrawn_at == treatment.consent.withdrawn_at
    with pytest.raises(ValidationError, match="The consent was withdrawn"):
        needle(treatment, "trapezius_upper")
    change_muscle(row=row, note="Stopped here.")
    answer_none(treatment=treatment)
    save_details(treatment=treatment, pain_before=6, pain_after=5, needles_out=row.insertions)
    assert sign_session(treatment=treatment, by=treatment.practitioner.user).is_signed


def test_a_new_consent_in_an_open_session_opens_it_again(treatment: TreatmentSession) -> None:
    withdraw_consent(patient=treatment.patient, asked_by=AskedBy.PATIENT)
    factories.make_consent(treatment.patient)
    assert needle(TreatmentSession.objects.get(pk=treatment.pk)).muscle == "deltoid"


def test_without_a_review_no_session_starts(patient: Patient, practitioner: Practitioner) -> None:
    factories.make_intake(patient, status="submitted")
    assert obstacles(patient, practitioner) == ["No physiotherapist has reviewed the intake yet."]


@pytest.mark.parametrize("days", [None, 2])
def test_without_authorisation_that_day_no_session_starts(
    patient: Patient, days: int | None
) -> None:
    until = None if days is None else timezone.now().date() - timedelta(days=days)
    practitioner = factories.make_practitioner(needling_until=until)
    assert obstacles(patient, practitioner) == [
        f"No authorisation to needle is on file for {practitioner} today."
    ]


def test_every_obstacle_is_said_at_once(practitioner: Practitioner) -> None:
    practitioner.needling_until = None
    assert len(obstacles(factories.make_patient(), practitioner)) == 3


def test_an_arrived_appointment_comes_into_the_room_and_is_done_after_signing(
    patient: Patient, practitioner: Practitioner
) -> None:
    appointment = factories.make_appointment(
        patient=patient, practitioner=practitioner, status=AppointmentStatus.ARRIVED
    )
    treatment = start_session(patient=patient, practitioner=practitioner, appointment=appointment)
    appointment.refresh_from_db()
    assert appointment.status == AppointmentStatus.IN_ROOM
    finish(treatment)
    appointment.refresh_from_db()
    assert appointment.status == AppointmentStatus.DONE


def test_a_booked_appointment_keeps_its_status_at_the_start(
    patient: Patient, practitioner: Practitioner
) -> None:
    appointment = factories.make_appointment(patient=patient, practitioner=practitioner)
    start_session(patient=patient, practitioner=practitioner, appointment=appointment)
    appointment.refresh_from_db()
    assert appointment.status == AppointmentStatus.BOOKED


def test_a_cancelled_appointment_stays_cancelled_after_signing(
    patient: Patient, practitioner: Practitioner
) -> None:
    appointment = factories.make_appointment(patient=patient, practitioner=practitioner)
    treatment = start_session(patient=patient, practitioner=practitioner, appointment=appointment)
    type(appointment).objects.filter(pk=appointment.pk).update(status=AppointmentStatus.CANCELLED)
    finish(treatment)
    appointment.refresh_from_db()
    assert appointment.status == AppointmentStatus.CANCELLED


def test_starting_again_returns_the_open_session(
    patient: Patient, practitioner: Practitioner
) -> None:
    appointment = factories.make_appointment(patient=patient, practitioner=practitioner)
    with_it = {"patient": patient, "practitioner": practitioner, "appointment": appointment}
    assert start_session(**with_it) == start_session(**with_it)
    without = {"patient": patient, "practitioner": practitioner}
    assert start_session(**without) == start_session(**without)
    assert TreatmentSession.objects.count() == 2


def test_a_signed_session_of_the_appointment_is_not_opened_again(
    patient: Patient, practitioner: Practitioner
) -> None:
    appointment = factories.make_appointment(patient=patient, practitioner=practitioner)
    finish(start_session(patient=patient, practitioner=practitioner, appointment=appointment))
    assert obstacles(patient, practitioner, appointment=appointment) == [
        "The session of this appointment is signed. Add an addendum to it."
    ]


def test_an_appointment_of_another_patient_is_refused(
    patient: Patient, practitioner: Practitioner
) -> None:
    other = factories.make_appointment()
    assert obstacles(patient, practitioner, appointment=other) == [
        "The appointment belongs to another patient."
    ]


def test_a_new_row_has_no_twitch_answer_and_one_insertion(treatment: TreatmentSession) -> None:
    row = add_muscle(treatment=treatment, muscle="deltoid", side="left", segment="C5")
    row.refresh_from_db()
    assert (row.twitch, row.insertions, row.segment) == ("", 1, "C5")
    assert (str(row.needle_gauge_mm), row.needle_length_mm) == ("0.30", 40)


def test_the_needle_is_the_one_last_used_on_this_patient_else_by_this_physiotherapist(
    treatment: TreatmentSession, practitioner: Practitioner
) -> None:
    elsewhere = factories.make_treatment(practitioner=practitioner)
    needle(elsewhere, needle_gauge_mm="0.25", needle_length_mm=30)
    first = needle(treatment)
    assert (str(first.needle_gauge_mm), first.needle_length_mm) == ("0.25", 30)
    change_muscle(row=first, needle_gauge_mm="0.35", needle_length_mm=75)
    needle(elsewhere, side="left", needle_gauge_mm="0.20", needle_length_mm=15)
    again = needle(treatment, side="left")
    assert (str(again.needle_gauge_mm), again.needle_length_mm) == ("0.35", 75)


def test_a_muscle_stands_once_a_side(treatment: TreatmentSession) -> None:
    needle(treatment)
    needle(treatment, side="left")
    with pytest.raises(ValidationError, match="already in the session on this side"):
        needle(treatment)


@pytest.mark.parametrize(
    "wrong",
    [
        {"muscle": "elbow"},
        {"side": "both"},
        {"insertions": 0},
        {"insertions": 31},
        {"twitch": "huge"},
    ],
)
def test_a_wrong_row_is_refused(treatment: TreatmentSession, wrong: dict[str, object]) -> None:
    values = {"muscle": "deltoid", "side": "right", **wrong}
    with pytest.raises(ValidationError):
        add_muscle(treatment=treatment, **values)
    assert treatment.muscles.count() == 0


def test_a_field_that_is_not_offered_is_a_programming_error(treatment: TreatmentSession) -> None:
    row = needle(treatment)
    with pytest.raises(TypeError, match="signed_at"):
        save_details(treatment=treatment, signed_at=timezone.now())
    with pytest.raises(TypeError, match="muscle"):
        change_muscle(row=row, muscle="infraspinatus")


def test_a_change_touches_only_the_fields_given(treatment: TreatmentSession) -> None:
    row = needle(treatment, insertions=2)
    stale = type(row).objects.get(pk=row.pk)
    change_muscle(row=row, insertions=4)
    change_muscle(row=stale, twitch="weak")
    row.refresh_from_db()
    assert (row.insertions, row.twitch) == (4, "weak")


def test_insertions_step_within_one_and_thirty(treatment: TreatmentSession) -> None:
    row = needle(treatment, insertions=29)
    assert [step_insertions(row=row, by=1).insertions for _ in range(3)] == [30, 30, 30]
    change_muscle(row=row, insertions=1)
    assert step_insertions(row=row, by=-1).insertions == 1


def test_a_removed_row_can_be_added_again_with_all_its_values(
    treatment: TreatmentSession,
) -> None:
    row = needle(treatment, segment="C6", insertions=3, note="deep", twitch_count=2)
    values = remove_muscle(row=row)
    assert treatment.muscles.count() == 0
    back = add_muscle(treatment=treatment, **values)
    assert (back.segment, back.insertions, back.note, back.twitch_count, back.twitch) == (
        "C6",
        3,
        "deep",
        2,
        "strong",
    )


def test_details_out_of_range_are_refused(treatment: TreatmentSession) -> None:
    with pytest.raises(ValidationError):
        save_details(treatment=treatment, pain_before=11)
    treatment.refresh_from_db()
    assert treatment.pain_before is None


def test_signing_says_everything_that_is_missing(treatment: TreatmentSession) -> None:
    needle(treatment, twitch="")
    with pytest.raises(CannotSign) as refusal:
        sign_session(treatment=treatment, by=treatment.practitioner.user)
    assert refusal.value.sentences == [
        "Enter the pain before the session, 0 to 10.",
        "Note the twitch of Deltoid, right, or choose “not noted”.",
        "Enter the pain after the session, 0 to 10.",
        "Answer whether an adverse event happened, “None” or which.",
        "Count the needles that came out and enter the number.",
    ]
    treatment.refresh_from_db()
    assert not treatment.is_signed


def test_not_noted_is_an_answer_and_a_reason_settles_the_count(
    treatment: TreatmentSession,
) -> None:
    needle(treatment, twitch="not_noted", insertions=2)
    answer_none(treatment=treatment)
    save_details(
        treatment=treatment, pain_before=0, pain_after=0, needles_out=1, count_reason="One bent."
    )
    assert sign_session(treatment=treatment, by=treatment.practitioner.user).is_signed


def test_signing_signs_audits_and_plans_both_checks_with_their_jobs(
    treatment: TreatmentSession,
) -> None:
    signed = finish(treatment)
    assert signed.signed_by == treatment.practitioner.user
    acts = AuditEvent.objects.filter(
        action=Action.SIGN, subject="treatment_sessions_treatmentsession"
    )
    assert [act.subject_id for act in acts] == [str(signed.pk)]
    checks = list(SorenessFollowUp.objects.filter(treatment=signed))
    out_at = last_needle_out(signed)
    assert [(c.hours, c.due_at) for c in checks] == [
        (hours, due_at(hours, out_at, settings.CLINIC_TIME_ZONE))
        for hours in (CheckHours.DAY_ONE, CheckHours.DAY_TWO)
    ]
    jobs = ProcrastinateJob.objects.filter(task_name="sessions.send_check").order_by("id")
    assert [(job.args, job.queueing_lock) for job in jobs] == [
        ({"follow_up_id": check.pk}, f"soreness-check-{check.pk}") for check in checks
    ]
    assert all(job.scheduled_at >= check.due_at for job, check in zip(jobs, checks, strict=True))


def test_a_session_without_needles_is_signed_without_checks(
    treatment: TreatmentSession,
) -> None:
    answer_none(treatment=treatment)
    save_details(treatment=treatment, pain_before=2, pain_after=2, needles_out=0)
    sign_session(treatment=treatment, by=treatment.practitioner.user)
    assert SorenessFollowUp.objects.count() == 0


def test_an_unfinished_intake_of_today_stands_against_a_session(
    patient: Patient, practitioner: Practitioner
) -> None:
    appointment = factories.make_appointment(patient=patient, practitioner=practitioner)
    factories.make_intake(patient, appointment=appointment)
    assert Intake.objects.for_patient(patient).count() == 2
    assert obstacles(patient, practitioner, appointment=appointment) == [
        "The intake sent for this day is not submitted yet."
    ]


def test_a_session_left_open_on_another_day_is_not_continued_as_if_it_were_today(
    patient: Patient, practitioner: Practitioner
) -> None:
    held = start_session(patient=patient, practitioner=practitioner)
    TreatmentSession.objects.filter(pk=held.pk).update(
        started_at=timezone.now() - timedelta(days=3)
    )
    with pytest.raises(NotReady, match="is still open"):
        start_session(patient=patient, practitioner=practitioner)
