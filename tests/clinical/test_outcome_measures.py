import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clinical.csv_rows import ReferenceError  # noqa: A004 - our own error
from clinical.outcome_measures import (
    FILE,
    Better,
    CannotScore,
    Form,
    Measure,
    check_total,
    load_measures,
    measures,
    score_items,
    signed,
)
from clinical.reference import DEFAULT_FOLDER, reference

SUMMED = [m for m in measures().values() if m.scoring.sections or len(m.scoring.items) > 1]
RECORDED_ELSEWHERE = {"mrc_scale", "isncsci", "soreness_nrs", "ae_class"}


def named(name: str) -> Measure:
    return measures()[name]


@pytest.mark.parametrize(
    ("name", "answers", "score"),
    [
        ("nprs", [7], "7"),
        ("groc_11", [-5], "-5"),
        ("psfs", [3, 4, 4], "3.67"),
        ("psfs", [2], "2"),
        ("rmdq", [1] * 3 + [0] * 21, "3"),
        ("rmdq", [0] * 24, "0"),
        ("phq2_gad2", [3, 3, 0, 1], "7"),
        ("ndi", [2] * 10, "20"),
        ("ndi", [2] * 9 + [None], "20"),
        ("odi", [5] * 10, "100"),
        ("odi", [4] * 8 + [0, None], "71.11"),  # 32 of 45
        ("dash", [1] * 30, "0"),
        ("dash", [3] * 27 + [None] * 3, "50"),
        ("quickdash", [5] * 10 + [None], "100"),
    ],
)
def test_a_score_is_the_one_its_authors_describe(
    name: str, answers: list[int | None], score: str
) -> None:
    assert score_items(named(name), answers) == Decimal(score)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("nprs", []),
        ("psfs", []),
        ("phq2_gad2", [1, 1, 1, None]),
        ("ndi", [2] * 8 + [None, None]),
        ("dash", [3] * 26 + [None] * 4),
        ("quickdash", [3] * 9 + [None] * 2),
        ("nprs", [11]),
        ("dash", [0] * 30),
    ],
)
def test_too_few_answers_or_one_out_of_range_give_no_score(
    name: str, answers: list[int | None]
) -> None:
    with pytest.raises(CannotScore):
        score_items(named(name), answers)


@given(st.data())
def test_a_worse_item_never_gives_a_better_score(data: st.DataObject) -> None:
    measure = data.draw(st.sampled_from(SUMMED))
    low, high = measure.item_range
    count = measure.scoring.sections.count if measure.scoring.sections else measure.least
    answers = data.draw(st.lists(st.integers(low, high), min_size=count, max_size=count))
    place = data.draw(st.integers(0, count - 1))
    assume(answers[place] < high)
    worse = [*answers[:place], answers[place] + 1, *answers[place + 1 :]]
    before, after = score_items(measure, answers), score_items(measure, worse)
    assert measure.scoring.better is Better.LOWER
    assert measure.scoring.low <= before < after <= measure.scoring.high


@given(st.lists(st.integers(0, 10), min_size=1, max_size=5), st.integers(0, 4))
def test_a_worse_activity_never_gives_a_better_score(values: list[int], place: int) -> None:
    assume(place < len(values) and values[place] > 0)
    worse = [*values[:place], values[place] - 1, *values[place + 1 :]]
    assert score_items(named("psfs"), worse) < score_items(named("psfs"), values)


def test_what_may_be_shipped_is_asked_whole_and_the_rest_by_its_total() -> None:
    assert {m.id for m in measures().values() if m.is_free} == {
        "nprs",
        "vas_pain",
        "psfs",
        "groc_11",
        "groc_15",
        "pgic",
        "rmdq",
        "phq2_gad2",
    }
    assert {m.form() for m in measures().values() if not m.is_free} == {Form.TOTAL}
    assert [m.id for m in measures().values() if not m.is_free and m.scoring.items] == []


def test_every_measure_of_the_table_is_in_the_registry_or_is_recorded_elsewhere() -> None:
    known = {entry.id for entry in reference().outcome_measures}
    assert known - measures().keys() == RECORDED_ELSEWHERE


def test_a_stated_licence_opens_the_sections_by_number_and_nothing_more() -> None:
    assert named("ndi").form() is Form.TOTAL
    assert named("ndi").form(["ndi"]) is Form.ITEMS
    assert named("ndi").form(["odi"]) is Form.TOTAL
    assert named("paindetect").form(["paindetect"]) is Form.TOTAL


def test_a_total_stays_in_its_range() -> None:
    assert check_total(named("paindetect"), Decimal(-1)) == -1
    for total in ("-1.5", "39"):
        with pytest.raises(CannotScore):
            check_total(named("paindetect"), Decimal(total))


@pytest.mark.parametrize(
    ("name", "first", "band"),
    [
        ("nprs", "7", (5, 9)),
        ("nprs", "1", (0, 3)),
        ("ndi", "45", (35, 50)),
        ("groc_11", "4", (-2, 2)),
        ("dn4", "4", None),
    ],
)
def test_the_band_lies_around_the_first_value_or_around_no_change(
    name: str, first: str, band: tuple[int, int] | None
) -> None:
    assert named(name).band(Decimal(first)) == band


@pytest.mark.parametrize(
    ("name", "first", "last", "improved"),
    [
        ("nprs", 7, 5, True),
        ("nprs", 7, 6, None),
        ("nprs", 3, 7, False),
        ("psfs", 3, 5, True),
        ("psfs", 5, 3, False),
        ("groc_11", 1, 3, True),
        ("groc_11", 1, -2, False),
        ("dn4", 5, 1, None),
    ],
)
def test_a_change_counts_from_the_smallest_important_one_on(
    name: str, first: int, last: int, improved: bool | None
) -> None:
    assert named(name).has_improved(Decimal(first), Decimal(last)) is improved


def test_a_scale_around_zero_shows_its_plus_signs() -> None:
    assert [signed(n, named("groc_11")) for n in (-2, 0, 3)] == ["-2", "0", "+3"]
    assert signed(Decimal("10.50"), named("dash")) == "10.5"
    assert named("groc_11").range_words == "-5 to +5, higher is better"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[nprs]", "[nobody]", "nobody: is not in outcome_measures.csv"),
        ('form = "rating"', 'form = "guess"', "nprs: "),
        ('change_source = "FARRAR2001"', 'change_source = "NOBODY"', "nprs.change_source: "),
        ('change_source = "FARRAR2001"', "", "nprs.change_source: "),
        ("low = 0", "lowest = 0", "nprs: "),
    ],
)
def test_a_fault_in_the_scoring_file_is_named(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    text = (DEFAULT_FOLDER / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceError, match=said):
        load_measures(reference(), tmp_path)


def test_a_missing_scoring_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceError, match="is missing"):
        load_measures(reference(), tmp_path)
    shutil.copy(DEFAULT_FOLDER / FILE, tmp_path)
    assert load_measures(reference(), tmp_path) == measures()
