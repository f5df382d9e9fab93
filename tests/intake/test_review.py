"""The decision on an intake, and what it opens or closes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.choices import Action
from audit.models import AuditEvent
from clinical.review_rules import ReasonDecision
from intake.choices import ReviewDecision
from intake.models import Intake, IntakeReview
from intake.review import (
    Decided,
    DecisionRefused,
    ReviewedMeanwhile,
    earlier_decisions,
    reasons_to_decide,
    review_intake,
    today,
)
from intake.status import needling_obstacles
from people.choices import Role
from people.models import User
from tests.factories import make_user

Submitted = Callable[..., Intake]
ACKNOWLEDGED, MITIGATED, NOT_SUITABLE = ReasonDecision


@pytest.fixture
def by(db: None) -> User:
    return make_user(Role.PHYSIOTHERAPIST, full_name="Mara Lindqvist")


def decide(intake: Intake, by: User, decision: ReviewDecision, **fields: Any) -> IntakeReview:
    fields.setdefault("note", "Because.")
    return review_intake(intake=intake, decision=decision, by=by, **fields)


def places(intake: Intake, by: User, decision: ReviewDecision, **fields: Any) -> list[str]:
    with pytest.raises(DecisionRefused) as refused, transaction.atomic():
        decide(intake, by, decision, **fields)
    assert not IntakeReview.objects.filter(intake=intake).exists()
    return [one.place for one in refused.value.refusals]


def test_every_weighing_reason_is_decided(submitted: Submitted, by: User) -> None:
    intake = submitted(anticoagulant="yes", fainting="yes", blood_borne_virus="yes")
    weighing = [reason["question_id"] for reason in reasons_to_decide(intake)]
    assert sorted(weighing) == ["anticoagulant", "fainting"]
    assert places(intake, by, ReviewDecision.WITH_PRECAUTIONS) == weighing
    one = [Decided("fainting", ACKNOWLEDGED)]
    assert places(intake, by, ReviewDecision.NOT_SUITABLE, decided=one) == ["anticoagulant"]


def test_a_contraindication_of_the_whole_body_needs_more_than_a_tick(
    submitted: Submitted, by: User
) -> None:
    intake = submitted(acute_illness="yes")
    ticked = [Decided("acute_illness", ACKNOWLEDGED)]
    for decision in (ReviewDecision.SUITABLE, ReviewDecision.WITH_PRECAUTIONS):
        assert places(intake, by, decision, decided=ticked) == ["acute_illness"]
    how = [Decided("acute_illness", MITIGATED, "Well again since Monday.")]
    review = decide(intake, by, ReviewDecision.WITH_PRECAUTIONS, decided=how)
    assert review.reasons == [
        {
            "question": "acute_illness",
            "words": review.reasons[0]["words"],
            "decision": "mitigated",
            "how": "Well again since Monday.",
        }
    ]
    assert needling_obstacles(intake.patient, today()) == []


def test_a_deferral_has_a_day_to_come_and_blocks_until_it(submitted: Submitted, by: User) -> None:
    intake = submitted()
    day = today() + timedelta(days=3)
    for wrong in (None, today(), today() - timedelta(days=1)):
        refused = places(intake, by, ReviewDecision.POSTPONE, deferred_until=wrong)
        assert refused == ["deferred_until"]
    decide(intake, by, ReviewDecision.POSTPONE, deferred_until=day)
    words = f"{day.day} {day:%B %Y}"
    assert needling_obstacles(intake.patient, today()) == [
        f"The review of the intake defers needling until {words}."
    ]
    assert needling_obstacles(intake.patient, day) == [
        f"Needling was deferred until {words}: review the intake again."
    ]
    before = day - timedelta(days=1)
    assert list(Intake.objects.waiting_for_review(before)) == []
    assert list(Intake.objects.waiting_for_review(day)) == [intake]


def test_only_a_deferral_keeps_a_day(submitted: Submitted, by: User) -> None:
    review = decide(submitted(), by, ReviewDecision.SUITABLE, deferred_until=today())
    assert review.deferred_until is None
    review.deferred_until = today()
    with pytest.raises(IntegrityError, match="only_a_deferral_has_a_day"), transaction.atomic():
        review.save()


def test_a_changed_decision_keeps_the_earlier_ones(submitted: Submitted, by: User) -> None:
    intake, other = submitted(), make_user(Role.PHYSIOTHERAPIST, full_name="Ada Ito")
    first = decide(intake, by, ReviewDecision.NOT_SUITABLE, note="Fever.")
    decide(intake, other, ReviewDecision.WITH_PRECAUTIONS, note="Lying down.")
    last = decide(intake, by, ReviewDecision.SUITABLE, note="")
    assert (last.pk, last.version) == (first.pk, 3)
    earlier = earlier_decisions(last)
    assert [(one.words, one.note, one.by, one.changed_by) for one in earlier] == [
        ("Suitable with precautions", "Lying down.", "Ada Ito", "Mara Lindqvist"),
        ("Not suitable for needling", "Fever.", "Mara Lindqvist", "Ada Ito"),
    ]
    assert earlier[1].decided_at == first.reviewed_at
    assert AuditEvent.objects.filter(action=Action.SIGN, subject="intake_intakereview").count() == 3


def test_the_second_of_two_physiotherapists_is_asked(submitted: Submitted, by: User) -> None:
    intake, other = submitted(), make_user(Role.PHYSIOTHERAPIST)
    decide(intake, by, ReviewDecision.SUITABLE, note="", seen=0)
    with pytest.raises(ReviewedMeanwhile) as refused:
        decide(intake, other, ReviewDecision.NOT_SUITABLE, seen=0)
    assert refused.value.review.reviewed_by == by
    assert IntakeReview.objects.get().decision == ReviewDecision.SUITABLE
    decide(intake, other, ReviewDecision.NOT_SUITABLE, seen=refused.value.review.version)
    assert IntakeReview.objects.get().reviewed_by == other


def test_the_review_of_an_earlier_day_asks_what_has_changed(submitted: Submitted, by: User) -> None:
    intake = submitted()
    decide(intake, by, ReviewDecision.SUITABLE, note="")
    ask = ["Ask what has changed since last time."]
    assert needling_obstacles(intake.patient, today()) == []
    assert needling_obstacles(intake.patient, today(), had_session=True) == ask
    earlier = timezone.now() - timedelta(days=1)
    IntakeReview.objects.update(reviewed_at=earlier)
    assert needling_obstacles(intake.patient, today()) == ask
