"""Scores in few taps, and the course they make, at the width of a phone and of a desk."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from clinical.outcome_measures import measures
from people.models import Patient, Practitioner
from sessions.care import join_plan, start_plan
from sessions.models import (
    CarePlan,
    NeedledMuscle,
    OutcomeScore,
    Retest,
    SorenessFollowUp,
    TreatmentSession,
)
from sessions.outcomes import Taken, clinic_day, record_score
from tests import factories
from tests.browser.conftest import SignIn, faults, picture, too_wide

WIDTHS = (1280, 360)
LONG = {
    "given_name": "Anneliese-Wilhelmina Theodora",
    "family_name": "Featherstonehaugh-Villeneuve",
}


@pytest.fixture
def practitioner(transactional_db: None) -> Practitioner:
    factories.make_location()
    return factories.make_practitioner()


@pytest.fixture
def patient(practitioner: Practitioner) -> Patient:
    return factories.make_cleared_patient(**LONG)


def looks_right(page: Page, address: str, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert faults(page) == [], f"{name} at {width}"
        assert not too_wide(page), f"{name} at {width}"
        picture(page, f"{name}-{width}")


LONG_PROBLEM = "Neck and right shoulder with headaches since the fall in May"


def _retest(treatment: TreatmentSession, week: int) -> None:
    """Needled muscles and one beside them; every third session was not tested again."""
    places = (("deltoid", "right", "C5"), ("infraspinatus", "right", "C5"))
    for number, (site, side, root) in enumerate(places if week % 3 != 1 else ()):
        for sign in ("muscle_tone", "tenderness"):
            after = Decimal((week + number) % 4)
            values = {"root": root, "before": Decimal(2), "after": after}
            Retest.objects.create(treatment=treatment, sign=sign, site=site, side=side, **values)


def _into_plan(treatment: TreatmentSession, week: int) -> None:
    """The first half of the sessions is of one plan, the rest of another."""
    by = treatment.practitioner.user
    problem = LONG_PROBLEM if week < 9 else "Low back"
    plan = CarePlan.objects.filter(problem=problem).first()
    if plan:
        join_plan(treatment=treatment, plan=plan)
    else:
        start_plan(treatment=treatment, problem=problem, by=by, sessions_proposed=8)


def treat(patient: Patient, practitioner: Practitioner, weeks: int) -> None:
    """Signed sessions, the newest today: much data, some of it missing."""
    for week in range(weeks):
        at = timezone.now() - timedelta(weeks=weeks - week)
        pain = None if week % 5 == 4 else 10 - week % 10
        treatment = factories.make_treatment(
            patient, practitioner=practitioner, started_at=at, pain_before=pain, pain_after=2
        )
        for muscle, side, root in (("deltoid", "right", "C5"), ("gluteus_medius", "left", "L5")):
            NeedledMuscle.objects.create(
                treatment=treatment, muscle=muscle, side=side, segment=root, insertions=week % 9 + 1
            )
        _retest(treatment, week)
        _into_plan(treatment, week)
        SorenessFollowUp.objects.create(treatment=treatment, hours=24, due_at=at, soreness=week % 4)
        treatment.signed_at, treatment.signed_by = at, practitioner.user
        treatment.save()
        taken = Taken(Decimal(week % 11), clinic_day() - timedelta(weeks=weeks - week))
        record_score(patient=patient, measure=measures()["nprs"], taken=taken, by=practitioner.user)


def test_a_score_takes_three_taps(
    sign_in: SignIn, live_server: LiveServer, practitioner: Practitioner, patient: Patient
) -> None:
    page = sign_in(practitioner.user)
    page.goto(f"{live_server.url}/patients/{patient.pk}/outcomes/")
    page.get_by_role("link", name="Record Numeric Pain Rating Scale").click()
    page.get_by_role("radio", name="4", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Pain: 4, saved.")).to_be_visible()
    assert OutcomeScore.objects.get().score == 4


def test_progress_and_scores_are_accessible_empty_and_full(
    sign_in: SignIn, live_server: LiveServer, practitioner: Practitioner, patient: Patient
) -> None:
    page = sign_in(practitioner.user)
    base = f"{live_server.url}/patients/{patient.pk}"
    for name in ("progress", "outcomes"):
        looks_right(page, f"{base}/{name}/", f"{name}-empty")
    treat(patient, practitioner, weeks=18)
    for name in ("progress", "outcomes"):
        looks_right(page, f"{base}/{name}/", f"{name}-full")
    plan = CarePlan.objects.get(problem=LONG_PROBLEM)
    looks_right(page, f"{base}/progress/?plan={plan.pk}", "progress-plan")
    for name in ("psfs", "rmdq", "phq2_gad2", "ndi"):
        looks_right(page, f"{base}/outcomes/{name}/", f"outcome-{name}")


def test_a_form_filled_in_wrongly_is_accessible(
    sign_in: SignIn, live_server: LiveServer, practitioner: Practitioner, patient: Patient
) -> None:
    page = sign_in(practitioner.user)
    page.goto(f"{live_server.url}/patients/{patient.pk}/outcomes/psfs/")
    page.get_by_label("Activity 1", exact=True).fill("Lift my child")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
        picture(page, f"outcome-wrong-{width}")


def test_every_chart_has_a_table_that_opens_without_a_script(
    client: Client, practitioner: Practitioner, patient: Patient
) -> None:
    treat(patient, practitioner, weeks=3)
    client.force_login(practitioner.user, "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/patients/{patient.pk}/progress/").content.decode()
    assert page.count("<svg xmlns") == page.count("<details>") == page.count("Show as table") == 7
