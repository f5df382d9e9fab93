"""A test per rail; and: a further condition never takes a rail away or makes one weaker."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.muscle_precautions import deep_muscles
from clinical.reference import reference
from clinical.session_rails import (
    HEEDED,
    IN_PREGNANCY,
    Condition,
    Needled,
    Rail,
    blocked_places,
    conditions_from,
    session_rails,
)
from clinical.vocabulary import Side

EVERYWHERE = [Needled(muscle, "left") for muscle in reference().muscles]
DETAILS = ("", "left arm", "right leg", "both arms", "somewhere")
MUSCLES = st.sampled_from(sorted(reference().muscles))
ROWS = st.lists(
    st.builds(Needled, MUSCLES, st.sampled_from(Side), st.sampled_from((30, 75))), max_size=12
)
CONDITIONS = st.lists(
    max_size=4,
    elements=st.builds(
        Condition,
        st.sampled_from(sorted(HEEDED)),
        st.sampled_from(DETAILS),
        is_firm=st.booleans(),
        is_absolute=st.booleans(),
    ),
)
REASON = {"question_id": "lymphoedema", "answer": "yes", "category": "absolute_contraindication"}


def only(rows: list[Needled], *conditions: Condition) -> Rail:
    (rail,) = session_rails(rows, conditions)
    return rail


def test_a_needle_longer_than_the_limit_wants_a_reason() -> None:
    assert session_rails([Needled("deltoid", "right", 50)], []) == ()
    rail = only([Needled("deltoid", "right", 60)])
    assert (rail.key, rail.is_block) == (("needle_length", "deltoid", "right"), False)
    assert "60 mm is longer than the clinic’s limit of 50 mm" in rail.text


def test_both_sides_of_the_thorax_want_one_reason_for_the_session() -> None:
    both = [Needled("rhomboid_major", "right"), Needled("trapezius_lower", "left")]
    assert only(both).key == ("bilateral_thorax", "", "")
    assert session_rails(both[:1], []) == ()


@pytest.mark.parametrize("rule", ["anticoagulant", "bleeding_disorder"])
def test_bleeding_asks_at_a_deep_muscle_that_cannot_be_compressed(rule: str) -> None:
    rows = [Needled("piriformis", "left"), Needled("deltoid", "left")]
    rail = only(rows, Condition(rule))
    assert (rail.key, rail.is_block) == ((rule, "piriformis", "left"), False)
    assert rail.sources == reference().screening_by_id["bleeding_disorder"].sources


@pytest.mark.parametrize("rule", ["anticoagulant", "bleeding_disorder"])
def test_the_session_asks_at_the_muscles_beside_which_the_assessment_warns(rule: str) -> None:
    asked = {one.muscle for one in session_rails(EVERYWHERE, [Condition(rule)])}
    assert asked - {""} == set(deep_muscles())


def test_the_lists_of_the_rules_name_what_the_tables_know() -> None:
    assert {muscle.region for muscle in reference().muscles.values()} >= IN_PREGNANCY


def test_pregnancy_asks_by_region_and_forbids_where_it_is_absolute() -> None:
    rows = [Needled("gluteus_medius", "right"), Needled("deltoid", "right")]
    rail = only(rows, Condition("pregnancy", is_firm=False))
    assert (rail.muscle, rail.is_block) == ("gluteus_medius", False)
    assert "(not sure)" in rail.text
    absolute = session_rails(rows, [Condition("pregnancy", is_absolute=True)])
    assert [(one.muscle, one.is_block) for one in absolute] == [
        ("gluteus_medius", True),
        ("deltoid", True),
    ]


@pytest.mark.parametrize("side", Side)
def test_the_limb_with_lymphoedema_is_forbidden_and_the_other_is_not(side: Side) -> None:
    rows = [Needled("deltoid", one) for one in Side]
    rail = only(rows, Condition("lymphoedema", f"{side} arm", is_absolute=True))
    assert (rail.key, rail.is_block) == (("lymphoedema", "deltoid", side), True)


def test_a_limb_that_was_not_named_asks_at_every_limb() -> None:
    rail = only([Needled("deltoid", "left"), Needled("soleus", "right")], Condition("lymphoedema"))
    assert (rail.key, rail.is_block) == (("lymphoedema_limb", "", ""), False)
    assert session_rails([Needled("temporalis", "left")], [Condition("lymphoedema")]) == ()


def test_being_unsure_asks_and_does_not_forbid() -> None:
    condition = Condition("lymphoedema", "left arm", is_firm=False)
    assert only([Needled("deltoid", "left")], condition).is_block is False


def test_conditions_are_read_from_stored_reasons_and_decisions() -> None:
    stored = [REASON | {"detail": "left arm"}, REASON | {"question_id": "smoker_tall_thin"}]
    assert conditions_from(stored, []) == (Condition("lymphoedema", "left arm", is_absolute=True),)
    unsure = REASON | {"question_id": "pregnancy", "answer": "maybe"}
    assert conditions_from([unsure], []) == (Condition("pregnancy", is_firm=False),)
    refused = [{"question": "pregnancy", "decision": "not_suitable"}]
    assert conditions_from([unsure], refused)[0].is_absolute


def test_of_two_conditions_about_the_same_the_stronger_holds() -> None:
    unsure = Condition("lymphoedema", "left arm", is_firm=False)
    firm = Condition("lymphoedema", "left arm", is_absolute=True)
    for both in ((unsure, firm), (firm, unsure)):
        assert only([Needled("deltoid", "left")], *both).is_block


@given(ROWS, CONDITIONS, CONDITIONS)
def test_more_conditions_never_remove_a_rail_or_weaken_one(
    rows: list[Needled], some: list[Condition], more: list[Condition]
) -> None:
    before = {rail.key: rail.is_block for rail in session_rails(rows, some)}
    after = {rail.key: rail.is_block for rail in session_rails(rows, [*some, *more])}
    assert all(key in after and after[key] >= is_block for key, is_block in before.items())
    assert blocked_places(some) <= blocked_places([*some, *more])


@given(ROWS, CONDITIONS)
def test_every_rail_has_words_and_a_source_and_is_there_once(
    rows: list[Needled], conditions: list[Condition]
) -> None:
    rails = session_rails(rows, conditions)
    assert all(rail.text and set(rail.sources) <= set(reference().sources) for rail in rails)
    assert len({rail.key for rail in rails}) == len(rails)


@given(ROWS, CONDITIONS)
def test_swapping_the_sides_swaps_the_rails(
    rows: list[Needled], conditions: list[Condition]
) -> None:
    swapped = [replace(row, side=Side(row.side).other) for row in rows]
    mirrored = [replace(one, detail=_mirrored(one.detail)) for one in conditions]
    found = {(rail.rule, rail.muscle, rail.side) for rail in session_rails(rows, conditions)}
    other = {
        (rail.rule, rail.muscle, Side(rail.side).other if rail.side else "")
        for rail in session_rails(swapped, mirrored)
    }
    assert found == other


def _mirrored(words: str) -> str:
    return words.replace("left", "LEFT").replace("right", "left").replace("LEFT", "right")


def test_a_muscle_that_the_table_no_longer_has_stops_nothing() -> None:
    long = Needled("deltoid", "right", 60)
    assert session_rails([Needled("of_an_old_table", "right", 75), long], []) == session_rails(
        [long], []
    )
