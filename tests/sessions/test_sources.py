from collections.abc import Callable

import pytest
from django.utils import timezone

from assessment.choices import Decision
from assessment.models import Assessment, FlagDecision, PlannedMuscle
from clinical.vocabulary import Side
from sessions.models import TreatmentSession
from sessions.sources import decided_roots, find_muscles, groups, last_session
from tests import factories
from tests.sessions.conftest import make_flagged_assessment, needle

Signed = Callable[..., TreatmentSession]


def values(treatment: TreatmentSession) -> list[list[str]]:
    rows = list(treatment.muscles.all())
    found = groups(treatment, rows, last_session(treatment))
    return [[pick.value for pick in group.picks] for group in found]


def test_the_assessment_proposes_tight_muscles_of_accepted_flags(
    treatment: TreatmentSession,
) -> None:
    treatment.assessment = make_flagged_assessment(treatment.patient)
    treatment.save()
    assert values(treatment)[0] == [
        "deltoid:right:C5",
        "multifidus_cervical_lower:right:C5",
        "infraspinatus:right:C5",
    ]


def test_a_flag_that_was_not_accepted_proposes_nothing(treatment: TreatmentSession) -> None:
    treatment.assessment = make_flagged_assessment(treatment.patient, is_accepted=False)
    assert values(treatment)[0] == []


def test_without_an_assessment_the_group_says_so(treatment: TreatmentSession) -> None:
    flagged, last = groups(treatment, [], None)
    assert flagged.empty == "There is no signed assessment yet."
    assert last.empty == "This is the first session."


def test_the_last_signed_session_can_be_repeated(
    make_signed: Signed, treatment: TreatmentSession
) -> None:
    make_signed("soleus", days_ago=9)
    make_signed("deltoid", "infraspinatus", days_ago=2)
    factories.make_treatment(
        treatment.patient, started_at=timezone.now() - timezone.timedelta(days=1)
    )
    treatment.started_at = timezone.now()
    treatment.save()
    assert values(treatment)[1] == ["deltoid:right:", "infraspinatus:right:"]


def test_what_is_in_the_session_is_offered_no_more(
    make_signed: Signed, treatment: TreatmentSession
) -> None:
    make_signed("deltoid", "infraspinatus", days_ago=2)
    needle(treatment, "deltoid")
    (_flagged, last) = groups(treatment, list(treatment.muscles.all()), last_session(treatment))
    assert [pick.name for pick in last.picks] == ["Infraspinatus"]
    assert (last.total, last.all_values) == (2, "infraspinatus:right:")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("infrasp", "Infraspinatus"),
        ("upper trap", "Trapezius, upper (descending)"),
        ("SOLEUS", "Soleus"),
    ],
)
def test_a_muscle_is_found_by_parts_of_its_name(words: str, first: str) -> None:
    assert find_muscles(words, [])[0].name == first


def test_muscles_are_found_by_root_and_one_letter_finds_nothing() -> None:
    assert len(find_muscles("c6", [])) > 3
    assert find_muscles("i", []) == []
    assert find_muscles("", []) == []


def test_the_side_that_is_in_the_session_cannot_be_picked_again(
    treatment: TreatmentSession,
) -> None:
    found = find_muscles("soleus", [needle(treatment, "soleus", side="left")])[0]
    assert [(words, pick is None) for words, pick in found.sides] == [
        ("Right", False),
        ("Left", True),
    ]


def decide(assessment: Assessment, decision: Decision, **fields: str) -> None:
    FlagDecision.objects.create(
        assessment=assessment,
        root="C5",
        side="right",
        decision=decision,
        reason="As examined.",
        decided_by=assessment.practitioner.user,
        **fields,
    )


@pytest.mark.django_db
def test_an_amended_flag_counts_with_the_root_and_side_it_was_amended_to() -> None:
    assessment = make_flagged_assessment(
        factories.make_patient(), is_accepted=False, is_signed=False
    )
    decide(assessment, Decision.AMENDED, amended_root="C6", amended_side="left")
    assert decided_roots(assessment) == [("C6", Side.LEFT)]


@pytest.mark.django_db
@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_decision_counts_before_the_mark_of_the_flag(is_accepted: bool) -> None:
    kept = make_flagged_assessment(
        factories.make_patient(), is_accepted=is_accepted, is_signed=False
    )
    decide(kept, Decision.ACCEPTED)
    assert decided_roots(kept) == [("C5", Side.RIGHT)]
    rejected = make_flagged_assessment(
        factories.make_patient(), is_accepted=is_accepted, is_signed=False
    )
    decide(rejected, Decision.REJECTED)
    assert decided_roots(rejected) == []


def test_the_planned_muscles_come_first(treatment: TreatmentSession) -> None:
    treatment.assessment = make_flagged_assessment(treatment.patient, is_signed=False)
    PlannedMuscle.objects.create(
        assessment=treatment.assessment, muscle="deltoid", side="left", root="C5"
    )
    plan, _flagged, _last = groups(treatment, [], None, frozenset({("deltoid", "left")}))
    assert (plan.title, [pick.value for pick in plan.picks]) == ("Planned", ["deltoid:left:C5"])
    assert plan.free == []
