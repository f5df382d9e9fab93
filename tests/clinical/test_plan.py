from hypothesis import given
from hypothesis import strategies as st

from clinical.plan import plan_rows
from clinical.reference import reference
from clinical.vocabulary import ROOTS


def test_the_paraspinals_of_the_segment_come_first() -> None:
    rows = plan_rows(["C6"])
    first = next(number for number, row in enumerate(rows) if not row.is_paraspinal)
    assert first > 0
    assert not any(row.is_paraspinal for row in rows[first:])


def test_a_muscle_over_the_lung_says_so() -> None:
    rows = {row.muscle: row for row in plan_rows(["C5"])}
    assert rows["rhomboid_major"].cautions[0] == "Over the lung: pneumothorax caution."


def test_no_accepted_level_proposes_nothing() -> None:
    assert plan_rows([]) == ()


@given(st.lists(st.sampled_from(ROOTS), max_size=3, unique=True))
def test_every_muscle_of_the_roots_stands_once(roots: list[str]) -> None:
    rows = plan_rows(roots)
    wanted = {m.id for m in reference().muscles.values() if set(roots) & set(m.roots)}
    assert sorted(row.muscle for row in rows) == sorted(wanted)
    assert all(row.root in roots for row in rows)
