"""What goes home with the patient is closed with the session it belongs to."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AuditEvent
from sessions.advice import repeat_advice, tick_advice, tick_all_advice
from sessions.care import change_plan, join_plan, leave_plan, start_plan
from sessions.drafts import AlreadySigned
from sessions.models import TreatmentSession
from sessions.programme import change_dose, move_up, prescribe, repeat_last, take_out
from tests.factories import make_exercise
from tests.sessions.conftest import finish


@pytest.fixture
def signed(treatment: TreatmentSession) -> TreatmentSession:
    """A signed session with an exercise, an advice and a plan."""
    user = treatment.practitioner.user
    prescribe(treatment=treatment, exercise=make_exercise(user))
    tick_advice(treatment=treatment, advice="heat", is_told=True)
    start_plan(treatment=treatment, problem="Shoulder", by=user)
    return finish(treatment)


def test_every_act_is_refused_in_words(signed: TreatmentSession) -> None:
    row, planned = signed.home_exercises.get(), signed.planned
    user = signed.practitioner.user
    for act in (
        lambda: prescribe(treatment=signed, exercise=make_exercise(user)),
        lambda: change_dose(row=row, sets=2),
        lambda: take_out(row=row),
        lambda: move_up(row=row),
        lambda: repeat_last(treatment=signed),
        lambda: tick_advice(treatment=signed, advice="heat", is_told=False),
        lambda: tick_all_advice(treatment=signed),
        lambda: repeat_advice(treatment=signed),
        lambda: start_plan(treatment=signed, problem="Hip", by=user),
        lambda: join_plan(treatment=signed, plan=planned.plan),
        lambda: leave_plan(treatment=signed),
        lambda: change_plan(planned=planned, interval_days=3),
    ):
        with pytest.raises(AlreadySigned, match="Add an addendum instead"):
            act()


DOSE = "sets, repetitions, hold_seconds, times_a_day, name, instructions, figure, version, position"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treatment_sessions_prescribedexercise SET sets = 9 WHERE treatment_id = {pk}",
        "DELETE FROM treatment_sessions_prescribedexercise WHERE treatment_id = {pk}",
        (
            "INSERT INTO treatment_sessions_prescribedexercise "
            f"(treatment_id, exercise_id, {DOSE}) SELECT {{pk}}, {{other}}, {DOSE} "
            "FROM treatment_sessions_prescribedexercise"
        ),
        "UPDATE treatment_sessions_advicegiven SET words = 'x' WHERE treatment_id = {pk}",
        "DELETE FROM treatment_sessions_advicegiven WHERE treatment_id = {pk}",
        (
            "INSERT INTO treatment_sessions_advicegiven (treatment_id, advice, words) "
            "VALUES ({pk}, 'activity', 'x')"
        ),
        "UPDATE treatment_sessions_plannedsession SET interval_days = 1 WHERE treatment_id = {pk}",
        "DELETE FROM treatment_sessions_plannedsession WHERE treatment_id = {pk}",
    ],
)
def test_the_database_itself_keeps_it_closed(signed: TreatmentSession, statement: str) -> None:
    other = make_exercise(signed.practitioner.user)
    with (
        pytest.raises(DatabaseError, match="signed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(pk=signed.pk, other=other.pk))


@pytest.mark.parametrize(
    "table", ["careplan", "exercise", "plannedsession", "prescribedexercise", "advicegiven"]
)
def test_every_row_has_its_history(signed: TreatmentSession, table: str) -> None:
    lines = AuditEvent.objects.filter(subject=f"treatment_sessions_{table}", action="insert")
    assert lines.exists()
