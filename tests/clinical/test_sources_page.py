import subprocess
import sys
from pathlib import Path

from clinical.reference import reference
from clinical.sources_page import sources_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "clinical-sources.md"


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
    for block in sources_page(reference()).split("\n\n"):
        lines = [line.replace("\\|", "") for line in block.splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) <= 1


def test_the_page_says_how_the_model_was_checked_with_the_figures_of_both_halves():
    page, checked = sources_page(reference()), reference().model.checked
    assert "## How the segment model was checked" in page
    for half, cases, first, right in (
        ("tuning", checked.cases_tuning, checked.first_right_tuning, checked.right_tuning),
        (
            "held back",
            checked.cases_held_back,
            checked.first_right_held_back,
            checked.right_held_back,
        ),
    ):
        assert f"| {half} | {cases} | {first} | {right} |" in page


def test_the_page_says_how_screening_answers_are_weighed():
    page = sources_page(reference())
    assert "## How the screening answers are weighed" in page
    assert "| pregnancy: under 14 completed weeks | absolute contraindication |" in page
    assert "| rf_night_pain |" in page


def test_the_page_in_the_documents_is_the_one_made_from_the_data():
    assert PAGE.read_text(encoding="utf-8") == sources_page(reference())


def test_the_command_writes_the_page():
    command = [sys.executable, "-m", "clinical.sources_page"]
    written = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert written.stdout.decode() == sources_page(reference())
