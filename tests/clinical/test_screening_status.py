import pytest

from clinical.reference import reference
from clinical.screening_status import (
    EARLIER_WORDS,
    ScreeningStatus,
    is_grave,
    rank_of,
    status_named,
    status_of,
)
from clinical.vocabulary import RiskCategory

CONTRAINDICATED, URGENT = ScreeningStatus.CONTRAINDICATED, ScreeningStatus.URGENT


def test_the_outcomes_rise_from_clear_to_urgent() -> None:
    words = ["clear", "caution", "contraindicated", "urgent"]
    assert sorted(ScreeningStatus, key=rank_of) == words


def test_a_statement_of_the_consent_is_at_least_a_caution() -> None:
    row = reference().screening_by_id["consent_stop"]
    assert status_of(row, row.category) is ScreeningStatus.CAUTION
    assert status_of(row, RiskCategory.ABSOLUTE_CONTRAINDICATION) is CONTRAINDICATED


@pytest.mark.parametrize(("word", "status"), EARLIER_WORDS.items())
def test_a_word_of_earlier_rules_is_still_understood(word: str, status: ScreeningStatus) -> None:
    assert status_named(word) is status
    assert is_grave(word) is (status in (CONTRAINDICATED, URGENT))


def test_a_word_of_today_is_itself_and_any_other_is_refused() -> None:
    assert [status_named(status) for status in ScreeningStatus] == list(ScreeningStatus)
    with pytest.raises(ValueError, match="unheard"):
        status_named("unheard of")
