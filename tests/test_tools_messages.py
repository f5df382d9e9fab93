"""The catalogues against the pages: nothing missing, doubtful, left over or with other figures."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from clinical.screening import consent_statements
from ims_clinic.languages import catalogues, language_of
from tools.catalogues import LOCALE
from tools.messages import (
    check,
    faults,
    fragment,
    missing,
    read,
    untranslated_by_django,
    update,
    used,
)

ALL = catalogues(LOCALE)
FRENCH = LOCALE / "fr" / "LC_MESSAGES" / "django.po"
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return used()


def catalogue(*entries: tuple[str, str], fuzzy: bool = False) -> Catalog:
    made = Catalog(locale="fr", fuzzy=False)
    for text, words in entries:
        made.add(text, words, flags={"fuzzy"} if fuzzy else ())
    return made


def texts(*known: str) -> Catalog:
    return catalogue(*((text, "") for text in known))


@pytest.mark.parametrize("path", ALL, ids=language_of)
def test_every_text_for_patients_is_translated(path: Path, wanted: Catalog) -> None:
    assert check(path, wanted) == []


def test_texts_of_code_templates_form_rules_and_checks_are_all_found(wanted: Catalog) -> None:
    known = {one.id for one in wanted}
    assert known > {
        "Enter your date of birth as numbers, for example 27 3 1980",
        "This link is closed",
        "How strong is your pain right now?",
        "Have you ever had a collapsed lung (pneumothorax)?",
        "Call emergency services now.",
        "A new headache, a stiff neck, nausea or vomiting",
        ("You have {count} try left", "You have {count} tries left"),
    }


def test_a_text_without_a_translation_is_named() -> None:
    assert faults(catalogue(("Back", "")), texts("Back", "Send")) == [
        "no translation: Back",
        "no translation: Send",
    ]


def test_a_doubtful_translation_is_named() -> None:
    doubtful = catalogue(("Back", "Retour"), fuzzy=True)
    assert faults(doubtful, texts("Back")) == ["doubtful (fuzzy): Back"]


def test_a_translation_that_nothing_uses_is_named() -> None:
    assert faults(catalogue(("Back", "Retour")), texts()) == ["nothing uses it: Back"]


@pytest.mark.parametrize(
    ("text", "words", "agrees"),
    [
        ("Hello {name}", "Bonjour {name}", True),
        ("Hello {name}", "Bonjour {nom}", False),
        ("Call %(number)s", "Appelez", False),
        ("%(a)s of %(b)s", "%(b)s : %(a)s", True),
        ("needled on [date]", "piqué le [jour]", False),
    ],
)
def test_a_translation_keeps_the_placeholders(text: str, words: str, agrees: bool) -> None:
    found = faults(catalogue((text, words)), texts(text))
    assert found == ([] if agrees else [f"other placeholders: {text}"])


def test_a_singular_may_say_one_in_words_but_a_plural_keeps_its_number() -> None:
    pair = ("You have {count} try", "You have {count} tries")
    known, good, bad = Catalog(), Catalog(fuzzy=False), Catalog(fuzzy=False)
    known.add(pair)
    good.add(pair, ("Il reste un essai", "Il reste {count} essais"))
    bad.add(pair, ("Il reste un essai", "Il reste des essais"))
    assert faults(good, known) == []
    assert faults(bad, known) == ["other placeholders: You have {count} try"]


def test_what_django_says_in_english_is_named() -> None:
    assert untranslated_by_django("fr") == []
    assert "This field is required." in untranslated_by_django("en")


def test_the_fragment_holds_what_is_missing_ready_to_be_filled_in() -> None:
    assert fragment(texts(), texts("Send")) == 'msgid "Send"\nmsgstr ""\n\n'


def test_an_update_adds_the_missing_and_remembers_what_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(FRENCH.read_bytes())
    update(path, texts("Back", "Something new"))
    assert [one.id for one in missing(read(path), texts("Back", "Something new"))] == [
        "Something new"
    ]
    update(path, texts("Back", "Send"))
    assert faults(read(path), texts("Back", "Send")) == []


def test_an_update_of_a_tidy_catalogue_changes_nothing(tmp_path: Path, wanted: Catalog) -> None:
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(FRENCH.read_bytes())
    update(path, wanted)
    assert path.read_bytes() == FRENCH.read_bytes()


def figures(text: str) -> Counter[str]:
    """The numbers of a text, written one way: 7,629 and 7 629 alike, 0.9 and 0,9 alike."""
    joined = re.sub(rf"(?<=\d)(,|{NO_BREAK})(?=\d{{3}}\b)", "", text)
    return Counter(found.replace(",", ".") for found in re.findall(r"\d+(?:[.,]\d+)?", joined))


@pytest.mark.parametrize("path", ALL, ids=language_of)
def test_a_translation_has_the_same_figures_as_the_english(path: Path) -> None:
    plain = [
        one for one in read(path) if one.id and isinstance(one.id, str) and "H:i" not in one.id
    ]
    assert [one.id for one in plain if figures(one.id) != figures(one.string)] == []


def test_the_statements_of_the_consent_hold_figures_to_compare() -> None:
    assert sum(figures(row.question).total() for row in consent_statements()) == 30


def french_words() -> list[str]:
    entries = [one.string for one in read(FRENCH) if one.id]
    flat = [form for one in entries for form in (one if isinstance(one, tuple) else (one,))]
    return [form for form in flat if "\\h" not in form]


@pytest.mark.parametrize(
    "slip",
    [
        r"['\"“”]",
        rf"(?<!{NO_BREAK}):(?!\w)",
        r"\s[?!;]",
        rf"«(?!{NO_BREAK})",
        rf"(?<!{NO_BREAK})»",
        r"\d\.\d",
        r"\d,\d{3}",
        r"  ",
    ],
)
def test_french_is_set_as_in_canada(slip: str) -> None:
    assert [words for words in french_words() if re.search(slip, words)] == []
