import pytest

from clinical.vocabulary import ROOTS, RiskCategory, Side, SpinalSegment, Urgency


def test_each_side_has_an_other_side():
    assert Side.RIGHT.other is Side.LEFT
    assert Side.LEFT.other is Side.RIGHT


def test_the_roots_run_from_the_first_neck_to_the_last_sacral_segment():
    assert (ROOTS[0], ROOTS[-1], len(ROOTS)) == ("C1", "S5", 30)
    assert SpinalSegment("L5") is SpinalSegment.L5


def test_urgencies_compare_by_urgency_and_not_by_alphabet():
    assert max(Urgency.SAME_DAY, Urgency.EMERGENCY, Urgency.URGENT) is Urgency.EMERGENCY
    assert sorted(sorted(Urgency, key=str)) == list(Urgency)
    assert Urgency.NONE < Urgency.ROUTINE <= Urgency.ROUTINE
    assert Urgency.SAME_DAY > Urgency.URGENT >= Urgency.URGENT


def test_an_urgency_cannot_be_compared_with_an_unknown_word():
    with pytest.raises(ValueError, match="soon"):
        _ = Urgency.NONE < "soon"


def test_a_risk_category_is_read_from_its_word():
    assert RiskCategory("precaution") is RiskCategory.PRECAUTION
