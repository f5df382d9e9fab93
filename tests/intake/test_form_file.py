"""A file of a form version is read whole or refused with its name and the place of the fault."""

from pathlib import Path

import pytest

from intake.form_file import FOLDER, BadForm, read_form
from intake.form_pages import FORM_VERSION

RELEASED = (FOLDER / f"{FORM_VERSION}.toml").read_text(encoding="utf-8")


def read(folder: Path, text: str) -> None:
    (folder / f"{FORM_VERSION}.toml").write_text(text, encoding="utf-8")
    read_form(FORM_VERSION, folder)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"fainting", ', '"fainted", ', "page needles, group treatment: screening.csv has no"),
        ('"fainting", ', "", "pages: no page asks the screening question fainting"),
        ('"fainting", ', '"medication_list", ', "medication_list is not a yes/no question"),
        ('"fainting", ', '"fainting", "frail", ', "question frail: stands there twice"),
        ('slug = "goals"', 'slug = "level"', "page level: stands there twice"),
        ('group = "blood"', 'group = "operations"', "group operations: stands there twice"),
        ('kind = "tel"', 'kind = "fax"', "page contact, question new_phone: unknown Kind 'fax'"),
        ('title = "How we reach you"', "", "page contact: title is missing"),
        ('kind = "whole"', 'kind = "half"', "beside pregnancy, weeks: unknown FactKind 'half'"),
        ('when = "ahead"', 'when = "soon"', "unknown When 'soon'"),
        ('version = "2026.2"', 'version = "2026.1"', "version: is not 2026.2"),
        (
            '{ id = "weeks"',
            '{ id = "months"',
            "has ['months'], but screening.csv asks for ['weeks']",
        ),
        ("[beside]", "[beside]\nfrailty = []", "beside frailty: no page asks this question"),
        ("[pages.asks.places]", "[pages.asks.spots]", "chief_area: offers nothing to choose"),
        ("[[pages]]", "[[pages]", "2026.2.toml: "),
    ],
)
def test_a_faulty_form_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert old in RELEASED
    with pytest.raises(BadForm) as refused:
        read(tmp_path, RELEASED.replace(old, new, 1))
    assert str(refused.value).startswith("2026.2.toml")
    assert fault in str(refused.value)


def test_a_page_that_asks_nothing_is_refused(tmp_path: Path) -> None:
    empty = '[[pages]]\nslug = "nothing"\nsection = "S"\ntitle = "T"\n\n[beside]'
    with pytest.raises(BadForm, match="page nothing: asks nothing"):
        read(tmp_path, RELEASED.replace("[beside]", empty, 1))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadForm, match=r"2026\.2\.toml"):
        read_form(FORM_VERSION, tmp_path)
