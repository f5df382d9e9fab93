from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from clinical.screening import is_rule, patient_questions
from clinical.screening_status import ScreeningStatus
from intake.choices import ConsentState, IntakeStatus, ReviewDecision
from intake.form_pages import consent_questions, form_pages, questions_by_id
from intake.models import Consent, Intake, IntakeAnswer, ScreeningResult
from intake.outcome import alerts_from
from intake.questions import TICKED
from intake.review import review_intake
from intake.services import (
    IncompleteIntake,
    alerts_for,
    needling_obstacles,
    save_answers,
    send_intake,
    status_badges,
    submit_intake,
)
from intake.status import badges_from, intakes_of, obstacles_from
from notifications.models import Message
from people.choices import Role
from people.models import Patient
from scheduling.models import Appointment
from tests.factories import make_appointment, make_intake, make_patient, make_type, make_user
from tests.intake.conftest import stored

Submitted = Callable[..., Intake]
WITHDRAWN = "The consent to needling was withdrawn. Ask for a new one."
TODAY = date(2026, 11, 24)


def words(intake: Intake) -> str:
    assert intake.appointment is not None
    return status_badges([intake.appointment])[intake.appointment.pk].words


def test_the_message_says_nothing_clinical(intake: Intake) -> None:
    message = Message.objects.get()
    assert message.subject == "Before your appointment at Harbour IMS Clinic"
    assert "needl" not in (message.subject + message.body).lower()
    assert "/i/" in message.secret_link


def test_a_link_ends_a_day_after_the_appointment_and_within_thirty_days(patient: Patient) -> None:
    soon = make_appointment(patient=patient, starts_at=timezone.now() + timedelta(days=3))
    late = make_appointment(patient=patient, starts_at=timezone.now() + timedelta(days=90))
    first = send_intake(appointment=soon, patient=patient)
    second = send_intake(appointment=late, patient=patient)
    assert first.link is not None
    assert second.link is not None
    assert first.link.expires_at == soon.starts_at + timedelta(hours=24)
    assert second.link.expires_at <= timezone.now() + timedelta(days=30)


def test_without_an_address_nothing_is_sent(db: None) -> None:
    patient = make_patient(email="")
    intake = send_intake(appointment=make_appointment(patient=patient), patient=patient)
    assert Message.objects.count() == 0
    assert words(intake) == "Intake not sent"


def test_an_incomplete_intake_is_refused(intake: Intake) -> None:
    save_answers(intake, {q.id: (TICKED, "") for q in consent_questions()})
    answers = stored()
    del answers["anticoagulant"]
    save_answers(intake, answers)
    with pytest.raises(IncompleteIntake) as refused:
        submit_intake(intake, "Robin Sample")
    assert refused.value.missing == ["anticoagulant"]


def test_an_unticked_statement_or_a_missing_name_is_refused(intake: Intake) -> None:
    save_answers(intake, stored())
    with pytest.raises(IncompleteIntake) as refused:
        submit_intake(intake, " ")
    assert refused.value.missing == [*(q.id for q in consent_questions()), "signed_name"]


def test_submitting_twice_changes_nothing(submitted: Submitted) -> None:
    first = submitted()
    again = submit_intake(first, "Somebody Else")
    assert again.submitted_at == first.submitted_at
    assert Consent.objects.get().signed_name == "Robin Sample"
    assert ScreeningResult.objects.count() == 1


def test_answers_are_closed_after_submitting(submitted: Submitted) -> None:
    with pytest.raises(ValueError, match="closed"):
        save_answers(submitted(), {"anticoagulant": ("no", "")})


def test_an_answer_is_replaced_not_doubled(intake: Intake) -> None:
    save_answers(intake, {"anticoagulant": ("no", "")})
    save_answers(intake, {"anticoagulant": ("yes", "warfarin")})
    answer = IntakeAnswer.objects.get()
    assert (answer.value, answer.detail) == ("yes", "warfarin")
    assert answer.wording.startswith("Do you take a blood thinner")


@pytest.mark.parametrize(
    "question",
    [q.id for q in patient_questions() if is_rule(q)],
)
def test_not_sure_is_never_safe(question: str, submitted: Submitted) -> None:
    result = submitted(**{question: "not_sure"}).screening
    assert result.status == ScreeningStatus.CAUTION
    assert [reason["question_id"] for reason in result.reasons] == [question]


def test_alerts_come_from_the_newest_screening(submitted: Submitted, patient: Patient) -> None:
    assert alerts_for(patient) == ()
    submitted(anticoagulant="yes")
    assert len(alerts_for(patient)) >= 1


def test_needling_waits_for_intake_review_and_consent(
    submitted: Submitted, patient: Patient
) -> None:
    assert len(needling_obstacles(patient, TODAY)) == 2
    intake = submitted()
    assert needling_obstacles(patient, TODAY) == ["No physiotherapist has reviewed the intake yet."]
    by = make_user(Role.PHYSIOTHERAPIST)
    review_intake(intake=intake, decision=ReviewDecision.NOT_SUITABLE, note="Fever", by=by)
    assert needling_obstacles(patient, TODAY) == [
        "The review of the intake says: Not suitable for needling."
    ]
    review_intake(intake=intake, decision=ReviewDecision.SUITABLE, note="", by=by)
    assert needling_obstacles(patient, TODAY) == []
    Consent.objects.update(withdrawn_at=timezone.now())
    assert needling_obstacles(patient, TODAY) == [WITHDRAWN]


def test_loaded_intakes_say_the_same_as_asking_for_each(
    submitted: Submitted, patient: Patient, django_assert_num_queries: Callable[[int], object]
) -> None:
    submitted(anticoagulant="yes")
    start = timezone.now() + timedelta(days=9)
    later = make_appointment(patient=patient, starts_at=start)
    make_intake(patient, appointment=later)
    booked, day = list(Appointment.objects.with_people()), later.wall_date
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        intakes = intakes_of(patient)
        alerts, badges = alerts_from(intakes), badges_from(intakes, booked)
        obstacles = obstacles_from(intakes, day, consent=ConsentState.ON_FILE)
    assert alerts == alerts_for(patient) != ()
    assert badges == status_badges(booked)
    assert obstacles == needling_obstacles(patient, day)
    assert obstacles[0] == "The intake sent for this day is not submitted yet."
    assert obstacles_from(intakes, day, consent=ConsentState.WITHDRAWN)[:-1] == obstacles


def test_an_intake_is_reviewed_only_after_submitting(intake: Intake) -> None:
    by = make_user(Role.PHYSIOTHERAPIST)
    with pytest.raises(ValueError, match="submitted"):
        review_intake(intake=intake, decision=ReviewDecision.SUITABLE, note="", by=by)


def test_the_badge_follows_the_intake(
    intake: Intake, submitted: Submitted, patient: Patient
) -> None:
    assert words(intake) == "Intake sent"
    save_answers(intake, {"anticoagulant": ("no", "")})
    assert words(intake) == "Intake started 0 %"
    by = make_user(Role.PHYSIOTHERAPIST)
    done = submitted()
    assert done.status == IntakeStatus.SUBMITTED
    assert words(intake) == "Intake complete"
    review_intake(intake=done, decision=ReviewDecision.NOT_SUITABLE, note="Fever", by=by)
    assert words(intake) == "Physiotherapist asks you to call"


def test_badges_take_one_query(
    patient: Patient, django_assert_num_queries: Callable[[int], object]
) -> None:
    kind = make_type(needs_intake=True)
    start = timezone.now()
    booked = [
        make_appointment(appointment_type=kind, starts_at=start + timedelta(hours=n))
        for n in range(3)
    ]
    for appointment in booked[:2]:
        send_intake(appointment=appointment, patient=appointment.patient)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        badges = status_badges(booked)
    assert [badges[a.pk].words for a in booked] == ["Intake sent"] * 2 + ["Intake not sent"]


def test_every_screening_question_is_on_exactly_one_page() -> None:
    asked = [question.id for page in form_pages() for question in page.questions]
    assert [q.id for q in patient_questions() if asked.count(q.id) != 1] == []


def test_the_longest_choice_of_body_zones_fits(intake: Intake) -> None:
    every_zone = ",".join(option.value for option in questions_by_id()["chief_area"].options)
    save_answers(intake, {"chief_area": (every_zone, "")})
    assert IntakeAnswer.objects.get().value == every_zone


def test_new_contact_reaches_the_patient_only_when_submitted(
    intake: Intake, patient: Patient
) -> None:
    save_answers(intake, {"new_phone": ("given", "604 555 7777")})
    patient.refresh_from_db()
    assert patient.phone != "604 555 7777"
    answers = stored(contact_right="no") | {"new_phone": ("given", "604 555 7777")}
    save_answers(intake, answers)
    save_answers(intake, {q.id: (TICKED, "") for q in consent_questions()})
    submit_intake(intake, "Robin Sample")
    patient.refresh_from_db()
    assert (patient.phone, patient.emergency_contact) == ("604 555 7777", "Something")
