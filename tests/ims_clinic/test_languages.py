from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from ims_clinic.languages import compiled, offered, require_compiled, stale
from tools.catalogues import provide

WORDS = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Back"
msgstr "{}"
"""


def put(folder: Path, language: str, word: str = "Retour") -> Path:
    """A catalogue with one word."""
    place = folder / language / "LC_MESSAGES" / "django.po"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(WORDS.format(word), encoding="utf-8")
    return place


def test_the_clinic_speaks_english_and_french(settings: Any) -> None:
    assert settings.LANGUAGES == [("en", "English"), ("fr", "French")]


def test_one_file_adds_a_language(tmp_path: Path) -> None:
    assert offered(tmp_path) == [("en", "English")]
    put(tmp_path, "pt_BR")
    assert offered(tmp_path) == [("en", "English"), ("pt-br", "Brazilian Portuguese")]


def test_a_folder_that_names_no_language_stops_the_start(tmp_path: Path) -> None:
    put(tmp_path, "klingon")
    with pytest.raises(ImproperlyConfigured, match="locale/klingon: Django knows no language"):
        offered(tmp_path)


def test_a_catalogue_that_is_not_compiled_stops_the_start(tmp_path: Path) -> None:
    put(tmp_path, "fr")
    with pytest.raises(ImproperlyConfigured) as refused:
        require_compiled(tmp_path)
    assert str(refused.value) == (
        "The texts in French are not compiled, or changed since. Run: python -m tools.catalogues"
    )


def test_a_catalogue_that_changed_since_it_was_compiled_stops_the_start(tmp_path: Path) -> None:
    catalogue = put(tmp_path, "fr")
    provide(tmp_path)
    require_compiled(tmp_path)
    put(tmp_path, "fr", "Revenir")
    assert stale(tmp_path) == [catalogue]
    with pytest.raises(ImproperlyConfigured, match="French"):
        require_compiled(tmp_path)


def test_only_what_is_stale_is_compiled_again(tmp_path: Path) -> None:
    french, german = put(tmp_path, "fr"), put(tmp_path, "de")
    provide(tmp_path)
    before = compiled(french).stat().st_mtime_ns, compiled(german).stat().st_mtime_ns
    put(tmp_path, "de", "Zurück")
    provide(tmp_path)
    after = compiled(french).stat().st_mtime_ns, compiled(german).stat().st_mtime_ns
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)
    assert stale(tmp_path) == []
    assert [path.name for path in sorted(compiled(german).parent.iterdir())] == [
        "django.mo",
        "django.po",
    ]
