from clinical.reference import reference
from clinical.sources_page import sources_page


def test_every_source_and_every_table_stands_on_the_page():
    page = sources_page(reference())
    assert page.startswith("# Clinical sources\n")
    for key in reference().sources:
        assert f"\n| {key} |" in page
    for name in ("Muscles", "Nerve roots", "Examination signs", "Sources"):
        assert f"\n## {name}\n" in page
    for muscle in reference().muscles.values():
        assert muscle.name in page


def test_every_row_of_a_table_has_as_many_cells_as_its_header():
    for block in sources_page(reference()).split("\n## ")[1:]:
        lines = [line.replace("\\|", "") for line in block.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) == 1


def test_the_page_is_the_same_each_time():
    assert sources_page(reference()) == sources_page(reference())
