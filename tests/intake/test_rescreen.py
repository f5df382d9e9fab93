"""What has changed since last time, weighed and kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from clinical.rescreening import CHANGES, Change
from clinical.review_rules import ReasonDecision
from clinical.screening_status import ScreeningStatus
from intake.choices import RescreenDecision
from intake.models import Intake, Rescreening
from intake.outcome import alerts_for
from intake.precautions import precautions_for
from intake.rescreen import NOTHING, record_rescreening, weigh_changes
from intake.review import Decided, DecisionRefused, today
from intake.status import needling_obstacles
from people.choices import Role
from people.models import User
from tests.factories import make_review, make_user

Submitted = Callable[..., Intake]
MITIGATED = ReasonDecision.MITIGATED
NEW_MEDICINE = {**NOTHING, "new_medicine": "yes"}
DECIDED = [
    Decided("anticoagulant", MITIGATED, "Apixaban since Monday: superficial only."),
    Decided("antiplatelet", ReasonDecision.ACKNOWLEDGED),
    Decided("immunocompromised", ReasonDecision.ACKNOWLEDGED),
]


@pytest.fixture
def by(db: None) -> User:
    return make_user(Role.PHYSIOTHERAPIST)


@pytest.fixture
def reviewed(submitted: Submitted, by: User) -> Intake:
    intake = submitted()
    make_review(intake, by)
    return intake


def kept(intake: Intake, by: User, answers: dict[str, str], **fields: object) -> Rescreening:
    fields.setdefault("appointment", None)
    return record_rescreening(intake=intake, answers=answers, by=by, **fields)  # type: ignore[arg-type]


def obstacles(intake: Intake) -> list[str]:
    return needling_obstacles(intake.patient, today(), had_session=True)


def test_nothing_changed_opens_the_way_for_the_day_only(reviewed: Intake, by: User) -> None:
    assert obstacles(reviewed) == ["Ask what has changed since last time."]
    found = kept(reviewed, by, NOTHING)
    assert (found.decision, found.status, found.reasons) == ("no_change", "clear", [])
    assert obstacles(reviewed) == []
    tomorrow = today() + timedelta(days=1)
    assert needling_obstacles(reviewed.patient, tomorrow, had_session=True) == [
        "Ask what has changed since last time."
    ]


def test_a_change_is_decided_reason_by_reason(reviewed: Intake, by: User) -> None:
    with pytest.raises(ValueError, match="Something has changed"):
        kept(reviewed, by, NEW_MEDICINE)
    with pytest.raises(DecisionRefused) as refused:
        kept(reviewed, by, NEW_MEDICINE, decision=RescreenDecision.WITH_PRECAUTIONS, note="New.")
    assert {one.place for one in refused.value.refusals} == {one.question for one in DECIDED}
    assert Rescreening.objects.count() == 0


def test_a_new_blood_thinner_stays(reviewed: Intake, by: User) -> None:
    decision = RescreenDecision.WITH_PRECAUTIONS
    kept(reviewed, by, NEW_MEDICINE, decision=decision, decided=DECIDED, note="New tablets.")
    assert obstacles(reviewed) == []
    kept(reviewed, by, NOTHING)
    assert "Anticoagulant (not sure)" in alerts_for(reviewed.patient)
    words = precautions_for(reviewed.patient).words
    assert words == ("New tablets.", "Anticoagulant: Apixaban since Monday: superficial only.")


def test_the_same_change_said_twice_is_asked_twice(reviewed: Intake, by: User) -> None:
    decision = RescreenDecision.WITH_PRECAUTIONS
    kept(reviewed, by, NEW_MEDICINE, decision=decision, decided=DECIDED, note="New tablets.")
    again = weigh_changes(reviewed, NEW_MEDICINE)
    assert {one["question_id"] for one in again.reasons} == {one.question for one in DECIDED}


def test_not_today_and_a_deferral_stand_against_needling(reviewed: Intake, by: User) -> None:
    fever = {**NOTHING, "new_fever": "yes"}
    decided = [
        Decided("rf_fever", ReasonDecision.NOT_SUITABLE),
        Decided("acute_illness", ReasonDecision.NOT_SUITABLE),
    ]
    fields = {"decided": decided, "note": "Fever: doctor today."}
    first = kept(reviewed, by, fever, decision=RescreenDecision.NOT_TODAY, **fields)
    assert (first.status, first.urgency) == (ScreeningStatus.URGENT, "same_day")
    assert obstacles(reviewed) == ["The re-screen of this day says: not today."]
    day = today() + timedelta(days=7)
    deferred = {**fields, "decision": RescreenDecision.DEFER}
    with pytest.raises(DecisionRefused):
        kept(reviewed, by, fever, **deferred)
    kept(reviewed, by, fever, deferred_until=day, **deferred)
    assert obstacles(reviewed) == [f"The re-screen defers needling until {day.day} {day:%B %Y}."]
    kept(reviewed, by, NOTHING)
    assert obstacles(reviewed) == []


def test_a_missing_answer_or_an_open_intake_is_refused(intake: Intake, by: User) -> None:
    with pytest.raises(ValueError, match="submitted"):
        kept(intake, by, NOTHING)
    with pytest.raises(ValueError, match="Answer"):
        weigh_changes(intake, {**NOTHING, "new_fever": "maybe so"})


def test_a_rescreening_is_never_changed(reviewed: Intake, by: User) -> None:
    kept(reviewed, by, NOTHING)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Rescreening.objects.update(note="else")


@pytest.mark.parametrize("said", ["yes", "not_sure"])
@pytest.mark.parametrize("change", CHANGES, ids=[one.id for one in CHANGES])
def test_every_yes_and_every_not_sure_triggers_all_it_is_about(
    change: Change, said: str, reviewed: Intake
) -> None:
    found = weigh_changes(reviewed, {**NOTHING, change.id: said})
    assert {one["question_id"] for one in found.reasons} == set(change.rules)
    assert found.status is not ScreeningStatus.CLEAR
