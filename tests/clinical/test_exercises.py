import shutil
from pathlib import Path

import pytest

from clinical.exercises import SOURCES, load_exercises, starter_exercises, suits
from clinical.reference import (
    DEFAULT_FOLDER,
    ReferenceError,  # noqa: A004 - our own error
    reference,
)


def test_the_starters_are_many_enough_and_each_says_where_it_comes_from() -> None:
    starters = starter_exercises()
    assert len(starters) >= 25
    assert {one.source for one in starters} == set(SOURCES.values())
    assert {muscle for one in starters for muscle in one.muscles} <= set(reference().muscles)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("longus_colli;", "longus_cervicis;", "muscles: unknown muscle 'longus_cervicis'"),
        (",chin_in,1,", ",chin_in,one,", "sets: 'one' is not a number"),
        (",practice", ",hearsay", "source: unknown source 'hearsay'"),
        ("chin_tuck,Chin tuck,", "chin_tuck,,", "name: is empty"),
    ],
)
def test_a_damaged_row_is_refused_by_its_field(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    shutil.copyfile(DEFAULT_FOLDER / "exercises.csv", tmp_path / "exercises.csv")
    text = (tmp_path / "exercises.csv").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "exercises.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceError, match=fault):
        load_exercises(tmp_path)


def test_an_exercise_suits_a_needled_muscle_more_than_its_root() -> None:
    needled = [("soleus", "S1")]
    assert suits(["soleus"], needled) == (1, 1)
    assert suits(["gluteus_maximus"], needled) == (0, 1)  # S1 as well
    assert suits(["deltoid"], needled) == (0, 0)
    assert suits(["deltoid"], []) == (0, 0)


def test_without_a_segment_the_roots_of_the_muscle_count() -> None:
    assert suits(["infraspinatus"], [("deltoid", "")]) == (0, 1)  # both C5
    assert suits(["infraspinatus"], [("deltoid", "C6")]) == (0, 0)
    assert suits(["a_muscle_of_before"], [("another_of_before", "")]) == (0, 0)
