"""Outcome scores as rows: kept, corrected by a newer version, closed in the database."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from audit.choices import Action
from audit.models import AuditEvent
from clinical.outcome_measures import measures
from intake.choices import IntakeStatus
from intake.models import IntakeAnswer
from people.models import Patient, Practitioner, User
from sessions.models import OutcomeScore
from sessions.outcomes import (
    AlreadyCorrected,
    Taken,
    activities_for,
    by_measure,
    clinic_day,
    correct_score,
    record_score,
    scores_of,
)
from tests import factories

DAY = date(2026, 3, 2)


@pytest.fixture
def by(practitioner: Practitioner) -> User:
    return practitioner.user


@pytest.fixture
def take(patient: Patient, by: User) -> Callable[..., OutcomeScore]:
    def make(score: str, day: date = DAY, name: str = "nprs", **fields: Any) -> OutcomeScore:
        taken = Taken(Decimal(score), day, fields.get("answers", ()))
        return record_score(patient=patient, measure=measures()[name], taken=taken, by=by)

    return make


def test_a_score_keeps_its_range_its_answers_and_who_took_it(
    patient: Patient, by: User, take: Callable[..., OutcomeScore]
) -> None:
    score = take("6", answers=(("Pain?", 6),))
    assert (score.low, score.high, score.recorded_by) == (0, 10, by)
    assert score.answers == [{"item": "Pain?", "value": 6}]
    line = AuditEvent.objects.get(action=Action.CREATE, subject="treatment_sessions_outcomescore")
    assert (line.patient_number, line.detail) == (patient.pk, "nprs")


def test_a_day_to_come_is_refused(take: Callable[..., OutcomeScore]) -> None:
    with pytest.raises(ValidationError, match="still to come"):
        take("6", clinic_day() + timedelta(days=1))


def test_a_correction_is_a_newer_version_and_the_older_one_stays(
    patient: Patient, by: User, take: Callable[..., OutcomeScore]
) -> None:
    older = take("6")
    newer = correct_score(score=older, taken=Taken(Decimal(4), DAY), reason="misheard", by=by)
    assert scores_of(patient) == [newer]
    older.refresh_from_db()
    assert (older.score, newer.replaces) == (6, older)


def test_a_score_that_is_taken_out_is_read_no_more(
    patient: Patient, by: User, take: Callable[..., OutcomeScore]
) -> None:
    correct_score(score=take("6"), taken=None, reason="another patient's", by=by)
    assert scores_of(patient) == []
    assert OutcomeScore.objects.count() == 2


def test_the_second_correction_of_the_same_version_is_refused(
    by: User, take: Callable[..., OutcomeScore]
) -> None:
    older = take("6")
    correct_score(score=older, taken=None, reason="wrong", by=by)
    with pytest.raises(AlreadyCorrected):
        correct_score(score=older, taken=None, reason="wrong", by=by)


def test_a_correction_without_a_reason_is_refused(
    by: User, take: Callable[..., OutcomeScore]
) -> None:
    with pytest.raises(ValidationError, match="Write why"):
        correct_score(score=take("6"), taken=None, reason=" ", by=by)


def refused(sql: str, values: list[Any]) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE treatment_sessions_outcomescore SET score = 1 WHERE id = %s",
        "DELETE FROM treatment_sessions_outcomescore WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_a_score(
    sql: str, take: Callable[..., OutcomeScore]
) -> None:
    assert refused(sql, [take("6").pk])


COPY = """INSERT INTO treatment_sessions_outcomescore
    (patient_id, measure, taken_on, score, low, high, answers, replaces_id, reason,
     recorded_by_id, recorded_at)
    SELECT %s, %s, taken_on, %s, low, high, answers, id, %s, recorded_by_id, now()
    FROM treatment_sessions_outcomescore WHERE id = %s"""


def test_the_database_refuses_a_newer_version_of_somebody_else_or_out_of_range(
    patient: Patient, take: Callable[..., OutcomeScore]
) -> None:
    score, other = take("6"), factories.make_patient()
    assert refused(COPY, [other.pk, "nprs", 5, "why", score.pk])
    assert refused(COPY, [patient.pk, "psfs", 5, "why", score.pk])
    assert refused(COPY, [patient.pk, "nprs", 11, "why", score.pk])
    assert refused(COPY, [patient.pk, "nprs", 5, "", score.pk])
    assert not refused(COPY, [patient.pk, "nprs", 5, "why", score.pk])


def test_every_score_is_in_the_row_history(
    patient: Patient, take: Callable[..., OutcomeScore]
) -> None:
    score = take("6")
    line = AuditEvent.objects.get(
        action=Action.INSERT, subject="treatment_sessions_outcomescore", subject_id=str(score.pk)
    )
    assert line.patient_number == patient.pk


def test_scores_are_grouped_in_the_order_of_the_registry_oldest_first(
    patient: Patient, take: Callable[..., OutcomeScore]
) -> None:
    take("4", name="psfs")
    late, early = take("3"), take("7", DAY - timedelta(days=7))
    assert by_measure(scores_of(patient)) == {"nprs": [early, late], "psfs": [take_psfs(patient)]}


def take_psfs(patient: Patient) -> OutcomeScore:
    return OutcomeScore.objects.get(patient=patient, measure="psfs")


def with_goals(patient: Patient, *goals: str) -> None:
    intake = factories.make_intake(patient, status=IntakeStatus.SUBMITTED)
    for number, goal in enumerate(goals, 1):
        IntakeAnswer.objects.create(
            intake=intake, question=f"goal_{number}", wording="?", value="given", detail=goal
        )


def test_own_activities_are_the_goals_of_the_newest_intake_then_those_of_last_time(
    patient: Patient, take: Callable[..., OutcomeScore]
) -> None:
    psfs = measures()["psfs"]
    assert activities_for(patient, psfs) == ()
    with_goals(patient, "Sleep", "Run 5 km", "Work")
    with_goals(patient, "Lift my child", "  ")
    assert activities_for(patient, psfs) == ("Lift my child",)
    take("4", name="psfs", answers=(("Lift my child", 3), ("Drive", 5)))
    assert activities_for(patient, psfs) == ("Lift my child", "Drive")
    assert activities_for(patient, measures()["nprs"]) == ()
