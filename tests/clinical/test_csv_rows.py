from pathlib import Path

import pytest

from clinical.csv_rows import (
    ReferenceError,  # noqa: A004 - our own error
    Row,
    read_rows,
)
from clinical.vocabulary import Urgency


def one_row(**values: str) -> Row:
    return Row("table.csv", 7, values)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text('id,note\na,"two\nlines"\nb,\n', encoding="utf-8")
    return path


def test_a_row_knows_the_line_on_which_it_ends(table: Path) -> None:
    rows = read_rows(table, "id")
    assert [(row.file, row.line, row.text("id")) for row in rows] == [
        ("table.csv", 3, "a"),
        ("table.csv", 4, "b"),
    ]


def test_cells_are_read_without_blanks_and_empty_parts() -> None:
    row = one_row(name="  deltoid ", list=" a ; ;b;", chain="x>y", roots="C5;C6", empty=" ")
    assert (row.text("name"), row.optional("empty")) == ("deltoid", "")
    assert (row.many("list"), row.many("chain", ">")) == (("a", "b"), ("x", "y"))
    assert row.segments("roots") == ("C5", "C6")


def test_closed_words_and_numbers_are_read() -> None:
    row = one_row(axial="no", urgency="urgent", root="S5", weights="biceps:0.7; ankle : 1")
    assert (row.yes_no("axial"), row.choice("urgency", Urgency)) == (False, Urgency.URGENT)
    assert (row.segment("root"), row.weights("weights")) == ("S5", {"biceps": 0.7, "ankle": 1})


def test_the_basis_of_a_source_is_left_out() -> None:
    row = one_row(sources="LIM2009 (SEEN); PRESTON (RECALLED)")
    assert row.sources({"LIM2009": 1, "PRESTON": 1}) == ("LIM2009", "PRESTON")


def test_a_short_row_has_empty_cells_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("id,note\na\n", encoding="utf-8")
    assert read_rows(path, "id")[0].optional("note") == ""


REFUSED = {
    "column is missing": lambda row: row.text("colour"),
    "is empty": lambda row: row.text("empty"),
    "'perhaps' is neither yes nor no": lambda row: row.yes_no("maybe"),
    "unknown Urgency 'perhaps'": lambda row: row.choice("maybe", Urgency),
    "unknown segment 'perhaps'": lambda row: row.segment("maybe"),
    "unknown segment 'C9'": lambda row: row.segments("roots"),
    "'perhaps' is not a name and a number": lambda row: row.weights("maybe"),
    "no source given": lambda row: row.sources({}),
}


@pytest.mark.parametrize("problem", REFUSED)
def test_a_refused_cell_names_file_line_and_field(problem: str) -> None:
    row = one_row(empty=" ", maybe="perhaps", roots="C5; C9", sources="")
    with pytest.raises(ReferenceError) as caught:
        REFUSED[problem](row)
    error = caught.value
    assert (error.file, error.line, error.problem) == ("table.csv", 7, problem)
    assert str(error) == f"table.csv:7: {error.field}: {problem}"


def test_an_unknown_source_is_refused_by_its_key() -> None:
    with pytest.raises(ReferenceError, match=r"table\.csv:7: sources: unknown source 'WHO'"):
        one_row(sources="LIM2009 (SEEN); WHO").sources({"LIM2009": 1})


def test_a_second_row_with_the_same_key_is_refused(table: Path) -> None:
    table.write_text("id,note\na,\na,\n", encoding="utf-8")
    with pytest.raises(ReferenceError, match=r"table\.csv:3: id: 'a' is there twice"):
        read_rows(table, "id")


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceError, match=r"gone\.csv:0: file: is missing"):
        read_rows(tmp_path / "gone.csv", "id")
