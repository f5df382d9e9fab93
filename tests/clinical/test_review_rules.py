"""When a decision on screening reasons holds."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.review_rules import (
    Overall,
    ReasonDecision,
    Weighed,
    is_everywhere,
    is_weighing,
    refusals,
    weighed,
)

ACKNOWLEDGED, MITIGATED, NOT_SUITABLE = ReasonDecision
LOCAL = Weighed("lymphoedema", True, False, ACKNOWLEDGED, "")
ALLOWING = (Overall.SUITABLE, Overall.WITH_PRECAUTIONS)

reasons = st.lists(
    st.builds(
        Weighed,
        question=st.sampled_from(("fainting", "acute_illness", "lymphoedema")),
        is_absolute=st.booleans(),
        is_everywhere=st.booleans(),
        decision=st.sampled_from([None, *ReasonDecision]),
        how=st.sampled_from(("", "superficial only")),
    ),
    max_size=4,
)


def sentences(*found: Weighed, overall: Overall, note: str = "Because.") -> list[str]:
    return [one.sentence for one in refusals(found, overall, note)]


@given(reasons, st.sampled_from(Overall), st.sampled_from(("", "Because.")))
def test_any_undecided_reason_is_refused(found: list[Weighed], overall: Overall, note: str) -> None:
    refused = [one.place for one in refusals(found, overall, note)]
    for reason in found:
        if reason.decision is None:
            assert reason.question in refused


@given(reasons, st.sampled_from(ALLOWING), st.sampled_from(("", "Because.")))
def test_nobody_is_needled_against_a_contraindication_of_everything_by_a_mere_tick(
    found: list[Weighed], overall: Overall, note: str
) -> None:
    if any(one.forbids_everything and one.decision is not MITIGATED for one in found):
        assert refusals(found, overall, note) != []


@given(reasons)
def test_plainly_suitable_holds_only_without_a_mitigated_or_unsuitable_reason(
    found: list[Weighed],
) -> None:
    if refusals(found, Overall.SUITABLE, "Because.") == []:
        assert {one.decision for one in found} <= {ACKNOWLEDGED}


@given(reasons, reasons, st.sampled_from(Overall))
def test_another_reason_never_makes_a_refused_decision_hold(
    found: list[Weighed], more: list[Weighed], overall: Overall
) -> None:
    if refusals(found, overall, "Because."):
        assert refusals([*found, *more], overall, "Because.") != []


@pytest.mark.parametrize(("overall", "has_reason"), list(product(Overall, (True, False))))
def test_only_plainly_suitable_without_reasons_needs_no_note(
    overall: Overall, has_reason: bool
) -> None:
    found = [LOCAL] if has_reason else []
    places = [one.place for one in refusals(found, overall, " ")]
    is_plain = overall is Overall.SUITABLE and not has_reason
    assert places == ([] if is_plain else ["note"])


def test_a_mitigation_says_how() -> None:
    bare = Weighed("fainting", False, True, MITIGATED, "")
    assert sentences(bare, overall=Overall.WITH_PRECAUTIONS) == ["Write how it is mitigated"]
    said = Weighed("fainting", False, True, MITIGATED, "Lying down.")
    assert sentences(said, overall=Overall.WITH_PRECAUTIONS) == []
    assert sentences(said, overall=Overall.SUITABLE) == [
        "A reason is mitigated: choose “Suitable with precautions”"
    ]


def test_a_region_that_is_not_suitable_leaves_the_rest_with_precautions() -> None:
    region = Weighed("previous_pneumothorax", True, False, NOT_SUITABLE, "")
    everywhere = Weighed("acute_illness", True, True, NOT_SUITABLE, "")
    assert sentences(region, overall=Overall.WITH_PRECAUTIONS) == []
    assert sentences(region, overall=Overall.SUITABLE) == [
        "A reason is not suitable: choose another decision"
    ]
    assert len(sentences(everywhere, overall=Overall.WITH_PRECAUTIONS)) == 1
    assert sentences(everywhere, overall=Overall.DEFERRED) == []


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("all", True),
        ("affected limb; all if new symptoms", True),
        ("spine", False),
        ("all muscles with pneumothorax_risk = yes", False),
    ],
)
def test_the_scope_says_whether_it_is_everywhere(scope: str, expected: bool) -> None:
    assert is_everywhere(scope) == expected


def test_what_only_informs_is_not_decided_and_not_knowing_is() -> None:
    row = {"question_id": "blood_borne_virus", "region_scope": "all"}
    assert not is_weighing({**row, "category": "informational", "status": "clear"})
    assert is_weighing({**row, "category": "informational", "status": "caution"})
    assert is_weighing({**row, "category": "precaution"})
    absolute = {**row, "category": "absolute_contraindication"}
    assert weighed(absolute, None, " x ") == Weighed("blood_borne_virus", True, True, None, "x")
