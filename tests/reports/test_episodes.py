"""The course of one plan of care: its sessions, its counter, its reassessments, its re-tests."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from django.urls import reverse

from assessment.models import Assessment
from clinical.outcome_measures import measures
from people.models import Patient
from reports.documents import progress_document
from reports.episodes import Choice
from reports.progress import Progress, progress
from reports.progress_charts import plots
from sessions.care import join_plan, start_plan
from sessions.models import CarePlan, NeedledMuscle, Retest, TreatmentSession
from sessions.outcomes import Taken, record_score
from tests import factories
from tests.conftest import client_of
from tests.reports.conftest import WINTER_MORNING, text_of

MakeVisit = Callable[..., TreatmentSession]


@pytest.fixture
def patient(db: None) -> Patient:
    factories.make_location()
    return factories.make_cleared_patient()


@pytest.fixture
def visit(patient: Patient) -> MakeVisit:
    """A signed session a week after the one before, of a plan where one is given."""
    therapist = factories.make_practitioner()

    def make(plan: CarePlan | str = "", *retests: tuple, **numbers: Any) -> TreatmentSession:
        known = TreatmentSession.objects.filter(patient=patient).count()
        at = WINTER_MORNING + timedelta(weeks=known)
        treatment = factories.make_treatment(
            patient, practitioner=therapist, started_at=at, pain_before=max(9 - known, 0)
        )
        for side in ("right", "left"):
            NeedledMuscle.objects.create(
                treatment=treatment, muscle="deltoid", side=side, segment="C5"
            )
        for sign, site, side, before, after in retests:
            values = {"before": Decimal(before), "after": Decimal(after), "root": "C5"}
            Retest.objects.create(treatment=treatment, sign=sign, site=site, side=side, **values)
        if isinstance(plan, CarePlan):
            join_plan(treatment=treatment, plan=plan)
        elif plan:
            start_plan(treatment=treatment, problem=plan, by=therapist.user, **numbers)
        treatment.signed_at, treatment.signed_by = at + timedelta(hours=1), therapist.user
        treatment.save()
        return treatment

    return make


def plan_of(visit: MakeVisit, problem: str = "Neck", **numbers: Any) -> CarePlan:
    return visit(problem, **numbers).planned.plan


def assessed(patient: Patient, days: int) -> None:
    one = factories.make_assessment(patient)
    at = WINTER_MORNING + timedelta(days=days)
    Assessment.objects.filter(pk=one.pk).update(signed_at=at)


def of(plan: CarePlan) -> Progress:
    return progress(plan.patient, plan=f"{plan.pk}")


def test_a_plan_shows_its_own_sessions_and_counts_them(patient: Patient, visit: MakeVisit) -> None:
    visit()
    neck = plan_of(visit, sessions_proposed=8)
    calf = plan_of(visit, "Calf", sessions_proposed=3)
    visit(neck)
    assert [one.number for one in of(neck).visits] == [2, 4]
    assert (of(neck).episode.title, of(neck).counter) == (
        "Neck",
        "Session 2 of 8, reassessment due at 6",
    )
    assert of(calf).counter == "Session 1 of 3, reassessment due at 6"
    everything = progress(patient)
    assert (everything.counter, len(everything.open_plans)) == ("4 sessions", 2)
    assert of(neck).open_plans == ()


def test_a_closed_plan_stays_to_be_read_and_is_due_for_nothing(
    patient: Patient, visit: MakeVisit
) -> None:
    plan = plan_of(visit, sessions_proposed=8)
    CarePlan.objects.filter(pk=plan.pk).update(ended_on=plan.started_on)
    shown = of(plan)
    assert shown.counter == "Session 1 of 8"
    assert shown.episode.title == "Neck (closed 15 Dec 2026)"
    assert progress(patient).open_plans == ()


def test_a_plan_of_somebody_else_shows_everything(patient: Patient, visit: MakeVisit) -> None:
    plan = plan_of(visit)
    other = factories.make_patient()
    assert progress(other, plan=f"{plan.pk}").choice == Choice()
    assert progress(patient, plan="x").choice == Choice()


def test_the_choice_is_kept_in_the_address(visit: MakeVisit) -> None:
    plan = plan_of(visit)
    chosen = progress(plan.patient, plan=f"{plan.pk}", side="left").choice
    assert (chosen.query, chosen.words) == (f"?plan={plan.pk}&side=left", "Left side only")


def test_a_draft_is_not_counted(patient: Patient, visit: MakeVisit) -> None:
    plan = plan_of(visit, sessions_proposed=8)
    draft = factories.make_treatment(patient)
    join_plan(treatment=draft, plan=plan)
    assert of(plan).counter == "Session 1 of 8, reassessment due at 6"


def test_without_a_plan_the_clinic_says_when_to_examine_again(
    patient: Patient, visit: MakeVisit, settings: Any
) -> None:
    settings.REASSESS_EVERY = 2
    visit()
    assert progress(patient).counter == "1 session, reassessment due at 2"
    visit()
    assert progress(patient).counter == "2 sessions, reassessment due now"
    assessed(patient, days=8)
    assert progress(patient).counter == "2 sessions, reassessment due at 4"


def test_a_skipped_reassessment_is_that_of_the_plan_however_the_page_is_narrowed(
    patient: Patient, visit: MakeVisit
) -> None:
    neck = plan_of(visit, reassess_every=2)
    calf = plan_of(visit, "Calf", reassess_every=3)
    for plan in (neck, calf, neck, neck, calf):
        visit(plan)
    marked = [one.number for one in progress(patient).visits if one.is_overdue]
    assert marked == [5]
    assert [one.number for one in of(neck).visits if one.is_overdue] == [5]
    assert of(neck).counter == "Session 4, reassessment due now"
    assert not of(calf).has_marks


def test_an_assessment_in_time_leaves_no_mark_and_is_counted_from(
    patient: Patient, visit: MakeVisit
) -> None:
    plan = plan_of(visit, reassess_every=2)
    visit(plan)
    assessed(patient, days=13)
    visit(plan)
    visit(plan)
    assert not of(plan).has_marks
    assert of(plan).counter == "Session 4, reassessment due now"
    visit(plan)
    assert [one.is_overdue for one in of(plan).visits] == [False] * 4 + [True]


EASED = ("muscle_tone", "deltoid", "right", 3, 1)
FIRMER = ("muscle_tone", "deltoid", "left", 1, 2)
NEAR = ("tenderness", "infraspinatus", "right", 3, 3)


def regional(patient: Patient, **narrowed: str) -> Any:
    return next((p for p in plots(progress(patient, **narrowed)) if p.name == "regional"), None)


def test_the_region_is_told_by_session_and_in_one_sentence(
    patient: Patient, visit: MakeVisit
) -> None:
    visit("Neck", EASED, FIRMER, NEAR)
    visit()
    visit("", EASED)
    plot = regional(patient)
    assert plot.sentence == (
        "Tone or tenderness eased: needled muscles 2 of 3; not needled, same root 0 of 1."
    )
    assert [row[1:] for row in plot.rows] == [
        ("1 of 2 softer, 1 firmer", "–", "–", "0 of 1 less tender"),
        ("–", "–", "–", "–"),
        ("1 of 1 softer", "–", "–", "–"),
    ]


def test_one_side_counts_its_own_muscles(patient: Patient, visit: MakeVisit) -> None:
    for retests in ((EASED, FIRMER), (), ()):
        visit("", *retests)
    said = "Tone or tenderness eased: needled muscles {}; not needled, same root not tested "
    for side, counts in (("right", "1 of 1"), ("left", "0 of 1")):
        assert regional(patient, side=side).sentence.startswith(said.format(counts))


def test_without_a_re_test_there_is_no_such_plot(patient: Patient, visit: MakeVisit) -> None:
    for _ in range(3):
        visit()
    assert regional(patient) is None


def test_the_document_draws_the_region_and_says_what_has_no_room(
    patient: Patient, visit: MakeVisit
) -> None:
    plan = plan_of(visit, sessions_proposed=8)
    for _ in range(12):
        visit(plan, EASED, NEAR)
    by = factories.make_user()
    for week in range(2):
        taken = Taken(Decimal(5 - week), date(2026, 1, 5) + timedelta(weeks=week))
        record_score(patient=patient, measure=measures()["nprs"], taken=taken, by=by)
    pdf = progress_document(of(plan))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    text = text_of(pdf)
    assert "Neck: Session 13, 8 were proposed, reassessment due now." in text
    assert "needled muscles 10 of 10; not needled, same root 0 of 10." in text
    assert "Pain. Pain: 5 → 4, less than the smallest change that matters." in text


def test_the_page_offers_the_plans_and_shows_one(patient: Patient, visit: MakeVisit) -> None:
    plan = plan_of(visit, sessions_proposed=8)
    client = client_of(factories.make_practitioner().user)
    address = reverse("reports:progress", args=[patient.pk])
    page = client.get(address).content.decode()
    assert "Neck: Session 1 of 8, reassessment due at 6." in page
    chosen = client.get(address, {"plan": plan.pk}).content.decode()
    assert f'<option value="{plan.pk}" selected>Neck</option>' in chosen


def test_plans_and_re_tests_ask_the_same_questions_whatever_their_number(
    patient: Patient, visit: MakeVisit, django_assert_num_queries: Any
) -> None:
    plan = plan_of(visit)
    visit(plan, EASED, NEAR)
    with django_assert_num_queries(9):
        plots(progress(patient))
    for _ in range(2):
        visit("Calf" if not CarePlan.objects.filter(problem="Calf") else plan, EASED, NEAR)
    with django_assert_num_queries(9):
        plots(progress(patient))
