from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import AuditEvent
from intake.models import Intake
from people.models import Patient, Practitioner
from sessions.care import (
    change_plan,
    close_plan,
    course_of,
    join_plan,
    leave_plan,
    open_plans,
    reopen_plan,
    start_plan,
)
from sessions.models import CarePlan, PlannedSession, TreatmentSession
from sessions.services import start_session
from tests import factories
from tests.sessions.conftest import finish


@pytest.fixture
def plan(treatment: TreatmentSession) -> CarePlan:
    """A plan that the open session belongs to."""
    return start_plan(
        treatment=treatment, problem=" Right shoulder ", by=treatment.practitioner.user
    )


def another(treatment: TreatmentSession, days: int) -> TreatmentSession:
    return factories.make_treatment(
        treatment.patient,
        practitioner=treatment.practitioner,
        started_at=treatment.started_at + timedelta(days=days),
    )


def words(treatment: TreatmentSession) -> str:
    return course_of(PlannedSession.objects.get(treatment=treatment)).words


def test_a_plan_begins_with_the_session_it_is_made_in(
    treatment: TreatmentSession, plan: CarePlan
) -> None:
    assert (plan.problem, plan.reassess_every, plan.interval_days) == ("Right shoulder", 6, 7)
    assert words(treatment) == "Session 1, reassessment due at 6"
    lines = AuditEvent.objects.filter(subject="treatment_sessions_careplan", action="create")
    assert lines.get().patient_number == treatment.patient_id


def test_a_problem_has_one_open_plan_and_a_name(
    treatment: TreatmentSession, plan: CarePlan
) -> None:
    by = treatment.practitioner.user
    with pytest.raises(ValidationError, match="open plan for this problem already"):
        start_plan(treatment=treatment, problem="Right shoulder", by=by)
    with pytest.raises(ValidationError):
        start_plan(treatment=treatment, problem=" ", by=by)
    close_plan(plan=plan)
    start_plan(treatment=treatment, problem="Right shoulder", by=by)
    with pytest.raises(ValidationError, match="open plan for this problem already"):
        reopen_plan(plan=plan)


def test_the_next_session_joins_the_only_open_plan(
    treatment: TreatmentSession, plan: CarePlan, patient: Patient, practitioner: Practitioner
) -> None:
    finish(treatment)
    factories.make_rescreening(Intake.objects.get(patient=patient))
    begun = start_session(patient=patient, practitioner=practitioner)
    assert begun.planned.plan == plan
    assert words(begun) == "Session 2, reassessment due at 6"


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_session_joins_by_itself_only_where_there_is_no_choice(
    treatment: TreatmentSession,
    plan: CarePlan,
    patient: Patient,
    practitioner: Practitioner,
    is_closed: bool,
) -> None:
    start_plan(treatment=treatment, problem="Left hip", by=practitioner.user)
    if is_closed:
        for one in CarePlan.objects.open():
            close_plan(plan=one)
    finish(treatment)
    factories.make_rescreening(Intake.objects.get(patient=patient))
    begun = start_session(patient=patient, practitioner=practitioner)
    assert not PlannedSession.objects.filter(treatment=begun).exists()


def test_a_session_changes_to_another_plan_or_to_none(
    treatment: TreatmentSession, plan: CarePlan
) -> None:
    hip = start_plan(treatment=treatment, problem="Left hip", by=treatment.practitioner.user)
    assert PlannedSession.objects.get().plan == hip
    join_plan(treatment=treatment, plan=plan)
    assert PlannedSession.objects.get().plan == plan
    leave_plan(treatment=treatment)
    assert not PlannedSession.objects.exists()
    foreign = factories.make_treatment()
    with pytest.raises(ValueError, match="another patient"):
        join_plan(treatment=foreign, plan=plan)
    with pytest.raises(IntegrityError, match="another patient"), transaction.atomic():
        PlannedSession.objects.create(treatment=foreign, plan=plan)


def test_a_signed_session_keeps_the_numbers_of_its_day(
    treatment: TreatmentSession, plan: CarePlan
) -> None:
    change_plan(planned=treatment.planned, sessions_proposed=8, number_reason="Two years of pain")
    finish(treatment)
    later = another(treatment, days=7)
    change_plan(planned=join_plan(treatment=later, plan=plan), sessions_proposed=12)
    plan.refresh_from_db()
    assert plan.sessions_proposed == 12
    assert words(treatment) == "Session 1 of 8, reassessment due at 6"
    assert words(later) == "Session 2 of 12, reassessment due at 6"


@pytest.mark.parametrize("numbers", [{"sessions_proposed": 61}, {"reassess_every": 0}])
def test_a_number_out_of_range_is_refused(
    treatment: TreatmentSession, plan: CarePlan, numbers: dict[str, int]
) -> None:
    with pytest.raises(ValidationError):
        change_plan(planned=treatment.planned, **numbers)
    with pytest.raises(TypeError, match="Not a number of a plan: problem"):
        change_plan(planned=treatment.planned, problem="Knee")


def test_a_signed_assessment_starts_the_count_to_the_next_one_again(
    treatment: TreatmentSession, plan: CarePlan
) -> None:
    change_plan(planned=treatment.planned, reassess_every=2)
    second = another(treatment, days=1)
    join_plan(treatment=second, plan=plan)
    assert words(second) == "Session 2, reassessment due now"
    factories.make_assessment(treatment.patient, signed_at=timezone.now())
    assert words(second) == "Session 2, reassessment due at 3"
    factories.make_assessment(factories.make_patient(), signed_at=timezone.now())
    assert words(second) == "Session 2, reassessment due at 3"


def test_what_is_assessed_after_the_signature_does_not_change_the_record(
    treatment: TreatmentSession, plan: CarePlan
) -> None:
    change_plan(planned=treatment.planned, reassess_every=1)
    finish(treatment)
    factories.make_assessment(treatment.patient, signed_at=timezone.now() + timedelta(days=1))
    assert words(treatment) == "Session 1, reassessment due now"


def test_open_plans_stand_with_their_newest_session(
    treatment: TreatmentSession, plan: CarePlan, django_assert_num_queries: Any
) -> None:
    for made in (1, 3):
        for number in range(made):
            join_plan(treatment=another(treatment, days=made + number), plan=plan)
        with django_assert_num_queries(2):
            shown = open_plans(treatment.patient)
    assert [one.course.words for one in shown if one.course] == ["Session 5, reassessment due at 6"]
    close_plan(plan=plan)
    assert open_plans(treatment.patient) == []


def test_a_new_plan_has_the_number_of_the_clinic(
    treatment: TreatmentSession, settings: Any
) -> None:
    assert settings.REASSESS_EVERY == 6
    settings.REASSESS_EVERY = 3
    by = treatment.practitioner.user
    plan = start_plan(treatment=treatment, problem="Neck", by=by)
    assert (plan.reassess_every, treatment.planned.reassess_every) == (3, 3)
