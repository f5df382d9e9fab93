from decimal import Decimal

import pytest

from clinical.grades import (
    check_value,
    difference_words,
    grade_of,
    is_abnormal,
    scale_of,
    sides_differ,
    sites_recorded,
    value_words,
)
from clinical.reference import reference
from clinical.segments import FindingError
from clinical.vocabulary import Side

KNOWN = reference()


def shorts(sign: str) -> list[str]:
    return [grade.short for grade in scale_of(sign, KNOWN).grades]


def refusal(sign: str, site: str, value: str | None, *, pain: bool = False) -> str:
    number = None if value is None else Decimal(value)
    with pytest.raises(FindingError) as caught:
        check_value(sign, site, Side.LEFT, number, is_pain_inhibited=pain, reference=KNOWN)
    return str(caught.value)


def test_each_scale_offers_its_grades_and_its_normal_value() -> None:
    assert shorts("tenderness") == ["0", "1", "2", "3", "4"]
    assert shorts("strength_mrc") == ["0", "1", "2", "3", "4-", "4", "4+", "5"]
    assert shorts("pinprick") == ["0", "1", "2"]
    normal = {s: scale_of(s, KNOWN).normal for s in ("muscle_tone", "strength_mrc", "reflex")}
    assert normal == {"muscle_tone": 0, "strength_mrc": 5, "reflex": 2}


def test_the_grades_carry_the_words_of_the_sign() -> None:
    grade = grade_of("tenderness", Decimal(3), KNOWN)
    assert grade is not None
    assert grade.words == "plus withdrawal (jump sign)"
    paraspinal = grade_of("paraspinal_band", Decimal(3), KNOWN)
    assert paraspinal == grade


def test_a_measured_sign_has_a_range_and_a_unit_and_no_normal_value() -> None:
    scale = scale_of("skin_temperature", KNOWN)
    assert (scale.is_measured, scale.unit, scale.normal) == (True, "°C", None)
    assert scale.range_words == "10 to 45 °C"
    assert grade_of("skin_temperature", Decimal("30.5"), KNOWN) is None


def test_a_value_is_drawn_by_how_abnormal_it_is() -> None:
    steps = [grade.step for grade in scale_of("strength_mrc", KNOWN).grades]
    assert (steps[-1], steps[0]) == (0, 4)
    assert steps == sorted(steps, reverse=True)
    assert [grade.step for grade in scale_of("reflex", KNOWN).grades] == [4, 2, 0, 0, 4]


@pytest.mark.parametrize(
    ("sign", "value", "words"),
    [
        ("strength_mrc", "4.33", "4+"),
        ("tenderness", "2.00", "2"),
        ("spurling", "1", "positive"),
        ("umn_signs", "0", "absent"),
        ("skin_temperature", "31.50", "31.5 °C"),
        ("heel_raise_1leg", "20", "20 raises"),
    ],
)
def test_a_value_in_words(sign: str, value: str, words: str) -> None:
    assert value_words(sign, Decimal(value), KNOWN) == words


def test_what_is_abnormal_by_itself() -> None:
    assert is_abnormal("reflex", Decimal(1), KNOWN)
    assert not is_abnormal("reflex", Decimal(3), KNOWN)
    assert not is_abnormal("skin_temperature", Decimal(20), KNOWN)


def test_a_sign_is_recorded_at_its_own_sites_only() -> None:
    assert sites_recorded("slr", KNOWN) == {""}
    assert "hoffmann" in sites_recorded("umn_signs", KNOWN)
    assert "deltoid" in sites_recorded("tenderness", KNOWN)


def test_a_refusal_names_the_sign_and_the_mend() -> None:
    assert refusal("tenderness", "deltoid", "7") == (
        "Muscle tenderness at the motor point, left: 7 is not on the scale. "
        "Choose one of: 0, 1, 2, 3, 4."
    )
    assert "2.5 is not on the scale" in refusal("tenderness", "deltoid", "2.5")
    assert "10 to 45 °C" in refusal("skin_temperature", "hand", "60")
    assert "cannot be recorded at “elbow”" in refusal("tenderness", "elbow", "1")
    assert "cannot be recorded at “no site”" in refusal("tenderness", "", "1")
    assert "is not a sign" in refusal("aura", "deltoid", "1")
    assert "only strength can be limited by pain" in refusal("reflex", "biceps", "1", pain=True)


def test_not_tested_is_always_allowed_and_a_grade_of_the_scale_is() -> None:
    for value in (None, Decimal("4.33"), Decimal("5.00")):
        check_value(
            "strength_mrc",
            "deltoid",
            Side.RIGHT,
            value,
            is_pain_inhibited=True,
            reference=KNOWN,
        )


def test_a_joint_differs_from_the_other_side_from_ten_degrees_on() -> None:
    assert not sides_differ("joint_range", Decimal(70), Decimal(61))
    assert sides_differ("joint_range", Decimal(60), Decimal(70))
    assert sides_differ("skin_temperature", Decimal(31), Decimal("31.5"))
    words = difference_words("joint_range", Decimal(70), Decimal("54.5"), reference())
    assert words == "15.5 ° less on the left"
    assert difference_words("muscle_tone", Decimal(3), Decimal(0), reference()) == ""
