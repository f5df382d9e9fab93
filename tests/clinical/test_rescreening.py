import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.rescreening import CHANGES, Change, changed_answers
from clinical.screening import is_yes_no, screen
from clinical.screening_status import ScreeningStatus

ALL_NO = {row.id: "no" for row in reference().screening if is_yes_no(row)}
NOTHING = {change.id: "no" for change in CHANGES}
OUTCOMES = {
    "new_medicine": ScreeningStatus.CAUTION,
    "new_pregnancy": ScreeningStatus.CAUTION,
    "new_infection": ScreeningStatus.CONTRAINDICATED,
    "new_fever": ScreeningStatus.URGENT,
    "fainted_last_time": ScreeningStatus.CAUTION,
    "new_procedure": ScreeningStatus.CAUTION,
}


def test_every_question_is_about_rules_of_the_table() -> None:
    assert all(is_yes_no(reference().screening_by_id[rule]) for c in CHANGES for rule in c.rules)
    assert [change.id for change in CHANGES] == list(OUTCOMES)


def test_nothing_new_leaves_the_answers_as_they_were() -> None:
    earlier = {**ALL_NO, "anticoagulant": "yes"}
    assert changed_answers(earlier, NOTHING) == earlier


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.id)
def test_a_yes_reaches_its_rules(change: Change) -> None:
    outcome = screen(changed_answers(ALL_NO, {**NOTHING, change.id: "yes"}), age=40)
    assert outcome.status == OUTCOMES[change.id]
    assert {reason.question_id for reason in outcome.reasons} == set(change.rules)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.id)
@pytest.mark.parametrize("said", ["not_sure", None])
def test_not_sure_or_unasked_is_never_clear(change: Change, said: str | None) -> None:
    changes = {key: value for key, value in NOTHING.items() if key != change.id}
    changes |= {change.id: said} if said else {}
    outcome = screen(changed_answers(ALL_NO, changes), age=40)
    assert outcome.status == ScreeningStatus.CAUTION


words = st.sampled_from(["yes", "no", "not_sure"])


@given(
    st.dictionaries(st.sampled_from(sorted(ALL_NO)), words),
    st.dictionaries(st.sampled_from(sorted(OUTCOMES)), words),
)
def test_a_change_never_makes_an_outcome_milder(
    earlier: dict[str, str], changes: dict[str, str]
) -> None:
    before = screen({**ALL_NO, **earlier}, age=40)
    after = screen(changed_answers({**ALL_NO, **earlier}, changes), age=40)
    assert after.status.rank >= before.status.rank
