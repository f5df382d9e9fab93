from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assessment.cells import Place, rows_by_place
from assessment.comparison import Comparison, compared, sentence, union_of
from assessment.models import Finding


def rows(*cells: tuple[str, str, str, str]) -> dict[Place, Finding]:
    return rows_by_place(
        Finding(sign=sign, site=site, side=side, value=Decimal(value))
        for sign, site, side, value in cells
    )


def test_less_tender_and_stronger_are_both_better() -> None:
    before = rows(("tenderness", "deltoid", "right", "3"), ("strength_mrc", "deltoid", "left", "4"))
    now = rows(("tenderness", "deltoid", "right", "1"), ("strength_mrc", "deltoid", "left", "5"))
    assert compared(now, before) == Comparison(better=2, worse=0, same=0)
    assert compared(before, now) == Comparison(better=0, worse=2, same=0)


def test_what_was_tested_only_once_is_not_compared() -> None:
    before = rows(("tenderness", "deltoid", "right", "3"))
    now = rows(("tenderness", "deltoid", "left", "3"))
    assert compared(now, before) == Comparison(0, 0, 0)


def test_a_measured_number_has_no_better_or_worse() -> None:
    before = rows(("skin_temperature", "hand", "right", "31.5"))
    now = rows(("skin_temperature", "hand", "right", "30"))
    assert compared(now, before).total == 0


GRADES = st.lists(st.integers(0, 4), min_size=3, max_size=3)


@given(GRADES, GRADES)
def test_swapping_the_sides_changes_no_count(now: list[int], before: list[int]) -> None:
    def graded(grades: list[int], side: str) -> dict[Place, Finding]:
        sites = ("deltoid", "infraspinatus", "supraspinatus")
        pairs = zip(sites, grades, strict=True)
        return rows(*(("tenderness", site, side, str(grade)) for site, grade in pairs))

    right, left = (compared(graded(now, s), graded(before, s)) for s in ("right", "left"))
    assert right == left
    assert right.total == 3


def test_the_patient_hears_it_in_plain_words() -> None:
    said = sentence(Comparison(better=5, worse=2, same=17), date(2026, 11, 3))
    assert said == (
        "We tested 24 spots again. Since 3 November, 5 got better, 2 got worse and 17 stayed "
        "the same."
    )
    none = sentence(Comparison(0, 0, 0), date(2026, 11, 3))
    assert none == "We did not test the same spots on 3 November, so we cannot compare."


def test_what_either_tested_is_said_place_by_place() -> None:
    before = rows(
        ("tenderness", "deltoid", "right", "3"),
        ("tenderness", "deltoid", "left", "1"),
        ("tenderness", "soleus", "left", "0"),
        ("reflex", "biceps", "right", "2"),
    )
    now = rows(
        ("tenderness", "deltoid", "right", "1"),
        ("tenderness", "deltoid", "left", "1"),
        ("reflex", "biceps", "left", "2"),
        ("strength_mrc", "deltoid", "right", "4"),
        ("umn_signs", "", "left", "1"),
    )
    union = union_of(now, before)
    assert [(line.site, line.sign, line.sides) for line in union.changed] == [
        ("Deltoid", "Tenderness", ("3 → 1", "1")),
        ("Biceps", "Tendon reflex", ("2 → not tested", "not tested → 2")),
    ]
    assert union.only_now == (
        "Deltoid (strength)",
        "Upper motor neuron signs (upper motor neuron signs)",
    )
    assert union.only_before == ("Soleus (tenderness)",)


@given(GRADES, GRADES)
def test_the_union_of_the_other_side_is_its_mirror(now: list[int], before: list[int]) -> None:
    def graded(grades: list[int], side: str) -> dict[Place, Finding]:
        sites = ("deltoid", "infraspinatus", "supraspinatus")
        pairs = zip(sites, grades, strict=True)
        return rows(*(("tenderness", site, side, str(grade)) for site, grade in pairs))

    right, left = (union_of(graded(now, s), graded(before, s)) for s in ("right", "left"))
    assert [line.sides for line in right.changed] == [line.sides[::-1] for line in left.changed]
    assert (right.only_now, right.only_before) == (left.only_now, left.only_before) == ((), ())
